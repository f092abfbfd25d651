"""Takes a constant that is typed again from its one source: which edits do that, where it is sure that they may."""
