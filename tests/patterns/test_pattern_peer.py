"""Rules on code, beside what ast-grep makes of them: the same bytes."""

import json
from pathlib import Path

import pytest

from tests.oracles import oracle
from tests.patterns.peers import Written, ours, ours_together, theirs
from tests.patterns.rules import RULES, SOURCES

CASES = [(grammar, rule) for grammar, rules in RULES.items() for rule in rules]
SUFFIXES = {
    "typescript": (".ts", ".mts"),
    "tsx": (".tsx", ".ts"),
    "html": (".html",),
    "yaml": (".yml", ".yaml"),
    "json": (".json",),
    "javascript": (".js", ".mjs"),
}
LARGEST = 60_000
MOST_FILES = 150


@pytest.mark.parametrize(("grammar", "rule"), CASES, ids=json.dumps)
def test_ast_grep_finds_the_same(grammar: str, rule: Written) -> None:
    assert ours(grammar, rule, SOURCES[grammar]) == theirs(grammar, rule, SOURCES[grammar])


@pytest.mark.parametrize("grammar", RULES)
def test_rules_that_are_tried_together_find_what_each_finds_alone(grammar: str) -> None:
    together = ours_together(grammar, RULES[grammar], SOURCES[grammar])

    assert together == [ours(grammar, rule, SOURCES[grammar]) for rule in RULES[grammar]]


def test_most_rules_find_something() -> None:
    silent = [rule for grammar, rule in CASES if not ours(grammar, rule, SOURCES[grammar])]

    assert len(silent) < len(CASES) / 6


@pytest.mark.slow
@pytest.mark.parametrize("grammar", RULES)
def test_ast_grep_finds_the_same_in_public_packages(grammar: str) -> None:
    packages = oracle("pino", "npm-patterns") / "node_modules"
    files = sources(packages, SUFFIXES[grammar])
    assert files
    differing = []
    found = 0
    for path in files:
        code = path.read_bytes().decode()
        together = ours_together(grammar, RULES[grammar], code)
        for rule, ours_found in zip(RULES[grammar], together, strict=True):
            expected = theirs(grammar, rule, code)
            found += len(expected)
            if ours_found != expected:
                differing.append((str(path.relative_to(packages)), rule))

    assert differing == []
    assert found > 100


def sources(packages: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Files of a language, the same ones on every machine."""
    paths = (path for path in packages.rglob("*") if path.suffix in suffixes and path.is_file())
    small = sorted(path for path in paths if path.stat().st_size < LARGEST)
    return small[:: max(1, len(small) // MOST_FILES)]
