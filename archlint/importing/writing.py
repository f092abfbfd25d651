"""Writes imported rules as a YAML rule file, with what was left out as comments, and tries each with our own reader."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from msgspec.structs import replace

from archlint.config.checked import Checked
from archlint.config.reading.quoting import quoted
from archlint.config.reading.text import Text
from archlint.config.reading.yaml import parse_yaml
from archlint.config.rules import check_ids, read_rule, rules_in
from archlint.errors import Mistake
from archlint.importing.carrying import Carried, Written, WrittenRule

_WIDTH = 108
_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?: [\w./-]+)*", re.ASCII)
_WORDS = re.compile(r"(?i)(true|false|null|yes|no|on|off|y|n)")
_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_BLOCK = re.compile(r"(?! )[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*[^\s]")
_LONGEST_FLOW = 90
_MOST_REASONS = 3


def readable(carried: Carried) -> Carried:
    """The same, without the rules that our reader refuses; with what it says of them."""
    kept: list[WrittenRule] = []
    reasons: list[str] = []
    for rule in carried.rules:
        mistakes = _mistakes(rule)
        if mistakes:
            said = "; ".join(mistake.message for mistake in mistakes[:_MOST_REASONS])
            reasons.append(f"it was not carried over: {said}")
        else:
            kept.append(rule)
    return replace(carried, rules=tuple(kept), left_out=(*carried.left_out, *reasons))


def _mistakes(rule: WrittenRule) -> list[Mistake]:
    mistakes: list[Mistake] = []
    reading = _read(Text("imported", "\n".join(_rule(rule))))
    while True:
        try:
            mistakes.append(next(reading))
        except StopIteration:
            return mistakes


def _read(text: Text) -> Checked[None]:
    for document in (yield from parse_yaml(text)) or ():
        nodes = yield from rules_in(document)
        yield from check_ids(nodes)
        for node in nodes:
            yield from read_rule(node, ())


def written(carried: Iterable[Carried], head: Iterable[str]) -> str:
    """The text of a rule file. Without a rule it holds comments alone."""
    lines = [line for text in head for line in _comment(text, "")]
    entries = tuple(carried)
    if any(each.rules for each in entries):
        lines.append("rules:")
    for number, each in enumerate(entries):
        lines += [""] if number else []
        for sentence in each.left_out:
            lines += _comment(f"Left out of '{each.name}' (line {each.line}): {sentence}.", "  ")
        for rule in each.rules:
            lines += [f"  {line}".rstrip() for line in _rule(rule)]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str) -> list[str]:
    plain = _UNPRINTABLE.sub("?", " ".join(text.split()))
    plain = "".join(letter if letter >= " " else "?" for letter in plain)
    start = f"{indent}# "
    return wrap(plain, _WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False) or [
        start
    ]


def _rule(rule: WrittenRule) -> list[str]:
    first, *rest = _mapping(rule)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _mapping(value: Mapping[str, Written]) -> Iterator[str]:
    for key, entry in value.items():
        name = key if _KEY.fullmatch(key) and not _WORDS.fullmatch(key) else quoted(key)
        head, *rest = _lines(entry)
        yield f"{name}:{' ' if head else ''}{head}"
        yield from (f"  {line}" for line in rest)


def _lines(value: Written) -> list[str]:
    """A value: what stands behind its key, and the lines below, not yet indented."""
    if isinstance(value, str):
        is_block = "\n" in value and _BLOCK.fullmatch(value)
        return ["|-", *value.split("\n")] if is_block else [_scalar(value)]
    if isinstance(value, bool | int):
        return [json.dumps(value)]
    flow = _flow(value)
    if len(flow) <= _LONGEST_FLOW:
        return [flow]
    if isinstance(value, Mapping):
        return ["", *_mapping(value)]
    return ["", *(line for item in value for line in _item(item))]


def _item(value: Written) -> list[str]:
    if isinstance(value, Mapping) and value:
        head, *rest = _mapping(value)
    else:
        head, *rest = _lines(value)
    return [f"- {head}", *(f"  {line}" for line in rest)]


def _flow(value: Written) -> str:
    match value:
        case str():
            return quoted(value) if "\n" in value else _scalar(value)
        case bool() | int():
            return json.dumps(value)
        case Mapping():
            pairs = (f"{_scalar(key)}: {_flow(entry)}" for key, entry in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case _:
            return f"[{', '.join(map(_flow, value))}]"


def _scalar(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text)
    return text if is_plain else quoted(text)
