"""Supervised processes in which the files of a checked tree are read and parsed."""

from archlint.workers.pool import Workers

__all__ = ["Workers"]
