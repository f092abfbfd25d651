"""Reads one archlint.toml, and holds what it says of rules against the rules there are."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from archlint.config.checked import Checked
from archlint.config.reading.text import Text, read_text
from archlint.config.reading.toml import LARGEST, parse_toml
from archlint.config.reading.tree import Node, strings
from archlint.config.selectors import check_selectors
from archlint.config.settings import Allowance, Settings, texts
from archlint.config.shape import salvage
from archlint.config.words import shown, suggest
from archlint.errors import Mistake
from archlint.model import Place, Rule, Scope, Severity, Span
from archlint.suppression import Suppression

_MOST = 2**40
# Deeper than 65,536 tree-sitter's queries see nothing; ways as long as that take memory by the square of it.
_MOST_OF = {"file-seconds": 86_400, "depth": 20_000}


class Sheet(msgspec.Struct, frozen=True):
    """What an archlint.toml says, and where."""

    node: Node
    settings: Settings

    @property
    def zones(self) -> Mapping[str, Node]:
        """Where each zone is written."""
        return self.node.below("zones").entries


def read_sheet(path: Path, shown_path: str) -> Checked[Sheet | None]:
    """The file at ``path``; None if it cannot be read."""
    text = yield from read_text(path, shown_path, LARGEST)
    return None if text is None else (yield from parse_sheet(text))


def parse_sheet(text: Text) -> Checked[Sheet | None]:
    """What ``text`` says; None if it is not TOML. What is mistaken in it is left out."""
    node = yield from parse_toml(text)
    if node is None:
        return None
    settings = yield from salvage(node, Settings)
    yield from _limit_mistakes(node.below("limits"))
    return Sheet(node, settings or Settings())


def check_overrides(sheet: Sheet, ids: Collection[str], zones: Collection[str]) -> Iterator[Mistake]:
    """Every ``[rule.ID]`` of a rule that is not there, and every bad selector in one."""
    for name, node in sheet.node.below("rule").entries.items():
        if name not in ids:
            yield node.key_mistake(f"unknown rule {shown(name)}", suggest(name, ids))
        yield from check_selectors(node.below("files"), zones)
        yield from check_selectors(node.below("ignores"), zones)


def check_allowed(sheet: Sheet, ids: Collection[str], zones: Collection[str]) -> Iterator[Mistake]:
    """Every entry of ``[[allow]]`` that names a rule that is not there, a bad selector, or no reason."""
    for entry in sheet.node.below("allow").items:
        for item, name in strings(entry.below("rule")):
            if name not in ids:
                yield item.mistake(f"unknown rule {shown(name)}", suggest(name, ids))
        yield from check_selectors(entry.below("path"), zones)
        reason = entry.below("reason")
        if isinstance(reason.value, str) and not reason.value.strip():
            yield reason.mistake("a reason is needed")
        for key in ("rule", "path"):
            if entry.below(key).value == ():
                yield entry.below(key).mistake("the list is empty")


def allowed(sheet: Sheet) -> tuple[Suppression, ...]:
    """What the entries of ``[[allow]]`` allow, each at its place."""
    nodes = sheet.node.below("allow").items
    return tuple(map(_suppression, sheet.settings.allow, nodes))


def _suppression(entry: Allowance, node: Node) -> Suppression:
    origin = node.text.origin(node.at)
    span = Span(origin.line, origin.column, origin.line, origin.column)
    return Suppression(
        rules=texts(entry.rule),
        reason=entry.reason.strip(),
        place=Place(origin.path, span),
        until=entry.until,
        ticket=entry.ticket,
        paths=texts(entry.path),
    )


def _limit_mistakes(limits: Node) -> Iterator[Mistake]:
    for key, node in limits.entries.items():
        most = _MOST_OF.get(key, _MOST)
        if isinstance(node.value, int | float) and not 0 < node.value <= most:
            yield node.mistake(f"expected more than 0 and at most {most:,}, found {node.value}")


def is_on(sheet: Sheet, rule: Rule[Any]) -> bool:
    """Whether the sheet leaves the rule on."""
    override = sheet.settings.rule.get(rule.id)
    return override is None or override.severity != "off"


def overridden(sheet: Sheet, rule: Rule[Any]) -> Rule[Any]:
    """The rule as the sheet narrows it. A severity given there stands for every ``severity-in`` too."""
    override = sheet.settings.rule.get(rule.id)
    if override is None:
        return rule
    ignores = (*rule.scope.ignores, *texts(override.ignores))
    narrowed = replace(rule, scope=Scope(rule.scope.files, ignores, within=texts(override.files)))
    if override.severity is None:
        return narrowed
    return replace(narrowed, severity=Severity(override.severity), severity_in=())
