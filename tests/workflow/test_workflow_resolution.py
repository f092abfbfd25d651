"""The kind ``workflow`` over whole trees: what is reached through scripts, targets, actions and workflows."""

import json
import time

import pytest

from archlint.kinds.workflow import KIND, Options, RequiredRun
from archlint.project import Project
from archlint.project.executions import executions
from tests.workflow.wirings import places, reused, scripts, shells, targets, values
from tests.workflow.wirings.trees import AUTH, CI, LIBRARY, Tree, run, scripted
from tests.workflow.workflows import learnt, rule, told_in

THEMES = (places, reused, scripts, shells, targets, values)
SOUND = {name: tree for theme in THEMES for name, tree in theme.SOUND.items()}
BROKEN = [case for theme in THEMES for case in theme.BROKEN]

BLOCKING = Options(files=(CI,), runs=(RequiredRun(command=AUTH, blocking=True),))


@pytest.mark.parametrize("tree", SOUND.values(), ids=SOUND.keys())
def test_a_command_is_found_wherever_it_is_run_from(tree: Tree) -> None:
    assert told_in(tree, BLOCKING) == []


@pytest.mark.parametrize(
    ("tree", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_way_is_told_where_it_breaks(tree: Tree, expected: list[tuple[str, str]]) -> None:
    assert told_in(tree, BLOCKING) == expected


def test_a_finding_carries_the_way_to_it() -> None:
    tree = scripted("pnpm all", all="pnpm parity", parity=f"{AUTH} || true")
    (hit,) = KIND.check(rule(BLOCKING), learnt(tree, rule(BLOCKING)))

    (flow,) = hit.flows
    assert [(step.place.path, step.text) for step in flow] == [
        (CI, "job `test`: step 1 runs `pnpm all`"),
        ("package.json", "runs `pnpm parity`"),
        ("package.json", f"runs `{AUTH}`"),
        ("scripts/parity.mjs", f"the file that `{AUTH}` runs"),
    ]


def test_a_missing_script_on_the_way_of_the_required_one_is_told() -> None:
    options = Options(files=(CI,), runs=(RequiredRun(command="pnpm parity"),))
    tree = scripted("pnpm parity", parity=f"{AUTH} && pnpm run report")

    assert told_in(tree, options) == [
        (
            "`pnpm run report` runs a script 'report' that package.json does not have",
            "package.json: pnpm run report",
        )
    ]


def test_ten_thousand_scripts_that_one_runs_are_all_looked_into() -> None:
    scripts = {f"s{number}": "ls" for number in range(10_000)}
    groups = {
        f"g{first}": " && ".join(f"pnpm run s{first + number}" for number in range(100))
        for first in range(0, 10_000, 100)
    }
    chain = " && ".join(f"pnpm run {name}" for name in groups)
    package = json.dumps({"scripts": {**scripts, **groups, "all": f"{chain} && pnpm run last", "last": AUTH}})
    started = time.monotonic()

    assert told_in(run("pnpm all") | {"package.json": package}, BLOCKING) == []
    assert time.monotonic() - started < 30


def test_scripts_that_call_each_other_too_deep_are_not_called_clean() -> None:
    scripts = {f"s{number}": f"pnpm run s{number + 1} && pnpm run s0" for number in range(2_000)}
    package = json.dumps({"scripts": {**scripts, "s2000": AUTH}})

    assert told_in(run("pnpm run s0") | {"package.json": package}, BLOCKING) == [
        (f"no step runs `{AUTH}`; scripts call each other over 100 deep (line 6)", "jobs")
    ]


def test_workflows_and_actions_that_use_themselves_end() -> None:
    action = "runs:\n  steps:\n    - uses: ./.github/actions/a\n    - uses: ./.github/actions/a\n"
    text = "on: push\njobs:\n  a:\n    uses: ./.github/workflows/ci.yml\n  b:\n    steps:\n      - uses: ./.github/actions/a\n"
    tree = {**LIBRARY, CI: text, ".github/actions/a/action.yml": action}

    assert told_in(tree, BLOCKING) == [(f"no step runs `{AUTH}`", "jobs")]


def test_the_same_tree_gives_the_same_hits() -> None:
    for _, tree, _ in BROKEN:
        backwards = dict(reversed(tree.items()))

        assert list(KIND.check(rule(BLOCKING), learnt(tree, rule(BLOCKING)))) == list(
            KIND.check(rule(BLOCKING), learnt(backwards, rule(BLOCKING)))
        )


def test_what_a_workflow_executes_is_resolved_once_and_again_only_if_it_wanted_to_know_more() -> None:
    tree = scripted("pnpm parity", parity=AUTH)
    known = learnt(tree, rule(BLOCKING))
    fresh = Project(known.paths, {})

    found = executions(known, CI)

    assert executions(known, CI) is found
    assert executions(known.knowing({}), CI) is found
    assert executions(fresh, CI) is not executions(fresh.knowing(known.facts_by_path), CI)
