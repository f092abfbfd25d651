"""Plants each rule's offences in a real tree, and says whether the rule fires there. The tree is not touched."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec
from msgspec.structs import replace

from archlint.examples import Example
from archlint.model import Finding, Listing, Rule
from archlint.plan import governed
from archlint.project import Project
from archlint.selection import project_of
from archlint.trial.judging import Bench
from archlint.trial.trees import SNIPPET, is_governed, snippet_path, tree_of

_SCRIPTS = (".tsx", ".ts", ".jsx", ".js", ".mjs", ".mts", ".cjs", ".cts")
_PLANTED = "archlint-planted"


class Mutation(msgspec.Struct, frozen=True):
    """What became of a rule's offences. ``finding`` is the first that a planted one gave, or one of the tree's own."""

    rule: Rule[Any]
    tried: int
    finding: Finding | None = None
    is_planted: bool = False
    """Whether the finding is of something planted."""


def mutations(bench: Bench, rules: Iterable[Rule[Any]], listing: Listing) -> Iterator[Mutation]:
    """For each rule, the first of its bad examples that makes it fire in the tree."""
    rules = tuple(rules)
    before = bench.judge(rules, listing).findings
    for rule in rules:
        yield _mutation(bench, rule, listing, tuple(found for found in before if found.rule == rule.id))


def _mutation(bench: Bench, rule: Rule[Any], listing: Listing, before: tuple[Finding, ...]) -> Mutation:
    known = frozenset(found.fingerprint for found in before)
    tried = 0
    for paths, files in _plantings(bench, rule, listing):
        tried += 1
        planted = {path: text.encode() for path, text in files.items()}
        changed = replace(listing, paths=tuple(sorted({*paths, *files})))
        for found in bench.judge((rule,), changed, planted).findings:
            if found.fingerprint not in known:
                return Mutation(rule, tried, found, is_planted=True)
    return Mutation(rule, tried, next(iter(before), None))


Planting = tuple[tuple[str, ...], Mapping[str, str]]  # the tree's own files that stay, and what is planted


def _plantings(bench: Bench, rule: Rule[Any], listing: Listing) -> Iterator[Planting]:
    """Trees with an offence: the example's files are added, or, if something is to be missing, stand alone."""
    project = project_of(listing, bench.config)
    trees = [_planted(example, rule, project) for example in rule.tests.bad]
    yield from ((listing.paths, files) for files in trees)
    asked = frozenset[str]().union(*map(project.selected, (*rule.scope.files, *rule.selectors)))
    yield from ((tuple(path for path in listing.paths if path not in asked), files) for files in trees)


def _planted(example: Example, rule: Rule[Any], project: Project) -> dict[str, str]:
    """The example's files at paths that the rule governs in this tree."""
    files = tree_of(example, SNIPPET)
    own = example.path or SNIPPET
    is_elsewhere = bool(rule.scope.files or rule.scope.within) and not is_governed(own, rule, project.zones)
    if own not in files or (example.path and not is_elsewhere):
        return files
    code = files.pop(own)
    return {_place(own, rule, project): code, **files}


def _place(path: str, rule: Rule[Any], project: Project) -> str:
    """A path beside a file that the rule governs, of the same language; or that file's own, if no other will do."""
    suffix = PurePosixPath(path).suffix
    alike = _SCRIPTS if suffix in _SCRIPTS else (suffix,)
    there = [each for each in governed(rule, project) if PurePosixPath(each).suffix in alike]
    for file in there:
        for name in (f"{_PLANTED}{suffix}", f"{_PLANTED}{PurePosixPath(file).suffix}"):
            beside = str(PurePosixPath(file).with_name(name))
            if is_governed(beside, rule, project.zones):
                return beside
    return there[0] if there else snippet_path(rule, project.zones)
