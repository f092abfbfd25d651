"""The schemas for editors say the same as the reader of the files: what one takes, the other takes."""

import copy
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from archlint.config import load
from archlint.config.schemas import config_schema, published, rules_schema
from archlint.errors import ConfigError
from archlint.kinds import KIND_OF
from tests.command.test_init import SHOP
from tests.commands import archlint
from tests.trees import PACKS, REPOSITORY, write_tree

Json = dict[str, Any]
RULES = jsonschema_rs.validator_for(rules_schema())
PUBLISHED = jsonschema_rs.validator_for(published(rules_schema()))
CONFIG = jsonschema_rs.validator_for(config_schema())
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


def documents(text: str) -> list[Any]:
    return list(YAML(typ="safe").load_all(text))


def shipped() -> Iterator[Json]:
    for path in sorted(PACKS.glob("*/*.yml")):
        if path.name != "requirements.yml":
            for document in documents(path.read_text()):
                yield from document["rules"]


def examples() -> Iterator[str]:
    for page in PAGES:
        for block in re.findall(r"^```yaml\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL):
            if block.startswith("rules:"):
                yield block


SHIPPED = list(shipped())
MOST_MUTANTS = 200


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule["id"])
def test_a_shipped_rule_is_valid(rule: Json) -> None:
    assert [error.message for error in RULES.iter_errors(rule)] == []


@pytest.mark.parametrize("block", list(examples()), ids=lambda block: re.findall(r"id: (\S+)", block)[0])
def test_an_example_of_the_documentation_is_valid(block: str) -> None:
    for document in documents(block):
        assert [error.message for error in RULES.iter_errors(document)] == []


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("**/archlint.toml")), ids=str)
def test_a_configuration_of_this_repository_is_valid(path: Path) -> None:
    assert CONFIG.is_valid(tomllib.loads(path.read_text()))


def changed(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], object]]:
    """The places of a rule, each with what it holds."""
    yield path, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from changed(child, (*path, key))


def mutants(rule: Json) -> Iterator[tuple[str, Json]]:
    """The rule with an unknown key, another type or null at each place in turn, and without each key."""
    for path, value in changed(rule):
        if isinstance(value, dict):
            yield f"{path} + unknown-key", altered(rule, (*path, "unknown-key"), "x")
        if path and path[0] != "tests":
            for other in (True, None, {"a": "b"}):
                yield f"{path} = {other}", altered(rule, path, other)


def altered(rule: Json, path: tuple[Any, ...], value: object) -> Json:
    copied = copy.deepcopy(rule)
    holder: Any = copied
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return copied


def one_of_each_kind() -> Iterator[Json]:
    for kind in KIND_OF:
        rules = [
            rule for rule in SHIPPED if kind in rule and (kind != "files" or isinstance(rule["files"], dict))
        ]
        if rules:
            longest = max(rules, key=lambda rule: len(json.dumps(rule[kind])))
            # One example of each side has the form of all of them.
            yield {**longest, "tests": {side: longest["tests"][side][:1] for side in longest["tests"]}}


def takes(root: Path, rule: Json) -> bool:
    """Whether the reader finds no fault with the form of a rule."""
    text = json.dumps({"rules": [rule]})
    config = (
        write_tree(root, {"archlint.toml": 'rules = ["rules.yml"]\n', "rules.yml": text}) / "archlint.toml"
    )
    try:
        load(root, config, root)
    except ConfigError as error:
        form = re.compile(r"expected|unknown key|missing key|needs one kind|one kind; this one")
        return not any(form.search(str(mistake)) for mistake in error.mistakes)
    return True


@pytest.mark.parametrize(
    "rule", list(one_of_each_kind()), ids=lambda rule: next(k for k in KIND_OF if k in rule)
)
def test_the_schema_takes_what_the_reader_takes(tmp_path: Path, rule: Json) -> None:
    every = list(mutants(rule))
    for name, mutant in every[:: -(-len(every) // MOST_MUTANTS)]:
        assert (name, RULES.is_valid(mutant)) == (name, takes(tmp_path, mutant))


def test_every_key_of_a_rules_header_says_what_it_is_for() -> None:
    properties = rules_schema()["definitions"]["rule"]["properties"]

    assert [key for key, each in properties.items() if "description" not in each and key != "files"] == []


@pytest.mark.parametrize(("subject", "expected"), [("rules", rules_schema()), ("config", config_schema())])
def test_the_command_prints_what_is_checked(subject: str, expected: Json) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "archlint", "schema", subject], capture_output=True, text=True, check=True
    )

    assert json.loads(run.stdout) == json.loads(json.dumps(published(expected)))


def described(schema: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Json]]:
    """The keys that a schema describes, with what it says of them; what only tells one kind from another is left out."""
    if isinstance(schema, list):
        for index, each in enumerate(schema):
            yield from described(each, (*path, str(index)))
    if isinstance(schema, dict):
        properties = schema.get("properties", {}) if "oneOf" not in path else {}
        yield from (("/".join((*path, key)), each) for key, each in properties.items() if "type" in schema)
        for key, each in schema.items():
            yield from described(each, (*path, key))


@pytest.mark.parametrize("schema", [rules_schema(), config_schema()], ids=["rules", "config"])
def test_every_key_has_a_description(schema: Json) -> None:
    keys = dict(described(schema))

    assert len(keys) > 20
    assert [path for path, each in keys.items() if not each.get("description")] == []


@pytest.mark.parametrize("schema", [rules_schema(), config_schema()], ids=["rules", "config"])
def test_what_is_published_is_draft_7_with_nothing_beside_a_reference(schema: Json) -> None:
    made = published(schema)

    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert jsonschema_rs.Draft7Validator(made).is_valid([]) == jsonschema_rs.Draft7Validator(schema).is_valid(
        []
    )
    assert re.findall(r'\{"\$ref": "[^"]*",|, "\$ref"', json.dumps(made)) == []
    assert (
        set(re.findall(r'"\$ref": "#/definitions/([^"]*)"', json.dumps(made))) <= made["definitions"].keys()
    )


@pytest.mark.parametrize("rule", SHIPPED[:40], ids=lambda rule: rule["id"])
def test_what_is_published_takes_the_shipped_rules(rule: Json) -> None:
    assert PUBLISHED.is_valid({"rules": [rule]})
    assert not PUBLISHED.is_valid({"rules": [{**rule, "unknown-key": 1}]})


def test_what_init_writes_names_schemas_that_are_there_and_that_take_it(tmp_path: Path) -> None:
    archlint("init", "--yes", cwd=write_tree(tmp_path, SHOP))
    for path, line, schema_of in (
        ("archlint.toml", r"#:schema (\S+)", tomllib.loads),
        (
            "architecture/rules.yml",
            r"# yaml-language-server: \$schema=(\S+)",
            lambda text: documents(text)[0],
        ),
    ):
        text = (tmp_path / path).read_text()
        named = re.match(line, text)
        assert named is not None
        schema = json.loads((tmp_path / path).parent.joinpath(named[1]).read_text())

        assert [*jsonschema_rs.validator_for(schema).iter_errors(schema_of(text))] == []


def test_imported_rules_name_the_schema_where_there_is_one(tmp_path: Path) -> None:
    rule = "id: no-eval\nlanguage: ts\nrule: { pattern: eval($A) }\n"
    write_tree(tmp_path, {"archlint.toml": 'packs = ["recommended"]\n', "sg.yml": rule})
    command = ("import", "ast-grep", "sg.yml", "--output", "a/b/c.yml")

    archlint(*command, cwd=tmp_path)
    before = (tmp_path / "a/b/c.yml").read_text()
    archlint("schema", "--write", cwd=tmp_path)
    archlint(*command, cwd=tmp_path)
    after = (tmp_path / "a/b/c.yml").read_text()

    assert after == f"# yaml-language-server: $schema=../../.archlint/rules.schema.json\n{before}"
    assert archlint(*command[:-2], cwd=tmp_path).stdout == before


@pytest.mark.parametrize("arguments", [(), ("rules", "--write"), ("--write", "--output", "a.json")])
def test_one_schema_is_printed_or_both_are_written(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = archlint("schema", *arguments, cwd=tmp_path)

    assert (run.returncode, "say one schema, or --write for both" in run.stderr) == (2, True)
