"""Reads requirements.yml: what the documents behind a set of rules state. Every mistake is told with its place."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from archlint.config.checked import Checked
from archlint.config.files import REQUIREMENTS
from archlint.config.reading.text import Naming, read_text
from archlint.config.reading.tree import Node
from archlint.config.reading.yaml import LARGEST, parse_yaml
from archlint.config.shape import convert
from archlint.config.words import shown, suggest
from archlint.errors import Mistake
from archlint.requirements import Requirements, Statement

_ID = re.compile(r"[A-Za-z0-9]+([./_-][A-Za-z0-9]+)*")
_LONGEST_ID = 100


class _Entry(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    id: str
    document: str
    text: str
    section: str = ""
    unchecked: str = ""


class _Sheet(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    requirements: tuple[_Entry, ...]
    documents: dict[str, str]
    """Titles by id."""


def requirement_files(rule_files: Iterable[Path]) -> tuple[Path, ...]:
    """The requirements.yml in each folder that one of the rule files is in."""
    folders = dict.fromkeys(path.parent for path in rule_files)
    return tuple(path for folder in folders if (path := folder / REQUIREMENTS).is_file())


def read_requirements(paths: Iterable[Path], naming: Naming) -> Checked[Requirements]:
    """What the files state, together."""
    documents: dict[str, str] = {}
    statements: dict[str, Statement] = {}
    for path in paths:
        text = yield from read_text(path, naming.shown(path), LARGEST)
        nodes = () if text is None else (yield from parse_yaml(text))
        if text is not None and nodes == ():
            yield text.mistake(0, "the file states nothing")
        for node in nodes or ():
            sheet = yield from convert(node, _Sheet)
            yield from _mistakes(node)
            if sheet is not None:
                documents |= sheet.documents
                yield from _add(statements, node, sheet)
    return Requirements(tuple(documents.items()), tuple(statements.values()))


def _mistakes(node: Node) -> Iterator[Mistake]:
    """What the types cannot say."""
    documents = node.below("documents").entries
    for entry in node.below("requirements").items:
        name, document = entry.below("id"), entry.below("document")
        if isinstance(name.value, str) and not _is_id(name.value):
            hint = f"letters and digits in words joined by '/', '.', '-' or '_', at most {_LONGEST_ID} characters"
            yield name.mistake(f"bad requirement id {shown(name.value)}", hint)
        if isinstance(document.value, str) and document.value not in documents:
            yield document.mistake(
                f"unknown document {shown(document.value)}", suggest(document.value, documents)
            )
        for said in (entry.below("text"), entry.below("unchecked")):
            if isinstance(said.value, str) and not said.value.strip():
                yield said.mistake("expected a sentence, found nothing")


def _is_id(name: str) -> bool:
    return bool(_ID.fullmatch(name)) and len(name) <= _LONGEST_ID


def _add(statements: dict[str, Statement], node: Node, sheet: _Sheet) -> Iterator[Mistake]:
    for written, entry in zip(node.below("requirements").items, sheet.requirements, strict=True):
        name = written.below("id")
        first = statements.get(entry.id)
        if first is not None:
            place = f"{first.origin.path}:{first.origin.line}:{first.origin.column}"
            message = f"a second requirement has the id {shown(entry.id)}"
            yield name.mistake(message, f"the first is at {place}")
            continue
        origin = node.text.origin(name.key_at)
        statements[entry.id] = Statement(
            entry.id, entry.document, entry.section, entry.text, entry.unchecked, origin
        )
