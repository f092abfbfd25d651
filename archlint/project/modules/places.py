"""Paths of the tree, from its root: joining them without ever leaving it. The root itself is ''."""

import posixpath
from collections.abc import Iterator


def inside(folder: str, path: str) -> str | None:
    """The place that a relative ``path`` means in ``folder``; None if it is absolute or lies outside the tree."""
    if path.startswith("/"):
        return None
    plain = posixpath.normpath(f"{folder}/{path}" if folder else path)
    if plain == ".":
        return ""
    return None if plain == ".." or plain.startswith("../") else plain


def parent(place: str) -> str:
    """The folder that holds a place; the root holds itself."""
    return place.rpartition("/")[0]


def child(folder: str, name: str) -> str:
    """The place called ``name`` in ``folder``."""
    return f"{folder}/{name}" if folder else name


def around(folder: str) -> Iterator[str]:
    """A folder and the folders around it, innermost first, the root last."""
    while folder:
        yield folder
        folder = parent(folder)
    yield ""


def below(folder: str, place: str) -> str | None:
    """What is left of ``place`` under ``folder``: '' for the folder itself, None if it is not under it."""
    if not folder or place == folder:
        return "" if place == folder else place
    return place[len(folder) + 1 :] if place.startswith(f"{folder}/") else None
