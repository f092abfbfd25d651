"""Makes the pages below docs/reference/ from the code: ``python -m tests.documentation.reference`` writes them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from archlint.cli.app import app
from archlint.cli.guard import CONFIGURATION, INTERNAL, INTERRUPTED, TERMINATED
from archlint.config import load
from archlint.config.schemas import config_schema, rules_schema
from archlint.extend import Family, Kind
from archlint.facts import Sink
from archlint.kinds import KIND_OF
from archlint.languages import LANGUAGES, TEXT
from archlint.reporters import REPORTERS
from tests.trees import REPOSITORY

FOLDER = REPOSITORY / "docs" / "reference"
EXAMPLES = REPOSITORY / "tests" / "documentation"
Schema = Mapping[str, Any]  # Any: JSON
_REF = "#/definitions/"


def pages() -> dict[str, str]:
    """The text of each page, by its name."""
    made = {
        "cli.md": _cli(),
        "config.md": _config(),
        "kinds.md": _kinds(),
        "packs.md": _packs(),
        "sinks.md": _sinks(),
        "languages.md": _languages(),
        "formats.md": _formats(),
    }
    return {name: "\n".join(lines) + "\n" for name, lines in made.items()}


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Every command by its name, those of groups with the group's before theirs."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    yield from _commands(group)


def _commands(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{name} ")
        elif isinstance(command, TyperCommand):
            yield f"{before}{name}", command


def _cli() -> Iterator[str]:
    yield from _head(
        "Commands",
        "`archlint COMMAND --help` says the same. `archlint --version` says which archlint this is, "
        "`archlint --install-completion` has the shell complete commands and options.",
    )
    yield from _exit_codes()
    for name, command in commands():
        yield f"## `archlint {name}`\n"
        yield f"{(command.help or '').strip()}\n"
        options = [each for each in command.params if isinstance(each, TyperOption)]
        yield f"```text\narchlint {name} {' '.join(['[OPTIONS]', *_arguments(command)])}\n```\n"
        yield from _rows(
            "option", ((_option(each), _cell(each.help or "") + _told(each.default)) for each in options)
        )
        yield f"```text\n{_epilog(command)}\n```\n"


def _exit_codes() -> Iterator[str]:
    yield "| every command exits with | where |\n|---|---|"
    yield "| 0 | what was asked is done |"
    yield f"| {CONFIGURATION} | arguments, configuration or rules are wrong; nothing was done |"
    yield f"| {INTERNAL} | archlint itself failed, or an output could not be written |"
    yield f"| {INTERRUPTED}, {TERMINATED} | it was interrupted, or terminated |"
    yield "\n`check`, `baseline`, `graph`, `why` and `trace` exit with 3 where something could not be read. What 1 means stands below.\n"


def _arguments(command: TyperCommand) -> Iterator[str]:
    for each in command.params:
        if isinstance(each, TyperArgument):
            shown = each.metavar or (each.name or "").upper()
            yield shown if each.required else f"[{shown}]"


def _option(option: TyperOption) -> str:
    names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    choices = ", ".join(f"`{getattr(each, 'value', each)}`" for each in getattr(option.type, "choices", ()))
    return f"{names}: {choices}" if choices else names


def _epilog(command: TyperCommand) -> str:
    return (command.epilog or "").replace("\b\n", "").strip()


def _config() -> Iterator[str]:
    yield from _head(
        "archlint.toml",
        "Which rules run, on what. It stands at the root of the tree, and no key is required.",
    )
    yield f"```toml\n{(EXAMPLES / 'sheet.toml').read_text()}```\n"
    schema = config_schema()
    yield from _keys(schema["definitions"][_name(schema)])
    yield from _parts({name: each for name, each in schema["definitions"].items() if name != _name(schema)})


def _kinds() -> Iterator[str]:
    yield from _head(
        "Rules and their kinds",
        "Every key, and for each kind a rule with code that breaks it (`bad`) and code that does not (`good`). "
        "[Writing rules](../rules.md) says which kind is for what, and explains each.",
    )
    schema = rules_schema()
    definitions = dict(schema["definitions"])
    properties = definitions.pop("rule")["properties"]
    yield "## The header\n"
    header = {
        key: _of_header(each) for key, each in properties.items() if key not in KIND_OF or "anyOf" in each
    }
    yield from _keys({"properties": header, "required": ["id"]})
    examples = examples_by_kind()
    for name, kind in KIND_OF.items():
        one = properties[name]
        reference = next((each for each in one.get("anyOf", ()) if "$ref" in each), one)
        yield f"## `{name}`\n"
        yield f"{_sentence(kind.says)} Judges {_judged(kind.needs)}.\n"
        yield f"```yaml\nrules:\n{examples[name]}```\n"
        yield from _keys(definitions.pop(_name(reference)))
        yield from _beside_keys(kind)
    yield "## What keys hold\n"
    yield from _parts(definitions)


def examples_by_kind() -> dict[str, str]:
    """The text of one rule of each kind; the file has them in the order of the kinds."""
    _, *rules = re.split(r"^(?=  - id: )", (EXAMPLES / "kinds.yml").read_text(), flags=re.MULTILINE)
    return {kind: f"{rule.rstrip()}\n" for kind, rule in zip(KIND_OF, rules, strict=True)}


def _beside_keys(kind: Kind[Any]) -> Iterator[str]:
    if kind.fields:
        yield f"A message may name {', '.join(f'`{{{field}}}`' for field in kind.fields)}.\n"
    if kind.knows_functions:
        yield "`inside` in the header confines it to functions.\n"


def _packs() -> Iterator[str]:
    yield from _head(
        "Packs",
        "Rules that are shipped with archlint. `packs` in [archlint.toml](config.md) names them; without an archlint.toml, "
        "`recommended` runs. To turn a rule off, or to change it: [how to](../howto.md#turn-a-rule-off).",
    )
    yield "## `recommended`\n\nWhat holds in any repository.\n"
    folder = REPOSITORY / "rules" / "recommended"
    yield "| rule | severity | kind | why | fix |\n|---|---|---|---|---|"
    for rule in load(folder, None, folder).rules:
        shown = (f"`{rule.id}`", rule.severity.value, f"[`{rule.kind}`](kinds.md#{rule.kind})")
        yield f"| {' | '.join(shown)} | {_cell(rule.why)} | {_cell(rule.fix)} |"
    yield ""


def _of_header(schema: Schema) -> Schema:
    """What a key means in the header, where a kind is called the same."""
    parts = schema.get("anyOf", ())
    return (
        next(each for each in parts if "$ref" not in each)
        if any("description" in each for each in parts)
        else schema
    )


def _judged(needs: Family) -> str:
    if needs is Family.NAMES:
        return "files of any language, by their paths"
    names = [language.name for language in (*LANGUAGES, TEXT) if needs in language.yields]
    return f"{', '.join(names)} files"


def _sinks() -> Iterator[str]:
    yield from _head(
        "Sinks", "Where a constant acts: the keys of `at`. [Sinks](../sinks.md) has an example of each."
    )
    at = rules_schema()["definitions"]["At"]["properties"]
    assert {sink.value for sink in Sink} <= set(at)
    yield from _rows(
        "key of `at`", ((f"`{key}`", _cell(each.get("description", ""))) for key, each in at.items())
    )


def _languages() -> Iterator[str]:
    yield from _head(
        "Languages", "A file's name alone decides how it is read; what no row names is plain text."
    )
    yield "| language | files | kinds that judge them |\n|---|---|---|"
    for language in (*LANGUAGES, TEXT):
        files = (*(f"*{suffix}" for suffix in language.suffixes), *language.filenames)
        names = [
            name
            for name, kind in KIND_OF.items()
            if kind.needs in language.yields or kind.needs is Family.NAMES
        ]
        yield f"| {language.name} | {', '.join(f'`{each}`' for each in files) or 'all others'} | {', '.join(names)} |"


def _formats() -> Iterator[str]:
    yield from _head(
        "Formats",
        "What `--format` and `--report` of `archlint check` know. [Formats](../formats.md) shows each.",
    )
    yield from _rows(
        "format", ((f"`{name}`", _cell(_sentence(each.says))) for name, each in REPORTERS.items())
    )


def _head(title: str, leading: str) -> Iterator[str]:
    yield "<!-- Made by `make reference`; do not edit. -->"
    yield f"# {title}\n\n{leading}\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _parts(definitions: Schema) -> Iterator[str]:
    """What the tables above refer to."""
    for name, definition in definitions.items():
        yield f"### {_title(name)}\n"
        if description := definition.get("description"):
            yield f"{_plain(description)}\n"
        if "enum" in definition:
            yield f"{_type(definition)}\n"
        else:
            yield from _keys(definition)


def _keys(definition: Schema) -> Iterator[str]:
    """The keys of a mapping, as a table."""
    required = definition.get("required", ())
    yield "| key | value | means |\n|---|---|---|"
    for key, each in definition["properties"].items():
        shown = f"`{key}`, required" if key in required else f"`{key}`"
        yield f"| {shown} | {_type(each)} | {_cell(each.get('description', ''))}{_default(each)} |"
    yield ""


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        name = _title(_name(schema))
        return f"[{name}](#{name.lower().replace(' ', '-').replace('`', '')})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}" if schema.get("items") else "list"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"mapping to {_type(values)}" if values else "mapping"
    told = {"integer": "whole number", "boolean": "`true`, `false`", "": "anything"}
    kind: str = schema.get("type", "")
    return told.get(kind, kind)


def _default(schema: Schema) -> str:
    default = schema.get("default")
    return " Default: `false`." if default is False else _told(default)


def _told(default: object) -> str:
    """A default as a sentence, unless it says no more than that nothing is there."""
    if isinstance(default, list | tuple):
        default = ", ".join(default)
    shown = isinstance(default, str | int | float) and default not in {"", 0}
    return f" Default: `{str(default).lower() if default is True else default}`." if shown else ""


def _rows(first: str, rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield f"| {first} | means |\n|---|---|"
    yield from (f"| {key} | {means} |" for key, means in rows)
    yield ""


def _name(reference: Schema) -> str:
    name: str = reference["$ref"]
    return name.removeprefix(_REF)


def _title(name: str) -> str:
    """How a definition is called on the page: ``archlint.kinds.text.Per`` is the ``Per`` of ``text``."""
    *modules, last = name.split(".")
    kinds = [module.replace("_", "-") for module in modules if module.replace("_", "-") in KIND_OF]
    return f"{last} of {kinds[-1]}" if kinds else last


def _plain(text: str) -> str:
    return text.replace("``", "`")


def _cell(text: str) -> str:
    return " ".join(_plain(text).replace("|", "\\|").split())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, content in pages().items():
        (FOLDER / page).write_text(content)
