"""Variables of a Makefile: their constants, and recipe text with them in it.

What only a run can tell becomes ``${{ make.X }}``, with what is known of it: ``make X=…`` overrides the file,
which overrides the environment, save for ``?=``.
"""

import re
from collections.abc import Iterable, Mapping

from archlint.languages.decoded import Decoded, Region, decode
from archlint.languages.make.lines import Line, LineKind, assignment

_MOST_PASSES = 10
_LONGEST = 1000
_REFERENCE = re.compile(r"\$(?:\((\w+)\)|\{(\w+)\})")
_SPECIAL = re.compile(
    rb"\$(?:\$|[({](?P<name>[\w.-]+)[)}]|\((?:[^()]|\([^()]*+\))*+\)|\{[^{}]*+\}|(?P<one>[\xc0-\xff][\x80-\xbf]+|.))"
)
_UNQUOTABLE = re.compile(r"['$`{}]|\|\|")

Constants = Mapping[str, str]
"""What each variable stands for, as an expression: ``'dev'``, ``env.MODE || 'dev'``; '' if nobody can tell."""


def constants(lines: Iterable[Line]) -> dict[str, str]:
    """The variables of a file. One that is set twice, or under a condition, is not constant."""
    values: dict[str, str] = {}
    defaults: set[str] = set()
    unknown: set[str] = set()
    for line in lines:
        if line.kind is LineKind.ASSIGNMENT:
            name, operator, value = assignment(line)
            if name in values or line.conditional or operator in ("+=", "!="):
                unknown.add(name)
            if operator == "?=":
                defaults.add(name)
            values[name] = value
    known = _expanded({name: value for name, value in values.items() if name not in unknown})
    return {name: _expression(name, known.get(name), is_default=name in defaults) for name in values}


def _expanded(values: dict[str, str]) -> dict[str, str]:
    """Values with the variables in them replaced; those that stay open, or grow too long, are left out."""
    for _ in range(_MOST_PASSES):
        after = {name: _replaced(value, values) for name, value in values.items()}
        if after == values:
            break
        values = after
    return {name: value for name, value in values.items() if not _UNQUOTABLE.search(value)}


def _replaced(value: str, values: Mapping[str, str]) -> str:
    if len(value) > _LONGEST:
        return "$"
    return _REFERENCE.sub(lambda match: values.get(match[1] or match[2], match[0]), value)


def _expression(name: str, value: str | None, *, is_default: bool) -> str:
    parts = [f"env.{name}"] if is_default else []
    return " || ".join((*parts, f"'{value}'")) if value is not None else ""


def recipe(data: bytes, region: Region, known: Constants, target: str) -> Decoded:
    """A line of a recipe as the shell gets it."""

    def meaning(match: re.Match[bytes]) -> str:
        name = (match["name"] or match["one"] or b"").decode(errors="replace")
        if match[0] == b"$$":
            return "$"
        if name in ("MAKE", "@"):
            return "make" if name == "MAKE" else target
        if not re.fullmatch(r"\w+", name):
            return "${{ make }}"
        expression = known.get(name, f"env.{name}")
        return f"${{{{ make.{name}{' || ' if expression else ''}{expression} }}}}"

    return decode(data, region, _SPECIAL, meaning)
