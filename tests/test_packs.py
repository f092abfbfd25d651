"""The tests that rules carry: every bad example gives a finding of its rule, no good one does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archlint.config import load
from archlint.model import Example, Rule
from tests.trees import PACKS, REPOSITORY, check_tree, write_tree

CONFIGS = (*sorted(PACKS.glob("*/archlint.toml")), REPOSITORY / "archlint.toml")
SNIPPET = "src/snippet.tsx"  # where a snippet without a path stands


def rules_of(config: Path) -> tuple[Rule[Any], ...]:
    return load(config.parent, config, config.parent).rules


def examples(quality: str) -> Iterator[tuple[Path, str, Example]]:
    for config in CONFIGS:
        for rule in rules_of(config):
            yield from ((config, rule.id, example) for example in getattr(rule.tests, quality))


def fires(root: Path, config: Path, rule: str, example: Example) -> bool:
    alone = {} if example.files and not example.code else {example.path or SNIPPET: example.code}
    write_tree(root, {**alone, **example.files})
    report = check_tree(root, config=config, select=(rule,))
    assert report.problems == ()
    return any(finding.rule == rule for finding in report.findings)


@pytest.mark.parametrize(("config", "rule", "example"), [*examples("bad")])
def test_a_bad_example_gives_a_finding(tmp_path: Path, config: Path, rule: str, example: Example) -> None:
    assert fires(tmp_path, config, rule, example)


@pytest.mark.parametrize(("config", "rule", "example"), [*examples("good")])
def test_a_good_example_gives_none(tmp_path: Path, config: Path, rule: str, example: Example) -> None:
    assert not fires(tmp_path, config, rule, example)


@pytest.mark.parametrize("config", sorted(PACKS.glob("*/archlint.toml")), ids=lambda path: path.parent.name)
def test_every_shipped_rule_says_why_and_what_to_do_and_has_tests(config: Path) -> None:
    for rule in rules_of(config):
        assert rule.why, rule.id
        assert rule.fix, rule.id
        assert rule.tests.good, rule.id
        assert rule.tests.bad or rule.kind == "size", (
            rule.id
        )  # a file over a ceiling is a fixture's, not a line's
