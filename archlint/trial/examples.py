"""Tries each rule on the examples that it carries: every bad one gives a finding, no good one does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from archlint.examples import Example
from archlint.model import Finding, Listing, Rule
from archlint.trial.judging import Bench, Verdict
from archlint.trial.markers import Expectation, marked, seen
from archlint.trial.trees import snippet_path, tree_of

Side = Literal["bad", "good"]


class Trial(msgspec.Struct, frozen=True):
    """An example of a rule, and what the rule said of it. ``number`` counts the examples of a side from 1."""

    rule: Rule[Any]
    side: Side
    number: int
    files: Mapping[str, str]
    verdict: Verdict

    @property
    def expected(self) -> Counter[Expectation]:
        """The findings that comments in the example ask for; none where it holds no such comment."""
        marks = (mark for path, text in self.files.items() for mark in marked(path, text.encode()))
        return Counter(mark for mark in marks if mark[2] == self.rule.id)

    @property
    def missing(self) -> tuple[Expectation, ...]:
        """What is asked for by line and was not found."""
        return tuple(sorted((self.expected - seen(self.verdict.findings)).elements()))

    @property
    def unexpected(self) -> tuple[Finding, ...]:
        """What was found and not asked for; of a bad example without markers nothing is too much."""
        if self.side == "bad" and not self.expected:
            return ()
        extra = seen(self.verdict.findings) - self.expected
        return tuple(found for found in self.verdict.findings if next(iter(seen((found,)))) in extra)

    @property
    def passed(self) -> bool:
        """Whether the rule said what the example is for, and the whole example was read."""
        is_found = self.side == "good" or bool(self.verdict.findings)
        return is_found and not (self.missing or self.unexpected or self.verdict.problems)


def trials(bench: Bench, rules: Iterable[Rule[Any]]) -> Iterator[Trial]:
    """Every example of the rules, tried alone."""
    for rule in map(_as_written, rules):
        for side, examples in (("bad", rule.tests.bad), ("good", rule.tests.good)):
            for number, example in enumerate(examples, start=1):
                yield _trial(bench, rule, "bad" if side == "bad" else "good", (number, example))


def _as_written(rule: Rule[Any]) -> Rule[Any]:
    """The rule without what archlint.toml confines it to: its examples stand where the rule looks by itself."""
    return replace(rule, scope=msgspec.structs.replace(rule.scope, within=()))


def _trial(bench: Bench, rule: Rule[Any], side: Side, numbered: tuple[int, Example]) -> Trial:
    number, example = numbered
    files = tree_of(example, snippet_path(rule, bench.config.zones))
    verdict = bench.judge(
        (rule,), Listing(tuple(sorted(files)), ()), {path: text.encode() for path, text in files.items()}
    )
    return Trial(rule, side, number, files, verdict)
