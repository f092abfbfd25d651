"""What the facts of a workflow file are, and where each stands."""

import pytest

from archlint.facts import WorkflowDemand
from archlint.languages.yaml import read
from archlint.model import Scope
from archlint.pipelines import Command, Located
from archlint.source import Source
from tests.places import text_at
from tests.workflow.workflows import PATH, workflow_of

FACTS = """\
name: deploy
on: push
defaults:
  run:
    shell: bash
jobs:
  build:
    if: ${{ github.ref == 'x' }}
    continue-on-error: true
    needs: [plan, lint]
    steps:
      - name: Check out
        uses: actions/checkout@v4
        with:
          fetch-depth: 0
          path: |
            a
            b
      - run: echo é && ls # c
        shell: sh
        if: always()
        continue-on-error: false
  plan:
    needs: lint
    defaults: { run: { shell: pwsh } }
    steps:
      - run: ls
"""


def test_a_workflow_is_what_its_file_states() -> None:
    found = workflow_of(FACTS)
    build, plan = found.jobs
    checkout, run = build.steps

    assert (found.name, text_at(FACTS, found.jobs_span)) == ("deploy", "jobs")
    assert (build.id, build.needs, text_at(FACTS, build.span)) == ("build", ("plan", "lint"), "build")
    assert build.condition is not None
    assert text_at(FACTS, build.condition.span) == "${{ github.ref == 'x' }}"
    assert build.continue_on_error is not None
    assert (checkout.index, checkout.name, checkout.run) == (0, "Check out", None)
    assert checkout.uses is not None
    assert text_at(FACTS, checkout.uses.span) == "actions/checkout@v4"
    assert [(name, value.text) for name, value in checkout.inputs] == [
        ("fetch-depth", "0"),
        ("path", "a\nb\n"),
    ]
    assert (run.shell, run.continue_on_error, [command.words for command in run.commands]) == (
        "sh",
        None,
        [("echo", "é"), ("ls",)],
    )
    assert (plan.needs, plan.steps[0].shell) == (("lint",), "pwsh")


@pytest.mark.parametrize(
    "text", ["a: 1\n", "jobs: []\n", "jobs:\n", "runs:\n  steps:\n  - run: ls\n", "- jobs\n", ""]
)
def test_a_file_without_jobs_is_no_workflow(text: str) -> None:
    assert read(Source(PATH, text.encode()), (WorkflowDemand(Scope()),)).workflow is None


@pytest.mark.parametrize(
    "text", ["jobs: {a: }", "jobs: {a: [b]}", "jobs: {a: {steps: {b: c}}}", "jobs: {a: {steps: [b]}}"]
)
def test_a_workflow_that_github_would_refuse_is_survived(text: str) -> None:
    assert workflow_of(text).jobs[0].id == "a"


def commands_of(run: str) -> tuple[str, tuple[Command, ...]]:
    text = f"# é\njobs:\n  a:\n    steps:\n      - run: {run}\n"
    return text, workflow_of(text).jobs[0].steps[0].commands


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("node a --b # c", ["node a --b"]),
        ("a; b && c", ["a", "b", "c"]),
        ("'a ''b'' && c'", ["a ''b''", "c"]),
        ('"a \\"b\\" é\\u00e9 && c"', ['a \\"b\\" é\\u00e9', "c"]),
        ('"a\\n  b"', ["a", "b"]),
        ("|\n          a é\n            b 😀 c\n          d", ["a é", "b 😀 c", "d"]),
        ("|-\n          a \\\n            --b\n          c", ["a \\\n            --b", "c"]),
        ("|2\n            a\n          b", ["a", "b"]),
        (">\n          a --b\n\n          c", ["a --b", "c"]),
        (">\n          a\n          --b && c", ["a\n          --b", "c"]),
        ("a\n          --b && c", ["a\n          --b", "c"]),
        ("a ${{ b }} c && d", ["a ${{ b }} c", "d"]),
    ],
)
def test_a_command_stands_at_its_own_characters(run: str, expected: list[str]) -> None:
    text, commands = commands_of(run)

    assert [text_at(text, command.span) for command in commands] == expected


def test_a_folded_text_runs_as_one_line() -> None:
    _, commands = commands_of(">\n          node a\n          --mode auth\n          || true")

    assert (commands[0].words, commands[0].softened) == (("node", "a", "--mode", "auth"), "|| true")


def test_a_step_of_another_language_has_no_commands() -> None:
    text = "jobs:\n  a:\n    steps:\n      - shell: python\n        run: node = 1\n"

    assert workflow_of(text).jobs[0].steps[0].commands == ()


def test_shell_text_that_is_not_understood_is_a_problem_at_its_place() -> None:
    text = "jobs:\n  a:\n    steps:\n      - run: |\n          ls\n\n          )\n"
    facts = read(Source(PATH, text.encode()), (WorkflowDemand(Scope()),))

    assert [problem.span.line for problem in facts.problems] == [5]


def test_a_condition_of_several_lines_stands_at_all_of_them() -> None:
    text = "jobs:\n  a:\n    if: >-\n      github.ref == 'x' &&\n      success()\n    steps: []\n"
    condition = workflow_of(text).jobs[0].condition

    assert condition == Located("github.ref == 'x' && success()", condition.span if condition else None)  # type: ignore[arg-type]
    assert text_at(text, condition.span) == "github.ref == 'x' &&\n      success()"
