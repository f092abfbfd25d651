"""What is kept depends on besides the tree: archlint's own code, the libraries that read, the limits."""

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint import __version__
from archlint.facts import Demand
from archlint.limits import Limits

_PACKAGE = Path(__file__).parent.parent
_READERS = ("tree_sitter", "libcst", "msgspec", "google_re2", "re2")
_COMPILED = "__pycache__"
_WITHOUT_PART = frozenset({"cli", "config", "kinds", "packs", "project", "reporters", _COMPILED})


def book(limits: Limits) -> bytes:
    """Names what this archlint reads under these limits: other code, other libraries, another book."""
    state = blake2b(__version__.encode(), digest_size=16)
    for part in (*_sources(_WITHOUT_PART), *_libraries(), msgspec.msgpack.encode(limits)):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.digest()


def judging_state() -> bytes:
    """Names all of the code, with what runs it: what is found and what is said of it depends on that."""
    state = blake2b(__version__.encode(), digest_size=16)
    for part in (*_sources(frozenset({_COMPILED})), *_libraries(), sys.version.encode()):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.digest()


def question(demands: tuple[Demand, ...]) -> bytes:
    """Names what is asked of a file."""
    return blake2b(msgspec.msgpack.encode(demands), digest_size=16).digest()


def _sources(without: frozenset[str]) -> Iterator[bytes]:
    """The code that has a part in what is found: 1 MB in 5 ms."""
    folders = [str(_PACKAGE)]
    while folders:
        for entry in sorted(os.scandir(folders.pop()), key=lambda each: each.name):
            if entry.is_dir() and entry.name not in without:
                folders.append(entry.path)
            elif entry.name.endswith(".py"):
                with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123 -- half of Path's time
                    yield entry.name.encode() + stream.read()


def yaml_state() -> bytes:
    """Names the way in which rule files are read as YAML."""
    state = blake2b(__version__.encode(), digest_size=16)
    for part in ((_PACKAGE / "config" / "reading" / "yaml.py").read_bytes(), *_libraries(("ruamel",))):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.digest()


def _libraries(names: tuple[str, ...] = _READERS) -> Iterator[bytes]:
    """The versions of the libraries that read, as their folders of metadata are named."""
    site = Path(msgspec.__file__).parent.parent
    yield from (
        name.encode()
        for name in sorted(os.listdir(site))  # noqa: PTH208 -- names alone
        if name.startswith(names) and "-" in name
    )
