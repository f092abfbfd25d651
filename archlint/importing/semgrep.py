"""Imports the rules of semgrep that search for code: https://semgrep.dev/docs/writing-rules/rule-syntax."""

from collections.abc import Iterator

from archlint.config.checked import Checked
from archlint.config.reading.text import Text
from archlint.config.reading.tree import Node, strings
from archlint.config.reading.yaml import parse_yaml
from archlint.importing.carrying import (
    CannotCarryError,
    Carried,
    Surroundings,
    Written,
    WrittenRule,
    id_of,
    severity_of,
    template,
)
from archlint.importing.semgrep_patterns import Body, body_of
from archlint.model import Severity

_SEVERITY = {
    "critical": Severity.ERROR,
    "high": Severity.ERROR,
    "error": Severity.ERROR,
    "medium": Severity.WARNING,
    "warning": Severity.WARNING,
    "low": Severity.NOTE,
    "info": Severity.NOTE,
}
_LANGUAGES = {
    **dict.fromkeys(("ts", "typescript"), "typescript"),
    **dict.fromkeys(("js", "javascript"), "javascript"),
    **dict.fromkeys(("html",), "html"),
    **dict.fromkeys(("yaml",), "yaml"),
    **dict.fromkeys(("json",), "json"),
    **dict.fromkeys(("bash", "sh"), "bash"),
    **dict.fromkeys(("generic", "regex"), ""),
}
_SUFFIXES = {"typescript": "ts,tsx,mts,cts", "javascript": "js,jsx,mjs,cjs"}
_HEADER = (
    "id",
    "message",
    "severity",
    "languages",
    "paths",
    "metadata",
    "min-version",
    "max-version",
    "mode",
)
_CODE = ("pattern", "patterns", "pattern-either", "pattern-regex")


def import_rules(text: Text, _around: Surroundings) -> Checked[tuple[Carried, ...]]:
    """One entry for each rule under ``rules``."""
    documents = (yield from parse_yaml(text)) or ()
    nodes = tuple(node for document in documents for node in document.below("rules").items)
    if not nodes:
        yield text.mistake(0, "the file holds no rules: semgrep has them in a list under `rules`")
    return tuple(_carried(node) for node in nodes)


def _carried(node: Node) -> Carried:
    name, line = str(node.below("id").value or "unnamed"), node.text.origin(node.at).line
    try:
        rules = tuple(_rules(node, name))
    except CannotCarryError as error:
        return Carried(name, line, (), (f"it was not carried over: {error}",))
    return Carried(name, line, rules, tuple(_left_out(node)))


def _left_out(node: Node) -> Iterator[str]:
    for key in node.entries:
        if key not in (*_HEADER, *_CODE):
            yield f"`{key}` has no counterpart"
    unknown = [word for word in _languages(node) if word not in _LANGUAGES]
    if unknown:
        yield f"archlint reads no patterns in {', '.join(unknown)}"


def _languages(node: Node) -> tuple[str, ...]:
    return tuple(text.lower() for _, text in strings(node.below("languages")))


def _rules(node: Node, name: str) -> Iterator[WrittenRule]:
    """One rule, or one for each language."""
    mode = node.below("mode").value
    if mode not in (None, "search"):
        raise CannotCarryError(f"rules of mode `{mode}` follow data from place to place")
    known = tuple(dict.fromkeys(_LANGUAGES[word] for word in _languages(node) if word in _LANGUAGES))
    if not known:
        raise CannotCarryError(f"archlint reads no patterns in {', '.join(_languages(node))}")
    scripts = tuple(each for each in known if each in _SUFFIXES)
    for language in (*(("scripts",) if scripts else ()), *(each for each in known if each not in scripts)):
        suffixes = ",".join(_SUFFIXES[each] for each in scripts)
        files = (f"**/*.{{{suffixes}}}",) if language == "scripts" else ()
        yield _rule(node, name, language, files)


def _rule(node: Node, name: str, language: str, files: tuple[str, ...]) -> WrittenRule:
    regex = _alone(node)
    body = Body({"regex": regex}) if regex else body_of(node, language)
    rule: dict[str, Written] = {"id": id_of(name)}
    rule["severity"] = severity_of(node.below("severity").value, _SEVERITY, Severity.ERROR).value
    message = node.below("message").value
    if isinstance(message, str):
        rule["message"] = template(message, () if regex else body.names)
    rule |= _scope(node, files)
    if regex:
        return {**rule, "text": {"forbid": regex}}
    if not language:
        raise CannotCarryError(
            "patterns of text without a grammar have no counterpart; only pattern-regex has"
        )
    options: dict[str, Written] = {} if language == "scripts" else {"language": language}
    options["forbid"] = body.rule
    return {**rule, "pattern": {**options, "constraints": body.constraints} if body.constraints else options}


def _alone(node: Node) -> str:
    """The expression of a rule that is nothing else."""
    given = [key for key in _CODE if key in node.entries]
    return str(node.below("pattern-regex").value) if given == ["pattern-regex"] else ""


def _scope(node: Node, files: tuple[str, ...]) -> dict[str, Written]:
    included = tuple(_glob(text) for _, text in strings(node.below("paths", "include")))
    excluded = tuple(_glob(text) for _, text in strings(node.below("paths", "exclude")))
    found: dict[str, Written] = {}
    if included or files:
        found["files"] = included or files
    if excluded:
        found["ignores"] = excluded
    return found


def _glob(text: str) -> str:
    """Semgrep finds a path anywhere in the tree, unless it begins with a slash."""
    if text.startswith("/"):
        return text[1:]
    return text if text.startswith("**/") else f"**/{text.rstrip('/')}"
