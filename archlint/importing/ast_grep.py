"""Imports the rules of ast-grep: https://ast-grep.github.io/reference/yaml.html."""

from collections.abc import Iterator, Mapping

from archlint.config.ast_grep import transforms_in
from archlint.config.checked import Checked
from archlint.config.reading.text import Text
from archlint.config.reading.tree import Node, strings
from archlint.config.reading.yaml import parse_yaml
from archlint.importing.carrying import (
    Carried,
    Surroundings,
    Written,
    WrittenRule,
    id_of,
    severity_of,
    template,
)
from archlint.model import Severity
from archlint.patterns.dialects import LANGUAGE_NAMES, grammars_of
from archlint.patterns.variables import names_in

_SEVERITY = {
    "hint": Severity.NOTE,
    "info": Severity.NOTE,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
_HEADER = ("id", "language", "severity", "message", "note", "url", "files", "ignores", "metadata")
_BODY = ("rule", "constraints", "utils", "transform")


def import_rules(text: Text, _around: Surroundings) -> Checked[tuple[Carried, ...]]:
    """One entry for each document of a rule file."""
    documents = (yield from parse_yaml(text)) or ()
    for document in documents:
        if "rule" not in document.entries:
            yield document.mistake("this is no rule of ast-grep: it has no `rule`")
    return tuple(_carried(document) for document in documents if "rule" in document.entries)


def _carried(node: Node) -> Carried:
    name = str(node.below("id").value or "a rule without id")
    line = node.text.origin(node.at).line
    language = str(node.below("language").value)
    if node.below("severity").value == "off":
        return Carried(name, line, (), ("it is switched off",))
    if not grammars_of(language):
        known = ", ".join(LANGUAGE_NAMES)
        reason = f"it was not carried over: archlint reads no patterns in {language}; known: {known}"
        return Carried(name, line, (), (reason,))
    return Carried(name, line, (_rule(node, name, grammars_of(language)[0]),), tuple(_left_out(node)))


def _left_out(node: Node) -> Iterator[str]:
    for key in node.entries:
        if key not in (*_HEADER, *_BODY):
            yield f"`{key}` has no counterpart in a rule file"
    for key in node.below("transform").entries:
        if key not in transforms_in(node).entries:
            yield f"`transform` of {key} has no counterpart in a rule file"


def _rule(node: Node, name: str, language: str) -> WrittenRule:
    kept = {each for pattern in _patterns(node) for each in names_in(pattern)}
    transforms = transforms_in(node)
    names = (*kept, *transforms.entries)
    rule: dict[str, Written] = {"id": id_of(name)}
    rule["severity"] = severity_of(node.below("severity").value, _SEVERITY, Severity.NOTE).value
    message, note = node.below("message").value, node.below("note").value
    if isinstance(message, str):
        rule["message"] = template(message, names)
    if isinstance(note, str):
        rule["why"] = note.strip()
    if isinstance(node.below("url").value, str):
        rule["fix"] = f"See {node.below('url').value}"
    for key in ("files", "ignores"):
        globs = tuple(text.removeprefix("./") for _, text in strings(node.below(key)))
        if globs:
            rule[key] = globs
    body: dict[str, Written] = {"language": language, "forbid": _as_written(node.below("rule"))}
    body |= {key: _as_written(node.below(key)) for key in _BODY[1:3] if key in node.entries}
    body |= {"transform": _as_written(transforms)} if transforms.entries else {}
    return {**rule, "pattern": body}


def _as_written(node: Node) -> Written:
    if isinstance(node.value, tuple):
        return tuple(map(_as_written, node.value))
    if isinstance(node.value, Mapping):
        return {key: _as_written(each) for key, each in node.value.items()}
    return node.value if isinstance(node.value, str | int) else str(node.value or "")


def _patterns(node: Node) -> Iterator[str]:
    """Every pattern in a rule."""
    pending = [("", node)]
    while pending:
        key, each = pending.pop()
        pending += [*each.entries.items(), *((key, item) for item in each.items)]
        if key in ("pattern", "context") and isinstance(each.value, str):
            yield each.value
