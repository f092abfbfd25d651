"""The kind ``workflow`` over real workflow files: broken wirings, and sound ones that look broken."""

import pytest

from archlint.kinds.workflow import KIND, Options, RequiredRun, RequiredUpload
from archlint.model import Origin, Outcome, Rule, Scope
from tests.workflow.broken_wirings import BROKEN
from tests.workflow.sound_wirings import SOUND
from tests.workflow.workflows import (
    AUTH,
    CONTRACT,
    PATH,
    PUBLIC,
    UPLOAD,
    hits,
    project,
    rule,
    shell,
    told,
    workflow,
)


def test_a_workflow_that_keeps_the_contract_is_clean() -> None:
    assert hits(workflow()) == []


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_wiring_is_told_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND.keys())
def test_a_sound_wiring_that_looks_broken_is_clean(text: str) -> None:
    assert told(text) == []


def test_each_thing_that_softens_a_command_is_told() -> None:
    step = f"- run: {AUTH} || true\n  continue-on-error: true\n  if: github.event_name == 'push'\n"

    assert [place for _, place in told(workflow(auth=step))] == ["true", "github.event_name == 'push'", AUTH]


def test_of_several_runs_the_best_is_told() -> None:
    worse = f"- run: {AUTH} || true\n  continue-on-error: true\n"

    assert [place for _, place in told(workflow(auth=f"{worse}- run: {AUTH} --env x | cat\n"))] == [
        f"{AUTH} --env x"
    ]


def test_what_need_not_be_blocking_may_fail() -> None:
    options = Options(files=("**",), runs=(RequiredRun(command=AUTH),))

    assert told(workflow(auth=f"- run: {AUTH} || true\n  continue-on-error: true\n"), options) == []
    assert told(workflow(auth=""), options) == [(f"no step runs `{AUTH}`", "jobs")]


def test_what_need_not_have_its_own_step_may_share_one() -> None:
    runs = (RequiredRun(command=AUTH, blocking=True), RequiredRun(command=PUBLIC, blocking=True))

    assert (
        told(workflow(auth=shell(f"{AUTH}\n{PUBLIC}\n"), public=""), Options(files=("**",), runs=runs)) == []
    )


def test_what_need_not_be_kept_after_failures_may_be_kept_after_success() -> None:
    options = Options(files=("**",), uploads=(RequiredUpload(path="artifacts/parity-*.json"),))

    assert told(workflow(upload=UPLOAD.replace("- if: always()\n  uses", "- uses")), options) == []


def test_words_of_a_required_command_are_globs() -> None:
    options = Options(files=("**",), runs=(RequiredRun(command="node **/parity.mjs --mode {auth,all}"),))

    assert told(workflow(), options) == []
    assert told(workflow(auth="- run: node tools/other.mjs --mode auth\n"), options)


def test_every_workflow_must_keep_the_contract() -> None:
    files = project((".github/workflows/a.yml", workflow()), (".github/workflows/b.yml", workflow(auth="")))

    assert [hit.place.path for hit in KIND.check(rule(CONTRACT), files)] == [".github/workflows/b.yml"]


def test_files_that_the_rule_ignores_need_not_keep_it() -> None:
    files = project((PATH, workflow(auth="")))
    ignoring = Scope(ignores=(PATH,))
    one = Rule("x", "workflow", CONTRACT, Origin("rules.yml", 1, 1, ""), scope=ignoring)

    assert list(KIND.check(one, files)) == []


def test_an_identity_stays_when_lines_move() -> None:
    text = workflow(auth=f"- run: {AUTH} || true\n", public="", upload="")
    moved = text.replace("jobs:", "# a comment\n\njobs:")

    assert [hit.identity for hit in hits(text)] == [hit.identity for hit in hits(moved)]
    assert len({hit.identity for hit in hits(text)}) == len(hits(text)) == 3


def test_globs_without_files_and_files_that_are_no_workflows_are_vacuous() -> None:
    options = Options(files=("a.yml", "b.yml", "c.yml"), runs=(RequiredRun(command=AUTH),))
    files = project(("a.yml", workflow()), ("b.yml", "runs:\n  steps: []\n"))

    assert list(KIND.vacuous(rule(options), files)) == [
        "no file matches 'c.yml'",
        "'b.yml' is no workflow: it has no jobs",
    ]


def test_a_workflow_that_cannot_be_read_is_neither_clean_nor_vacuous() -> None:
    files = project((PATH, "jobs:\n  a: b: c\n"))

    assert list(KIND.vacuous(rule(CONTRACT), files)) == []
    assert files.facts_by_path[PATH].outcome is Outcome.PARTIAL


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (CONTRACT, []),
        (
            Options(files=("a.yml",)),
            [((), "workflow needs runs or uploads, or one of triggers, permissions and gates")],
        ),
        (Options(files=(), runs=(RequiredRun(command="x"),)), [(("files",), "workflow needs files")]),
        (
            Options(files=("a.yml",), runs=(RequiredRun(command=("x", "node 'a")),)),
            [(("runs", 0, "command"), "bad command: No closing quotation")],
        ),
        (
            Options(files=("a.yml",), runs=(RequiredRun(command=""),)),
            [(("runs", 0, "command"), "`` names no program")],
        ),
        (
            Options(files=("a.yml",), runs=(RequiredRun(command=()),)),
            [(("runs", 0, "command"), "a run needs at least one command")],
        ),
        (
            Options(files=("a.yml",), uploads=(RequiredUpload(path="a{b"),)),
            [(("uploads", 0, "path"), "a brace is not closed")],
        ),
    ],
)
def test_options_that_cannot_be_meant_are_told(
    options: Options, expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    assert list(KIND.mistakes(options)) == expected
