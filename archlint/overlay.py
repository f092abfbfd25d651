"""A tree in which some files hold other bytes than on disk: to judge what a change would make of it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from archlint.discover import discover
from archlint.model import Listing, Problem
from archlint.source import Source, read


class Overlay(msgspec.Struct, frozen=True):
    """The tree below ``root``, but for the files in ``changed``."""

    root: Path
    changed: Mapping[str, bytes]

    def listing(self) -> Listing:
        """The files on disk."""
        return discover(self.root, ())

    def read(self, path: str, limit: int) -> Source | Problem:
        """The bytes that a file would have."""
        if path in self.changed:
            return Source(path, self.changed[path])
        return read(self.root, path, limit)
