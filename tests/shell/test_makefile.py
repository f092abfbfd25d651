"""What the facts of a Makefile are: its targets, what they require, and the commands of their recipes."""

import pytest

from archlint.facts import MeasureDemand, ScriptDemand
from archlint.languages import language_of
from archlint.model import Scope
from archlint.pipelines import Script, Scripts
from archlint.source import Source
from tests.places import text_at


def scripts_of(text: str) -> Scripts:
    facts = language_of("Makefile").read(Source("Makefile", text.encode()), (ScriptDemand(Scope()),))
    assert facts.scripts is not None
    return facts.scripts


def script(text: str, name: str) -> Script:
    return {each.name: each for each in scripts_of(text).scripts}[name]


@pytest.mark.parametrize("path", ["Makefile", "makefile", "GNUmakefile", "mk/test.mk"])
def test_makefiles_are_known_by_their_names(path: str) -> None:
    assert language_of(path).name == "makefile"


def test_targets_stand_at_their_names_with_what_they_require() -> None:
    text = "# é\nall test: build  lint | out ; ls\nbuild::\n\ttsc\n"
    first = script(text, "test")

    assert [each.name for each in scripts_of(text).scripts] == ["all", "test", "build"]
    assert (first.requires, text_at(text, first.span)) == (("build", "lint", "out"), "all test")
    assert [command.words for command in first.commands] == [("ls",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tnode x # y\n", [("node", "x")]),
        ("a:\n\t@-+ node x\n", [("node", "x")]),
        ("a:\n\tnode \\\n\t  x\n\tls\n", [("node", "x"), ("ls",)]),
        ("a:\n\n# c\n\tls\n", [("ls",)]),
        ("a:\n    ls\n", []),
        ("a: X = 1\na:\n\tls\n", [("ls",)]),
        ("a:\r\n\tls\r\n\tnode x\r\n", [("ls",), ("node", "x")]),
        ("a:\n\tls\na:\n\tnode x\n", [("ls",), ("node", "x")]),
        ("X = b\na:\n\techo $$X\n", [("echo", None)]),
        ("a:\n\t$(MAKE) -C sub $@\n", [("make", "-C", "sub", "a")]),
        ("define a\n\tls\nendef\na:\n\tnode x\n", [("node", "x")]),
        ("a:\n\t@echo $(shell ls $(X))\n", [("echo", None)]),
    ],
)
def test_a_recipe_is_the_commands_that_make_runs(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [command.words for command in script(text, "a").commands] == expected


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("X = b\na:\n\tnode $(X)\n", "${{ make.X || 'b' }}"),
        ("X ?= b\na:\n\tnode ${X}\n", "${{ make.X || env.X || 'b' }}"),
        ("Y := c\nX = b/$(Y)\na:\n\tnode $(X)\n", "${{ make.X || 'b/c' }}"),
        ("X = b\nX += c\na:\n\tnode $(X)\n", "${{ make.X }}"),
        ("ifdef CI\nX = b\nendif\na:\n\tnode $(X)\n", "${{ make.X }}"),
        ("X = $(X)\na:\n\tnode $(X)\n", "${{ make.X }}"),
        ("a:\n\tnode $(X)\n", "${{ make.X || env.X }}"),
    ],
)
def test_a_variable_is_what_is_known_of_it(text: str, template: str) -> None:
    (command,) = script(text, "a").commands

    assert command.templates == ((1, template, True),)


@pytest.mark.parametrize(
    ("text", "softened"),
    [
        ("a:\n\tnode x\n", ""),
        ("a:\n\t-node x\n", "-"),
        ("a:\n\tnode x; ls\n", ";"),
        ("a:\n\tnode x || true\n", "|| true"),
        (".SHELLFLAGS = -euc\na:\n\tnode x; ls\n", ""),
    ],
)
def test_what_hides_a_failure_is_seen(text: str, softened: str) -> None:
    assert script(text, "a").commands[0].softened == softened


def test_a_command_stands_at_its_own_characters() -> None:
    text = "X = b\n\na:\n\t@ls && node é $(X) 1\n"

    assert [text_at(text, command.span) for command in script(text, "a").commands] == ["ls", "node é $(X) 1"]


def test_a_recipe_under_a_condition_is_conditional() -> None:
    assert script("a:\nifdef CI\n\tls\nendif\n", "a").commands[0].conditional


def test_included_files_and_what_make_evaluates_are_told() -> None:
    assert scripts_of("include a.mk b.mk\n-include c.mk\n").includes == ("a.mk", "b.mk", "c.mk")
    assert not scripts_of("$(eval $(call rules,x))\n").is_whole


def test_a_makefile_has_sizes_too() -> None:
    facts = language_of("Makefile").read(Source("Makefile", b"a:\n\tls\n"), (MeasureDemand(Scope()),))

    assert facts.measures is not None
    assert (facts.measures.lines, facts.scripts) == (2, None)


def test_hostile_makefiles_are_survived() -> None:
    for text in (
        "a" * 100_000,
        ":" * 10_000,
        "\t" * 10_000,
        "X=$(X)$(X)\n" * 500,
        "a:\n\t$(" * 2_000,
        "\\\n" * 10_000,
    ):
        scripts_of(text)


def test_a_variable_may_be_called_by_any_one_character() -> None:
    assert [command.templates for command in script("a:\n\tls $é\n", "a").commands] == [
        ((1, "${{ make.é || env.é }}", True),)
    ]
