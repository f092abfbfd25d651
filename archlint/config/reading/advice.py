"""What to do where a text is no YAML or no TOML: the parsers say what they met, not what was meant."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archlint.config.reading.toml_places import tokens

_CLOSING = {"[": "]", "{": "}"}
_SECOND_COLON = re.compile(r"[^'\"]*?:\s+[^\s#]")
_OPENED_TEXT = re.compile(r"(?:.*:|\s*-)\s+([\[{\"'])")
_WORD = re.compile(r"[^\s,\]\[{}#=]+")


class Advice(NamedTuple):
    """What is wrong, where, and what to do about it."""

    at: int
    message: str
    hint: str = ""


def yaml_advice(content: str, at: int, problem: str, context: str, began: int) -> Advice:
    """For a complaint of ruamel.yaml at ``at``, which was in the middle of what began at ``began``."""
    before = content[content.rfind("\n", 0, at) + 1 : at]
    if content[at : at + 1] == "\t":
        return Advice(at, "a tab cannot indent", "use spaces")
    if problem.startswith(("expected ',' or", "did not find expected ',' or")) and content[began] in _CLOSING:
        line = content.count("\n", 0, at) + 1
        return _unclosed(content[began], began, f"before line {line}, column {len(before) + 1}")
    if "end of stream" in problem and content[began : began + 1] in "\"'":
        return Advice(began, "this quote is not closed")
    hint = next(_yaml_hints(problem, before, content[at : at + 1]), context)
    return Advice(at, " ".join(problem.split()), hint)


def _yaml_hints(problem: str, before: str, character: str) -> Iterator[str]:
    if problem.startswith("mapping values are not allowed"):
        if _SECOND_COLON.match(before):
            yield 'text with ": " in it stands in quotes'
        yield "a key begins in the column of the keys beside it"
    if "cannot start any token" in problem:
        yield f"text that begins with {character} stands in quotes"
    if "unknown escape" in problem:
        yield r"in double quotes \ is written \\; in single quotes it stands for itself"
    if opened := _OPENED_TEXT.match(before):
        yield f"text that begins with {opened[1]} stands in quotes as a whole"
    if problem.startswith("expected <block end>"):
        yield "it begins in another column than what stands beside it"


def toml_advice(content: str, at: int, problem: str) -> Advice:
    """For a complaint of tomllib at ``at``."""
    line_at = content.rfind("\n", 0, at) + 1
    line_at += len(content[line_at:at]) - len(content[line_at:at].lstrip())
    if problem.startswith(("unclosed array", "unclosed inline table")):
        return _unclosed_toml(content, at, problem)
    if problem.startswith("cannot overwrite"):
        return Advice(line_at, "this key is here a second time")
    if problem.startswith("cannot declare"):
        return Advice(line_at + 1, "this table is here a second time", "put its keys under the first")
    return Advice(at, problem, _toml_hint(content, at, problem))


def _toml_hint(content: str, at: int, problem: str) -> str:
    word = _WORD.match(content, at)
    if problem.startswith("illegal character '\\n'"):
        return "a closing quote is missing"
    if problem.startswith("expected '=' after a key") and content[at : at + 1] == ":":
        return "TOML is written KEY = VALUE"
    if problem == "invalid value" and word and word[0][0].isalpha():
        return f'text stands in quotes: "{word[0]}"'
    return ""


def _unclosed_toml(content: str, at: int, problem: str) -> Advice:
    opened: list[tuple[str, int]] = []
    for token in tokens(content[:at]):
        if token.text in _CLOSING:
            opened.append((token.text, token.at))
        elif token.text in _CLOSING.values() and opened:
            opened.pop()
    return _unclosed(*opened[-1]) if opened else Advice(at, problem)


def _unclosed(bracket: str, at: int, before: str = "") -> Advice:
    what = "list" if bracket == "[" else "mapping"
    return Advice(at, f"this {what} is not closed", f"{_CLOSING[bracket]} is missing {before}".strip())
