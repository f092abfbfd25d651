"""The reference says what the code does, and every link of the documentation leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from archlint.config import load
from archlint.config.schemas import config_schema, rules_schema
from archlint.facts import Sink
from archlint.kinds import KIND_OF
from archlint.languages import LANGUAGES
from archlint.reporters import REPORTERS
from tests.documentation.reference import EXAMPLES, FOLDER, examples_by_kind, pages
from tests.trees import write_tree


@pytest.mark.parametrize("page", pages())
def test_a_page_of_the_reference_is_what_the_code_says(page: str) -> None:
    written = (FOLDER / page).read_text()

    assert written == pages()[page], "out of date; make reference"


def test_every_kind_sink_language_and_format_has_its_place() -> None:
    made = pages()

    assert all(f"\n## `{kind}`\n" in made["kinds.md"] for kind in KIND_OF)
    assert all(re.search(rf"^\| `{sink.value}` \| \w", made["sinks.md"], re.MULTILINE) for sink in Sink)
    assert all(f"\n| {language.name} |" in made["languages.md"] for language in LANGUAGES)
    assert all(f"\n| `{name}` |" in made["formats.md"] for name in REPORTERS)


def test_every_command_shows_examples() -> None:
    sections = pages()["cli.md"].split("\n## ")[1:]

    assert [
        section.split("\n", 1)[0] for section in sections if "\nExamples:\n  archlint " not in section
    ] == []


def test_every_key_of_a_kind_and_of_the_configuration_says_what_it_means() -> None:
    # ``Expectation`` and ``Counting`` describe keys of the kinds that build on them.
    undescribed = [
        (name, key)
        for schema in (rules_schema(), config_schema())
        for name, part in schema["definitions"].items()
        if name.startswith("archlint.kinds.") or name in {"Settings", "Override", "Allowance", "At"}
        for key, each in part.get("properties", {}).items()
        if not each.get("description")
    ]

    assert undescribed == []


def test_every_kind_shows_an_offence_and_what_is_none() -> None:
    lacking = [
        (kind, part)
        for kind, rule in examples_by_kind().items()
        for part in (f"\n    {kind}:", "\n      bad:", "\n      good:")
        if part not in rule
    ]

    assert lacking == []


def test_the_archlint_toml_of_the_reference_can_be_loaded_and_has_every_key(tmp_path: Path) -> None:
    sheet = (EXAMPLES / "sheet.toml").read_text()
    rule = "rules: [{ id: retired-plan, text: { forbid: x } }]"
    write_tree(tmp_path, {"archlint.toml": sheet, "architecture/a.yml": rule, "known.txt": ""})
    schema = config_schema()

    config = load(tmp_path, None, tmp_path)

    assert "retired-plan" in {each.id for each in config.rules}
    assert set(tomllib.loads(sheet)) == set(schema["definitions"]["Settings"]["properties"])
