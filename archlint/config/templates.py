"""Checks the braces of a rule's ``message``."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from archlint.config.reading.tree import Node
from archlint.config.words import shown, suggest
from archlint.errors import Mistake

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def check_template(node: Node, fields: tuple[str, ...]) -> Iterator[Mistake]:
    """Every name in braces that is not among ``fields``, and every brace that is neither open nor doubled."""
    if not isinstance(node.value, str):
        return
    for brace in _BRACES.finditer(node.value):
        if brace[0] in ("{", "}"):
            yield node.mistake(f'a "{brace[0]}" stands alone in the message', f'"{brace[0] * 2}" shows one')
        elif brace[1] is not None and brace[1] not in fields:
            yield _at(node, brace).mistake(
                f"unknown field {shown(brace[1])} in the message", suggest(brace[1], fields)
            )


def _at(node: Node, brace: re.Match[str]) -> Node:
    """Where the field is written, if it is written as it is read: escapes of YAML may have made it."""
    before = brace.string[: brace.start()].count(brace[0])
    at = node.at
    for _ in range(before + 1):
        at = node.text.content.find(brace[0], at + 1)
        if at < 0:
            return node
    return replace(node, at=at + 1)
