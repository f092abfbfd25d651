"""Trees in which CI reaches a command, or does not: builders in ``trees``, cases by theme beside it."""
