"""Makes the examples of rules expect what their rules say, where that is a matter of which findings, not of whether."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint.config.checked import settle
from archlint.config.reading.text import Text, read_text
from archlint.config.reading.tree import Node
from archlint.config.reading.yaml import LARGEST, ends_of, parse_yaml
from archlint.config.rules import rules_in
from archlint.edits import Change
from archlint.model import Origin
from archlint.source import Source, read
from archlint.trial.examples import Trial, again
from archlint.trial.judging import Bench
from archlint.trial.markers import seen
from archlint.trial.telling import can_follow, reason
from archlint.trial.update.marks import changed, of_file
from archlint.trial.update.scalars import Replacement, as_list, as_text, replaced

_BOM = "\ufeff".encode()


class Update(msgspec.Struct, frozen=True):
    """The changes to files, named as messages name them, and what is left to a person, a sentence each."""

    changes: tuple[tuple[Path, Change], ...]
    left: tuple[str, ...]


class _LeftError(Exception):
    """Why an example is not changed."""


def updated(bench: Bench, trials: Iterable[Trial], folders: tuple[Path, ...]) -> Update:
    """What makes the failing examples expect what was found. Rule files are looked for below ``folders``.

    An example that gives no finding and should, or gives one and should not, is never changed: which of the rule and
    the example is wrong takes a person.
    """
    by_file: defaultdict[str, list[Trial]] = defaultdict(list)
    left: list[str] = []
    for trial in (trial for trial in trials if not trial.passed):
        if can_follow(trial):
            by_file[trial.rule.origin.path].append(trial)
        else:
            left.append(f"{_named(trial)} {reason(trial)}: mend the rule or the example")
    changes: list[tuple[Path, Change]] = []
    for shown, failing in sorted(by_file.items()):
        file = _file(shown, failing, folders)
        if file is None:
            left += (f"{_named(trial)}: its rule file is no file of yours" for trial in failing)
            continue
        replacements: list[Replacement] = []
        for trial in failing:
            try:
                replacements += _replacements(bench, trial, file)
            except _LeftError as error:
                left.append(f"{_named(trial)}: {error}")
        after = replaced(file.text.content, replacements).encode()
        bom = _BOM if file.data.startswith(_BOM) else b""
        if bom + after != file.data:
            changes.append((file.path, Change(shown, file.data, bom + after)))
    return Update(tuple(changes), tuple(left))


def _named(trial: Trial) -> str:
    origin = trial.rule.origin
    return f"{origin.path}:{origin.line}: {trial.side} example {trial.number} of {trial.rule.id}"


class _File(msgspec.Struct, frozen=True):
    path: Path
    data: bytes
    text: Text
    rules: Mapping[Origin, Node]
    ends: dict[int, int]


def _file(shown: str, failing: list[Trial], folders: tuple[Path, ...]) -> _File | None:
    """The file that the rules were read from: the one at that place that holds them where they were seen."""
    for folder in folders:
        path, source = folder / shown, read(folder, shown, LARGEST)
        if isinstance(source, Source):
            text = settle(read_text(path, shown, LARGEST))
            documents = settle(parse_yaml(text)) if text else None
            rules = [node for document in documents or () for node in settle(rules_in(document))]
            found = {node.text.origin(node.entries["id"].key_at): node for node in rules}
            if text and all(trial.rule.origin in found for trial in failing):
                return _File(path, source.data, text, found, ends_of(text.content))
    return None


def _replacements(bench: Bench, trial: Trial, file: _File) -> Iterator[Replacement]:
    rule = file.rules[trial.rule.origin]
    node = rule.below("tests", trial.side).items[trial.number - 1]
    marked = _marked(trial, node) if trial.expected else {}
    now = replace(trial, files={**trial.files, **{path: text for path, (_, text) in marked.items()}})
    if marked and not _agrees(trial, again(bench, now)):
        raise _LeftError("a comment for its markers would change what is found; write them by hand")
    if trial.example.expect is not None and Counter(trial.example.expect) != Counter(trial.told):
        yield from as_list(node.below("expect"), trial.told, file.ends)
    for code, text in marked.values():
        made = as_text(code, text, file.ends)
        if made is None:
            raise _LeftError(
                "its markers stand in a string that cannot be kept as it is written; use a block (|)"
            )
        yield made


def _marked(trial: Trial, node: Node) -> dict[str, tuple[Node, str]]:
    """The files of an example whose markers change: where their code is written, and what it becomes."""
    if trial.example.repeat > 1:
        raise _LeftError("code that is repeated has its markers repeated; write them by hand")
    found = seen(trial.verdict.findings)
    more, fewer = found - trial.expected, trial.expected - found
    marked: dict[str, tuple[Node, str]] = {}
    for path in sorted({path for path, _, _ in (*more, *fewer)}):
        lines = trial.files[path].split("\n")
        if not changed(path, lines, (of_file(path, more), of_file(path, fewer))):
            raise _LeftError(f"{path} takes no comment that a marker could stand in; use `expect`")
        marked[path] = _code(trial, node, path), "\n".join(lines)
    return marked


def _code(trial: Trial, node: Node, path: str) -> Node:
    """Where the code of one file of an example is written."""
    if path in trial.example.files:
        return node.below("files").entries[path]
    return node if isinstance(node.value, str) else node.below("code")


def _agrees(before: Trial, after: Trial) -> bool:
    """Whether the same is found with the markers changed, and they ask for just that."""
    return (
        before.told == after.told
        and after.expected == seen(after.verdict.findings)
        and not after.verdict.problems
    )
