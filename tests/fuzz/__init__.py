"""Mutates a corpus of small files and holds what must be true of any input. ``python -m tests.fuzz --help``."""
