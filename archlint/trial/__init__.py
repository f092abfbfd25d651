"""Tries rules: on the examples that they carry, on trees with markers, and on offences planted in a real tree."""
