"""Triggers, order, permissions and gates of the kind ``workflow``, over real files."""

import pytest

from archlint.kinds.workflow import KIND, Gates, Options, RequiredRun, RequiredTrigger, RequiredUpload, Steps
from archlint.kinds.workflow.filters import fits
from tests.workflow.wirings import gates, order, permissions, triggers
from tests.workflow.wirings.trees import AUTH, FILES, Tree, ci
from tests.workflow.workflows import learnt, rule, told_in

THEMES = (gates, order, permissions, triggers)
SOUND = {name: case for theme in THEMES for name, case in theme.SOUND.items()}
BROKEN = {name: case for theme in THEMES for name, case in theme.BROKEN.items()}


@pytest.mark.parametrize(("tree", "options"), SOUND.values(), ids=SOUND.keys())
def test_what_is_right_is_let_through(tree: Tree, options: Options) -> None:
    assert told_in(tree, options) == []


@pytest.mark.parametrize(("tree", "options", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_told_at_its_place(
    tree: Tree, options: Options, expected: list[tuple[str, str]]
) -> None:
    assert told_in(tree, options) == expected


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("main", "main", True),
        ("main", "main2", False),
        ("feature/*", "feature/a", True),
        ("feature/*", "feature/a/b", False),
        ("feature/**", "feature/a/b", True),
        ("v[12].[0-9]+.[0-9]+", "v1.10.2", True),
        ("v[12].[0-9]+.[0-9]+", "v3.10.2", False),
        ("**/docs/**", "a/docs/b.md", True),
        ("**.js", "a/b.js", True),
        ("*.js", "a/b.js", False),
        ("*.jsx?", "page.js", True),
        (r"\*x", "*x", True),
        (r"\*x", "ax", False),
        ("a+" * 30 + "b", "a" * 5000, False),
        ("*a" * 200, "a" * 4000 + "b", False),
    ],
)
def test_filter_patterns_are_githubs(pattern: str, name: str, expected: bool) -> None:  # noqa: FBT001
    assert fits(pattern, name) is expected


def test_words_of_a_rule_that_nothing_answers_to_are_vacuous() -> None:
    options = Options(
        files=FILES,
        triggers={"push": RequiredTrigger(paths_cover=("gone/**",))},
        runs=(RequiredRun(command=AUTH, before=Steps(uses="*deploy*")),),
        gates=Gates(scripts="gate:*"),
    )

    assert list(KIND.vacuous(rule(options), learnt(ci(f"- run: {AUTH}\n"), rule(options)))) == [
        "no file matches 'gone/**', which paths-cover names",
        "nothing is '*deploy*', which 'before' names",
        "no package has a script that its gates name",
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            Options(files=("a",), triggers={"schedule": RequiredTrigger(paths_cover=("x",))}),
            [
                (
                    ("triggers", "schedule", "paths-cover"),
                    "`schedule` has no path filters; they go with pull_request, pull_request_target, push",
                )
            ],
        ),
        (
            Options(files=("a",), runs=(RequiredRun(command="x", before=Steps()),)),
            [(("runs", 0, "before"), "'before' needs uses or command")],
        ),
        (
            Options(gates=Gates(scripts="x", wired=False)),
            [
                (
                    ("gates", "wired"),
                    "gates that need not be wired, exist or resolve ask for nothing; leave them out",
                )
            ],
        ),
        (
            Options(files=("a",), gates=Gates(scripts="x", wired=False, exist=True)),
            [(("files",), "nothing is asked of these files")],
        ),
        (Options(gates=Gates(scripts="x")), [(("files",), "workflow needs files")]),
        (
            Options(files=("a",), which=Steps(given={"a": "b"}, command="x"), uploads=(RequiredUpload(()),)),
            [
                (("which", "with"), "'with' goes with uses"),
                (("uploads", 0, "path"), "an upload needs at least one path"),
            ],
        ),
        (
            Options(files=("a",), gates=Gates(scripts=())),
            [(("gates", "scripts"), "gates need the name of a script")],
        ),
    ],
)
def test_options_that_cannot_be_meant_are_told(
    options: Options, expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    assert list(KIND.mistakes(options)) == expected
