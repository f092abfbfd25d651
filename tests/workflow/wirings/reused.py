"""Actions and workflows of the repository that lead to a command, and those that do not."""

from tests.workflow.wirings.trees import AUTH, CI, LIBRARY, MISSING, Broken, Tree, calls, ci

COMPOSITE = """\
inputs:
  mode: { default: auth }
runs:
  using: composite
  steps:
    - shell: bash
      run: node scripts/parity.mjs --mode ${{ inputs.mode }}
"""
CALLED = """\
on:
  workflow_call:
    inputs:
      mode: { type: string, default: public }
jobs:
  parity:
    steps:
      - run: node scripts/parity.mjs --mode ${{ inputs.mode }}
"""
ACTION = ".github/actions/parity/action.yml"
REUSED = ".github/workflows/parity.yml"

SOUND: dict[str, Tree] = {
    "a composite action": ci("- uses: ./.github/actions/parity\n") | {ACTION: COMPOSITE},
    "a composite action with inputs": ci("- uses: ./.github/actions/parity\n  with: { mode: auth }\n")
    | {ACTION: COMPOSITE.replace("default: auth", "required: true")},
    "a reusable workflow": {
        **LIBRARY,
        CI: calls(a="uses: ./.github/workflows/parity.yml\nwith: { mode: auth }\n"),
        REUSED: CALLED,
    },
    "a reusable workflow in a matrix": {
        **LIBRARY,
        CI: calls(
            a="strategy: { matrix: { m: [public, auth] } }\nuses: ./.github/workflows/parity.yml\nwith: { mode: '${{ matrix.m }}' }\n"
        ),
        REUSED: CALLED,
    },
}

BROKEN: list[Broken] = [
    (
        "the action is missing",
        ci("- uses: ./.github/actions/parity\n"),
        [(f"{MISSING}; `uses: ./.github/actions/parity` names an action that is not there", "jobs")],
    ),
    (
        "the action runs another mode",
        ci("- uses: ./.github/actions/parity\n  with: { mode: public }\n") | {ACTION: COMPOSITE},
        [(MISSING, "jobs")],
    ),
    (
        "a condition can skip the action",
        ci("- uses: ./.github/actions/parity\n  if: github.event_name == 'push'\n") | {ACTION: COMPOSITE},
        [(f"`if: github.event_name == 'push'` can skip `{AUTH}`", "github.event_name == 'push'")],
    ),
    (
        "a condition can skip the action's step",
        ci("- uses: ./.github/actions/parity\n")
        | {ACTION: COMPOSITE.replace("- shell", "- if: inputs.mode == 'x'\n      shell")},
        [(f"`if: inputs.mode == 'x'` can skip `{AUTH}`", "inputs.mode == 'x'")],
    ),
    (
        "the workflow is missing",
        {**LIBRARY, CI: calls(a="uses: ./.github/workflows/parity.yml\n")},
        [(f"{MISSING}; `uses: ./.github/workflows/parity.yml` names a workflow that is not there", "jobs")],
    ),
    (
        "the called workflow runs its default",
        {**LIBRARY, CI: calls(a="uses: ./.github/workflows/parity.yml\n"), REUSED: CALLED},
        [(MISSING, "jobs")],
    ),
    (
        "a condition can skip the called workflow",
        {
            **LIBRARY,
            CI: calls(a="if: vars.X\nuses: ./.github/workflows/parity.yml\nwith: { mode: auth }\n"),
            REUSED: CALLED,
        },
        [(f"`if: vars.X` can skip job `a`, and `{AUTH}` in it", "vars.X")],
    ),
    (
        "a condition can skip the job of the called workflow",
        {
            **LIBRARY,
            CI: calls(a="uses: ./.github/workflows/parity.yml\nwith: { mode: auth }\n"),
            REUSED: CALLED.replace("parity:\n", "parity:\n    if: inputs.x\n"),
        },
        [(f"`if: inputs.x` can skip job `parity`, and `{AUTH}` in it", "inputs.x")],
    ),
    (
        "another repository's workflow",
        {**LIBRARY, CI: calls(a="uses: acme/ci/.github/workflows/parity.yml@v1\n")},
        [
            (
                f"{MISSING}; `uses: acme/ci/.github/workflows/parity.yml@v1` is another repository's (line 4)",
                "jobs",
            )
        ],
    ),
]
