"""Metavariables: ``$A`` for a node, ``$$A`` for any token too, ``$$$A`` for nodes in a row; ``_`` is not kept."""

import re
from functools import lru_cache

import msgspec

_NAME = "[A-Z_][A-Z0-9_]*"
_MANY = 3
_SINGLE = re.compile(rf"(?<!\$)\${{1,2}}(?!_)({_NAME})")
_WRITTEN = re.compile(rf"\$(?:\$\$)?(?!_)({_NAME})|\$\$(?!_)({_NAME})")


class Variable(msgspec.Struct, frozen=True):
    """What stands for code in a pattern. ``name`` is '' for one that is not kept."""

    name: str
    is_many: bool = False
    is_named: bool = True
    """Whether it stands for named nodes alone, and not for a bare token."""


@lru_cache(maxsize=1024)
def variable(text: str, sigil: str) -> Variable | None:
    """The metavariable that a node's whole text is, or None."""
    count = next((count for count in (3, 2, 1) if text.startswith(sigil * count)), 0)
    name = text[count * len(sigil) :]
    if count == _MANY and re.fullmatch("[A-Z0-9_]*", name):
        return Variable("" if name.startswith("_") else name, is_many=True)
    if count in (1, 2) and re.fullmatch(_NAME, name):
        return Variable("" if name.startswith("_") else name, is_named=count == 1)
    return None


def spelled(pattern: str, sigil: str) -> str:
    """A pattern with its metavariables spelled with ``sigil``, where a language knows no ``$`` in names."""
    if sigil == "$":
        return pattern
    return re.sub(r"\${3}|\${1,2}(?=[A-Z_])", lambda match: sigil * len(match[0]), pattern)


def names_in(pattern: str) -> frozenset[str]:
    """The names of the metavariables that a pattern keeps."""
    return frozenset(match[1] or match[2] for match in _WRITTEN.finditer(pattern))


def single_names_in(pattern: str) -> frozenset[str]:
    """The names of those that stand for one node each."""
    return frozenset(_SINGLE.findall(pattern))
