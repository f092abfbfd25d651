"""What semgrep's patterns and the operators that join them are as rule objects of ast-grep."""

import re
from collections.abc import Iterator

import msgspec

from archlint.config.reading.tree import Node
from archlint.importing.carrying import CannotCarryError, Written
from archlint.patterns.variables import names_in

_LEAVES = ("pattern", "pattern-inside", "pattern-not", "pattern-not-inside")
_OPERATORS = (*_LEAVES, "patterns", "pattern-either", "metavariable-regex")
# Strings are read before anything in them could be taken for an ellipsis.
_PART = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)|(?P<deep><\.\.\.|\.\.\.>)"
    r"|\$\.\.\.(?P<many>[A-Z_][A-Z0-9_]*)|(?P<chain>\.\s*\.\.\.)|(?P<typed>\(\s*\$[A-Z_][A-Z0-9_]*\s*:[^()]*\))"
    r"|(?P<dots>\.\.\.)(?P<name>[\w$]?)"
)
_LAST = re.compile(r",\s*\$\$\$[A-Z0-9_]*(?=\s*[)\]}])")
_MOST_LAST = 3


class Body(msgspec.Struct, frozen=True):
    """A rule object, with constraints of what its metavariables stand for."""

    rule: dict[str, Written]
    constraints: dict[str, Written] = msgspec.field(default_factory=dict)
    names: tuple[str, ...] = ()


def body_of(node: Node, language: str) -> Body:
    """The code that a rule means. Raises ``CannotCarryError`` for what would make it mean more, or less."""
    given = [key for key in node.entries if key.startswith(("pattern", "metavariable", "focus"))]
    if len(given) != 1 or given[0] not in ("pattern", "patterns", "pattern-either"):
        raise CannotCarryError(_unknown(given))
    constraints = dict(_constraints(node)) if given[0] == "patterns" else {}
    rule = _joined(given[0], node.entries[given[0]], is_outermost=True)
    names = tuple(sorted({name for text in _texts(node, language) for name in names_in(text)}))
    return Body(rule, constraints, names)


def _unknown(keys: list[str]) -> str:
    others = [key for key in keys if key not in _OPERATORS]
    return (
        f"`{others[0]}` has no counterpart" if others else "it has no pattern, or several that nothing joins"
    )


def _constraints(node: Node) -> Iterator[tuple[str, Written]]:
    for item in node.below("patterns").items:
        about = item.below("metavariable-regex")
        name, regex = about.below("metavariable").value, about.below("regex").value
        if isinstance(name, str) and isinstance(regex, str):
            yield name.removeprefix("$"), {"regex": f"^(?:{regex})"}  # semgrep looks at the beginning


def _texts(node: Node, _language: str) -> Iterator[str]:
    pending = list(node.entries.items())
    while pending:
        key, each = pending.pop()
        pending += [*each.entries.items(), *((key, item) for item in each.items)]
        if key in _LEAVES and isinstance(each.value, str):
            yield translated(each.value)


def _joined(key: str, node: Node, *, is_outermost: bool = False) -> dict[str, Written]:
    match key:
        case "pattern-either":
            return {"any": tuple(_joined(*_single(item)) for item in node.items)}
        case "patterns":
            return _all(node, is_outermost=is_outermost)
        case _ if key in _LEAVES:
            return _leaf(key, node)
        case _:
            raise CannotCarryError(f"`{key}` has no counterpart")


def _single(item: Node) -> tuple[str, Node]:
    if len(item.entries) != 1:
        raise CannotCarryError("an item with several operators is read in one way only by semgrep")
    return next(iter(item.entries.items()))


def _all(node: Node, *, is_outermost: bool) -> dict[str, Written]:
    """What must be comes before what surrounds it, and that before what must not be: so metavariables are bound."""
    parts = [_single(item) for item in node.items]
    if not is_outermost and any(key == "metavariable-regex" for key, _ in parts):
        raise CannotCarryError("`metavariable-regex` within `pattern-either` has no counterpart")
    parts = [(key, each) for key, each in parts if key != "metavariable-regex"]
    if not any(key in ("pattern", "patterns", "pattern-either") for key, _ in parts):
        raise CannotCarryError("it has no pattern of its own, only what is around it or is not meant")
    rank = {"pattern": 0, "patterns": 0, "pattern-either": 0, "pattern-inside": 1}
    ordered = sorted(parts, key=lambda part: rank.get(part[0], 2))
    rules = tuple(_joined(key, each) for key, each in ordered)
    return rules[0] if len(rules) == 1 else {"all": rules}


def _leaf(key: str, node: Node) -> dict[str, Written]:
    if not isinstance(node.value, str):
        raise CannotCarryError(f"`{key}` with operators of its own has no counterpart")
    rules: list[dict[str, Written]] = [{"pattern": each} for each in _variants(translated(node.value))]
    if "inside" in key:
        rules += [{"inside": {**each, "stopBy": "end"}} for each in rules]
    found: dict[str, Written] = rules[0] if len(rules) == 1 else {"any": tuple(rules)}
    return {"not": found} if "not" in key else found


def translated(pattern: str) -> str:
    """``...`` as ``$$$``, ``$...X`` as ``$$$X``. Raises ``CannotCarryError`` for what no pattern says."""
    text = _PART.sub(_part, pattern.strip())
    is_statement = text.endswith(";") and text.count(";") == 1 and "\n" not in text
    return text[:-1] if is_statement else text


def _variants(pattern: str) -> tuple[str, ...]:
    """``f($X, $$$)`` and ``f($X)``: to semgrep the comma before an ellipsis that stands for nothing is not there either."""
    places = list(_LAST.finditer(pattern))
    if len(places) > _MOST_LAST:
        raise CannotCarryError(
            f"more than {_MOST_LAST} lists that end in an ellipsis stand for too many patterns"
        )
    found = [pattern]
    for place in reversed(places):
        found += [each[: place.start()] + each[place.end() :] for each in found]
    return tuple(found)


def _part(match: re.Match[str]) -> str:
    if match["string"]:
        if match["string"][1:-1] == "..." or match["string"][1:3] == "=~":
            raise CannotCarryError(f"the pattern {match['string']} for any string has no counterpart")
        if "$" in match["string"]:
            raise CannotCarryError(f"a metavariable within the string {match['string']} has no counterpart")
        return match["string"]
    if match["deep"]:
        raise CannotCarryError("the deep pattern <... ...> has no counterpart")
    if match["chain"]:
        raise CannotCarryError("a chain of any calls, `. ...`, has no counterpart")
    if match["typed"]:
        raise CannotCarryError(f"the typed metavariable {match['typed']} has no counterpart")
    if match["many"]:
        return f"$$${match['many']}"
    return match[0] if match["name"] else "$$$"
