"""The documentation's examples run."""

import re
from pathlib import Path

import pytest

from archlint.config import load
from archlint.reporters import REPORTERS
from tests.commands import archlint
from tests.documentation.pages import blocks_of
from tests.packs.test_packs import failed
from tests.trees import REPOSITORY, write_tree

DOCS = REPOSITORY / "docs"
PAGES = (REPOSITORY / "README.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("reference/*.md")))
RULES_PAGE = DOCS / "rules.md"


def blocks(page: Path, language: str) -> list[str]:
    """What stands in the blocks of a language that are no files."""
    return [each.content for each in blocks_of(page) if each.language == language and not each.path]


def files_of(page: Path) -> dict[str, str]:
    return {each.path: each.content for each in blocks_of(page) if each.path}


RULE_BLOCKS = [block for page in PAGES for block in blocks(page, "yaml") if block.startswith("rules:")]


@pytest.mark.parametrize("block", RULE_BLOCKS, ids=lambda block: re.findall(r"id: (\S+)", block)[0])
def test_the_rules_on_a_page_do_what_their_tests_say(tmp_path: Path, block: str) -> None:
    config = write_tree(tmp_path / "config", {"rules.yml": block, "archlint.toml": 'rules = ["rules.yml"]'})

    assert failed(config / "archlint.toml") == []


def test_the_configuration_on_the_rules_page_is_one(tmp_path: Path) -> None:
    (sheet,) = blocks(RULES_PAGE, "toml")
    rule = "rules: [{ id: a-rule, text: { forbid: x } }]"
    write_tree(tmp_path, {"archlint.toml": sheet, "architecture/a.yml": rule})

    config = load(tmp_path, None, tmp_path)

    assert [rule.severity for rule in config.rules if rule.id == "oversized-source-file"] == ["note"]
    assert config.limits.parse_bytes == 2_000_000


def test_the_requirements_on_the_rules_page_are_traced(tmp_path: Path) -> None:
    (text,) = [block for block in blocks(RULES_PAGE, "yaml") if block.startswith("documents:")]
    rule = "rules: [{ id: a-rule, enforces: ADR-7/retired, text: { forbid: x } }]"
    write_tree(
        tmp_path,
        {"archlint.toml": 'rules = ["a.yml"]', "a.yml": rule, "requirements.yml": text, "a.txt": "a"},
    )

    run = archlint("trace", cwd=tmp_path)

    assert run.stdout.endswith("2 statements = 1 enforced + 1 unchecked + 0 open\n")
    assert run.returncode == 0


FORMATS_PAGE = DOCS / "formats.md"
FORMAT_CONSOLES = [block.split("\n", 1) for block in blocks(FORMATS_PAGE, "console")]


def test_every_format_is_on_the_page() -> None:
    headings = re.findall(r"^## `(.*)`$", FORMATS_PAGE.read_text(), re.MULTILINE)

    assert headings == [*REPORTERS]


@pytest.mark.parametrize(
    ("command", "shown"), FORMAT_CONSOLES, ids=[command for command, _ in FORMAT_CONSOLES]
)
def test_a_format_looks_as_its_page_shows(tmp_path: Path, command: str, shown: str) -> None:
    run = archlint(
        *command.removeprefix("$ archlint ").split(), cwd=write_tree(tmp_path, files_of(FORMATS_PAGE))
    )

    assert run.stdout.startswith(shown)
    assert (run.stderr, run.returncode) == ("", 1)
