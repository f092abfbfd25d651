"""The shipped packs: what their rules say holds for their own examples, and no rule is mute about itself."""

from pathlib import Path
from typing import Any

import pytest

from archlint.config import load
from archlint.model import Rule
from archlint.trial.examples import Trial, trials
from archlint.trial.judging import Bench
from archlint.workers.pool import Workers
from tests.trees import PACKS, REPOSITORY, write_tree

CONFIGS = (*sorted(PACKS.glob("*/archlint.toml")), REPOSITORY / "archlint.toml")


def rules_of(config: Path) -> tuple[Rule[Any], ...]:
    return load(config.parent, config, config.parent).rules


def tried(config: Path) -> tuple[Trial, ...]:
    """Every example of the rules that a configuration has in force."""
    loaded = load(config.parent, config, config.parent)
    with Workers(loaded.root, loaded.limits, 1) as workers:
        return tuple(trials(Bench(workers, loaded), loaded.rules))


def failed(config: Path) -> list[tuple[str, str, int]]:
    return [(trial.rule.id, trial.side, trial.number) for trial in tried(config) if not trial.passed]


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.parent.name)
def test_every_bad_example_gives_a_finding_and_no_good_one_does(config: Path) -> None:
    assert failed(config) == []


@pytest.mark.parametrize("config", sorted(PACKS.glob("*/archlint.toml")), ids=lambda path: path.parent.name)
def test_every_shipped_rule_says_why_and_what_to_do_and_has_tests(config: Path) -> None:
    for rule in rules_of(config):
        assert rule.why, rule.id
        assert rule.fix, rule.id
        assert rule.tests.good, rule.id
        assert rule.tests.bad, rule.id


def test_all_shipped_packs_go_together(tmp_path: Path) -> None:
    names = sorted(path.name for path in PACKS.iterdir())
    sheet = write_tree(tmp_path, {"archlint.toml": f"packs = {names}\n"}) / "archlint.toml"

    ids = [rule.id for rule in load(tmp_path, sheet, tmp_path).rules]

    assert len(ids) == len(set(ids)) > 60
