"""The example monorepo breaks each rule of the clickeen pack in several ways, and shows what only looks like it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from archlint.config import load
from archlint.trial.markers import Expectation
from tests.trees import FIXTURES, PACKS, expected

FORMS = 3
MONOREPO = FIXTURES / "monorepo"
PACK = PACKS / "clickeen"
RULES = {rule.id: rule for rule in load(PACK, PACK / "archlint.toml", PACK).rules}
_LOOK_ALIKE = re.compile(r"look-alike:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")

FEWER_IN_A_TREE = {
    "lifecycle-artifact-broken": "a tree has one artifact, and the other rules go by what it says",
    "lifecycle-artifact-missing": "a tree lacks its one artifact once",
    "lifecycle-artifact-not-consumed": "it is told once for each of the two hosts",
    "pointer-timestamp-missing": "it is told once of all that Venice answers",
}
"""Rules that one tree cannot break three times, and why; their own examples have the other forms."""


def look_alikes(root: Path) -> Iterator[Expectation]:
    """What ``look-alike: RULE`` says in the files below ``root``, and in ``.look-alikes`` of those without comments."""
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        path, lines = str(file.relative_to(root)), file.read_text(errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if path == ".look-alikes":
                place, rule = line.split()
                yield place.rsplit(":", 1)[0], int(place.rsplit(":", 1)[1]), rule
            for match in _LOOK_ALIKE.finditer(line):
                yield from ((path, number, rule.strip()) for rule in match[1].split(","))


@pytest.mark.parametrize("rule", sorted(RULES.keys() - FEWER_IN_A_TREE.keys()))
def test_the_monorepo_before_breaks_each_rule_in_three_places(rule: str) -> None:
    found = [mark for mark in expected(MONOREPO / "before").elements() if mark[2] == rule]

    assert len(found) >= FORMS


@pytest.mark.parametrize("rule", sorted(FEWER_IN_A_TREE))
def test_a_rule_that_one_tree_cannot_break_so_often_has_its_forms_in_its_examples(rule: str) -> None:
    found = [mark for mark in expected(MONOREPO / "before").elements() if mark[2] == rule]

    assert len(found) < FORMS
    assert len(RULES[rule].tests.bad) >= FORMS


def test_each_rule_has_three_look_alikes_and_none_is_an_offence() -> None:
    counts: Counter[str] = Counter()
    for state in ("before", "after"):
        marks = set(look_alikes(MONOREPO / state))
        assert marks.isdisjoint(expected(MONOREPO / state))
        counts.update(rule for _, _, rule in marks)

    assert counts.keys() == RULES.keys()
    assert {rule: count for rule, count in counts.items() if count < FORMS} == {}
