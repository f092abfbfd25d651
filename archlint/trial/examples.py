"""Tries each rule on the examples that it carries: every bad one gives a finding, no good one does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from archlint.examples import Example
from archlint.model import Finding, Listing, Rule
from archlint.trial.judging import Bench, Verdict
from archlint.trial.markers import Expectation, marked, seen, shown
from archlint.trial.trees import snippet_path, tree_of

Side = Literal["bad", "good"]


class Trial(msgspec.Struct, frozen=True):
    """An example of a rule, and what the rule said of it. ``number`` counts the examples of a side from 1."""

    rule: Rule[Any]
    side: Side
    number: int
    example: Example
    files: Mapping[str, str]
    verdict: Verdict

    @property
    def expected(self) -> Counter[Expectation]:
        """The findings that comments in the example ask for; none where it holds no such comment."""
        marks = (mark for path, text in self.files.items() for mark in marked(path, text.encode()))
        return Counter(mark for mark in marks if mark[2] == self.rule.id)

    @property
    def says_which(self) -> bool:
        """Whether the example says which findings it gives, not only that it gives some."""
        return bool(self.expected) or self.example.expect is not None

    @property
    def told(self) -> tuple[str, ...]:
        """The findings as ``expect`` would have them."""
        return tuple(map(self._as_expected, self.verdict.findings))

    @property
    def missing(self) -> tuple[str, ...]:
        """What is asked for and was not found."""
        marks = sorted((self.expected - seen(self.verdict.findings)).elements())
        wanted = Counter(self.example.expect or ()) - Counter(self.told)
        return (*map(shown, marks), *wanted.elements())

    @property
    def unexpected(self) -> tuple[Finding, ...]:
        """What was found and not asked for; of a bad example that does not say which nothing is too much."""
        if self.side == "bad" and not self.says_which:
            return ()
        extra = seen(self.verdict.findings) - self.expected if self.expected or self.side == "good" else ()
        wanted = self.example.expect
        unsaid = Counter(self.told) - Counter(wanted) if wanted is not None else ()
        return tuple(
            found
            for found in self.verdict.findings
            if next(iter(seen((found,)))) in extra or self._as_expected(found) in unsaid
        )

    def _as_expected(self, found: Finding) -> str:
        path = f"{found.place.path}:" if len(self.files) > 1 else ""
        return f"{path}{found.place.span.line}: {found.message}"

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


def again(bench: Bench, trial: Trial) -> Trial:
    """The trial once more, with the files that it has."""
    planted = {path: text.encode() for path, text in trial.files.items()}
    verdict = bench.judge((trial.rule,), Listing(tuple(sorted(trial.files)), ()), planted)
    return replace(trial, verdict=verdict)


def _trial(bench: Bench, rule: Rule[Any], side: Side, numbered: tuple[int, Example]) -> Trial:
    number, example = numbered
    files = tree_of(example, snippet_path(rule, bench.config.zones))
    return again(bench, Trial(rule, side, number, example, files, Verdict((), ())))
