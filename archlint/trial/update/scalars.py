"""Changes strings and lists of strings in a rule file where they stand; everything around them stays as it is."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from archlint.config.reading.quoting import quoted
from archlint.config.reading.tree import Node

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


class Replacement(msgspec.Struct, frozen=True):
    """Characters of a text that give way to others."""

    start: int
    end: int
    text: str


def replaced(content: str, replacements: Sequence[Replacement]) -> str:
    """The text with the replacements made; none of them overlap."""
    for each in sorted(replacements, key=lambda each: each.start, reverse=True):
        content = content[: each.start] + each.text + content[each.end :]
    return content


def as_list(node: Node, wanted: Sequence[str], ends: dict[int, int]) -> Iterator[Replacement]:
    """What makes the list of strings at ``node`` hold ``wanted``: the items that stay are left alone."""
    content = node.text.content
    if content[node.at] == "[" and not node.items and _begins_line(content, node.key_at):
        yield from _as_block(node, wanted, ends)
    elif content[node.at] == "[":
        yield Replacement(node.at, ends[node.at], f"[{', '.join(map(quoted, wanted))}]")
    else:
        yield from _items(node, wanted, ends)


def _as_block(node: Node, wanted: Sequence[str], ends: dict[int, int]) -> Iterator[Replacement]:
    """An empty list behind its key, as lines below it."""
    content = node.text.content
    indent = " " * (node.key_at - _line_start(content, node.key_at) + 2)
    lines = "".join(f"{_line_end(content)}{indent}- {quoted(each)}" for each in wanted)
    key_end = content.index(":", node.key_at) + 1
    yield Replacement(key_end, ends[node.at], lines)


def _items(node: Node, wanted: Sequence[str], ends: dict[int, int]) -> Iterator[Replacement]:
    content, items = node.text.content, node.items
    indent = content[_line_start(content, items[-1].at) : items[-1].at]
    lead = indent if not indent.strip(" -") else " " * (len(indent) - 2) + "- "
    matcher = SequenceMatcher(None, [str(item.value) for item in items], wanted, autojunk=False)
    for _, start, end, first, last in (code for code in matcher.get_opcodes() if code[0] != "equal"):
        paired = min(end - start, last - first)
        for item, text in zip(items[start : start + paired], wanted[first : first + paired], strict=True):
            yield Replacement(item.at, _end(content, item, ends), quoted(text))
        for item in items[start + paired : end]:
            yield Replacement(
                _line_start(content, item.at), _next_line(content, _end(content, item, ends)), ""
            )
        if more := wanted[first + paired : last]:
            after = items[start + paired - 1] if start + paired else None
            at = (
                _next_line(content, _end(content, after, ends))
                if after
                else _line_start(content, items[0].at)
            )
            begun = "" if content[at - 1] in "\r\n" else _line_end(content)
            told = "".join(f"{lead}{quoted(text)}{_line_end(content)}" for text in more)
            yield Replacement(at, at, begun + told)


def as_text(node: Node, wanted: str, ends: dict[int, int]) -> Replacement | None:
    """What makes the string at ``node`` hold ``wanted``; None where it is not written in a way that is sure to be kept.

    In a block (``|``) both have the same number of lines.
    """
    content, value = node.text.content, str(node.value)
    raw = content[node.at : ends[node.at]]
    if raw.startswith("|"):
        return _block(node, raw, value, wanted)
    for spelt in (quoted, _single):
        if raw == spelt(value):
            return Replacement(node.at, ends[node.at], spelt(wanted))
    return None


def _block(node: Node, raw: str, value: str, wanted: str) -> Replacement | None:
    head, *rows = _LINE.findall(raw)
    lines, new = value.split("\n"), wanted.split("\n")
    if len(rows) < len(lines) - 1 or len(lines) != len(new):
        return None
    written = []
    for row, line, text in zip(rows, lines, new, strict=False):
        bare = row.rstrip("\r\n")
        if not bare.endswith(line) or (text and not line):
            return None
        written.append(bare.removesuffix(line) + text + row[len(bare) :] if line else row)
    rest = rows[len(written) :]
    return Replacement(node.at, node.at + len(raw), "".join((head, *written, *rest)))


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _end(content: str, item: Node, ends: dict[int, int]) -> int:
    end = ends[item.at]
    return item.at + len(content[item.at : end].rstrip())


def _line_start(content: str, at: int) -> int:
    return max(content.rfind("\n", 0, at), content.rfind("\r", 0, at)) + 1


def _next_line(content: str, at: int) -> int:
    match = _LINE.match(content, at)
    return match.end() if match else len(content)


def _line_end(content: str) -> str:
    return "\r\n" if "\r\n" in content else "\n"


def _begins_line(content: str, at: int) -> bool:
    return not content[_line_start(content, at) : at].strip(" -")
