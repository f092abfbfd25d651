"""Every kind of rule, in one list. A rule file names a kind by its key; its module is loaded when a rule is of it."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from archlint.extend import Kind

KINDS = (
    "value",
    "single-source",
    "pattern",
    "text",
    "size",
    "files",
    "workflow",
    "document",
    "parity",
    "imports",
    "layers",
    "independent",
    "acyclic",
    "public-api",
    "coverage",
    "definition",
    "shape",
    "condition",
)


class _Kinds(Mapping[str, Kind[Any]]):
    """The kinds by name. Any: each has its own options type, and a mapping of them has no common one."""

    def __getitem__(self, name: str) -> Kind[Any]:
        if name not in KINDS:
            raise KeyError(name)
        kind: Kind[Any] = import_module(f"archlint.kinds.{name.replace('-', '_')}").KIND
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)

    def __contains__(self, name: object) -> bool:
        return name in KINDS


KIND_OF = _Kinds()
