"""Trees in which a command is reached through scripts, targets, actions and workflows: sound ones and broken ones."""

import json
from textwrap import dedent, indent

CI = ".github/workflows/ci.yml"
AUTH = "node scripts/parity.mjs --mode auth"
MISSING = f"no step runs `{AUTH}`"
LIBRARY = {"scripts/parity.mjs": "", "package.json": json.dumps({"name": "root"})}

Tree = dict[str, str]


def ci(steps: str, *, job: str = "", head: str = "", more: str = "") -> Tree:
    """A tree with a workflow of one job, and the file that the command runs."""
    lines = (
        f"on: push\n{dedent(head)}jobs:\n  test:\n    runs-on: ubuntu-latest\n{indent(dedent(job), '    ')}"
    )
    text = f"{lines}    steps:\n{indent(dedent(steps), '      ')}{indent(dedent(more), '  ')}"
    return {**LIBRARY, CI: text}


def calls(**jobs: str) -> str:
    lines = "".join(f"  {name}:\n{indent(dedent(text), '    ')}" for name, text in jobs.items())
    return f"on: push\njobs:\n{lines}"


def package(name: str = "root", **scripts: str) -> str:
    return json.dumps(
        {"name": name, "scripts": {key.replace("_", ":"): text for key, text in scripts.items()}}
    )


def run(command: str) -> Tree:
    return ci(f"- run: {command}\n")


def scripted(command: str, **scripts: str) -> Tree:
    return {**run(command), "package.json": package(**scripts)}


def workspace(command: str, text: str = "node ../../scripts/parity.mjs --mode auth", **more: str) -> Tree:
    return {**run(command), "packages/api/package.json": package("@acme/api", parity=text, **more)}


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
MAKEFILE = "NODE ?= node\nMODE = auth\nall: parity\nparity: setup\n\t@$(NODE) scripts/parity.mjs --mode $(MODE)\nsetup:\n\tls\n"
ACTION = ".github/actions/parity/action.yml"
REUSED = ".github/workflows/parity.yml"

SOUND: dict[str, Tree] = {
    "a script": scripted("pnpm parity", parity=AUTH),
    "a script with run": scripted("npm run parity", parity=AUTH),
    "yarn": scripted("yarn parity", parity=AUTH),
    "bun": scripted("bun run parity", parity=AUTH),
    "npm test": scripted("npm test", test=AUTH),
    "npm t": scripted("npm t", test=AUTH),
    "node --run": scripted("node --run parity", parity=AUTH),
    "a script of a script": scripted("pnpm ci:all", ci_all="pnpm run test:parity", test_parity=AUTH),
    "a chain of scripts": scripted("pnpm all", all=f"pnpm lint && {AUTH}", lint="ls"),
    "a chain with a semicolon that ends in it": scripted("pnpm all", all=f"ls; {AUTH}"),
    "a hook before a script": scripted("pnpm build", prebuild=AUTH, build="ls"),
    "a hook after a script": scripted("pnpm build", postbuild=AUTH, build="ls"),
    "arguments that the workflow adds": scripted("pnpm parity --mode auth", parity="node scripts/parity.mjs"),
    "arguments after two dashes": scripted("npm run parity -- --mode auth", parity="node scripts/parity.mjs"),
    "run-s": scripted("pnpm all", all="run-s lint parity", lint="ls", parity=AUTH),
    "npm-run-all with a pattern": scripted(
        "pnpm all", all="npm-run-all --parallel 'test:*'", test_parity=AUTH
    ),
    "concurrently": scripted("pnpm all", all="concurrently 'ls' 'pnpm parity'", parity=AUTH),
    "cross-env": scripted("pnpm parity", parity=f"cross-env CI=1 {AUTH}"),
    "a variable of the script's command": scripted(
        "MODE=auth pnpm parity", parity="node scripts/parity.mjs --mode $MODE"
    ),
    "pnpm -C": workspace("pnpm -C packages/api parity"),
    "npm --prefix": workspace("npm --prefix packages/api run parity"),
    "yarn --cwd": workspace("yarn --cwd packages/api parity"),
    "pnpm --filter": workspace("pnpm --filter @acme/api parity"),
    "pnpm -F with a folder": workspace("pnpm -F ./packages/api run parity"),
    "pnpm --filter with a glob": workspace("pnpm --filter '@acme/*' parity"),
    "pnpm --filter with what it depends on": workspace("pnpm --filter @acme/api... parity"),
    "npm --workspace": workspace("npm run parity --workspace=@acme/api"),
    "npm -w": workspace("npm run -w @acme/api parity"),
    "yarn workspace": workspace("yarn workspace @acme/api run parity"),
    "pnpm -r": workspace("pnpm -r run parity"),
    "turbo": workspace("pnpm exec turbo run parity --filter=@acme/api"),
    "turbo without a filter": workspace("npx turbo parity"),
    "nx run": workspace("nx run api:parity"),
    "nx": workspace("npx nx parity api"),
    "lerna": workspace("lerna run parity"),
    "pnpm -C with exec": run("pnpm -C packages/api exec node ../../scripts/parity.mjs --mode auth"),
    "cd": run("cd packages && node ../scripts/parity.mjs --mode auth"),
    "cd and a script": workspace("cd packages/api && pnpm parity"),
    "cd in a subshell": ci("- run: |\n    (cd packages && ls)\n    node scripts/parity.mjs --mode auth\n"),
    "working-directory": ci(
        "- run: node ../scripts/parity.mjs --mode auth\n  working-directory: ./packages\n"
    ),
    "working-directory by default": ci(
        "- run: node parity.mjs --mode auth\n", job="defaults: { run: { working-directory: scripts } }\n"
    ),
    "a checkout in a folder": ci(
        "- uses: actions/checkout@v4\n  with: { path: own }\n"
        "- run: node scripts/parity.mjs --mode auth\n  working-directory: own\n"
    ),
    "the workspace as a variable": run("node $GITHUB_WORKSPACE/scripts/parity.mjs --mode auth"),
    "the workspace as an expression": run("node ${{ github.workspace }}/scripts/parity.mjs --mode auth"),
    "env of the workflow": ci("- run: node scripts/parity.mjs --mode $MODE\n", head="env: { MODE: auth }\n"),
    "env of the job": ci('- run: node scripts/parity.mjs "--mode=${MODE}"\n', job="env: { MODE: auth }\n"),
    "env of the step": ci("- run: node scripts/parity.mjs --mode ${{ env.MODE }}\n  env: { MODE: auth }\n"),
    "a default in the shell": run("node scripts/parity.mjs --mode ${MODE:-auth}"),
    "a variable of the text": ci("- run: |\n    mode=auth\n    node scripts/parity.mjs --mode $mode\n"),
    "arguments in one variable": ci("- run: node scripts/parity.mjs $ARGS\n  env: { ARGS: --mode auth }\n"),
    "a matrix": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
        job="strategy: { matrix: { mode: [public, auth] } }\n",
    ),
    "a matrix of mappings": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.target.mode }}\n",
        job="strategy: { matrix: { target: [{ mode: auth }] } }\n",
    ),
    "a matrix that includes": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
        job="strategy: { matrix: { os: [a, b], mode: [public], include: [{ os: c, mode: auth }] } }\n",
    ),
    "a matrix in env": ci(
        "- run: node scripts/parity.mjs --mode $MODE\n",
        job="strategy: { matrix: { mode: [auth] } }\nenv: { MODE: '${{ matrix.mode }}' }\n",
    ),
    "an expression in a name": ci(f"- name: Parity ${{{{ matrix.mode }}}}\n  run: {AUTH}\n"),
    "a target of make": run("make parity") | {"Makefile": MAKEFILE},
    "the first target of make": run("make") | {"Makefile": MAKEFILE},
    "a target that requires it": run("make all") | {"Makefile": MAKEFILE},
    "make in a folder": run("make -C tools parity")
    | {"tools/Makefile": "parity:\n\tcd .. && node scripts/parity.mjs --mode auth\n"},
    "make in make": run("make all") | {"Makefile": "all:\n\t$(MAKE) -j 4 parity\nparity:\n\t" + AUTH + "\n"},
    "make with a variable": run("make parity MODE=auth")
    | {"Makefile": "MODE = public\nparity:\n\tnode scripts/parity.mjs --mode $(MODE)\n"},
    "an included makefile": run("make parity")
    | {"Makefile": "include a.mk\n", "a.mk": f"parity:\n\t{AUTH}\n"},
    "make that runs a script": run("make parity")
    | {"Makefile": "parity:\n\tpnpm test:parity\n", "package.json": package(test_parity=AUTH)},
    "a shell script": run("bash tools/ci.sh") | {"tools/ci.sh": f"#!/bin/bash\nset -e\nls\n{AUTH}\n"},
    "a shell script by itself": run("./tools/ci.sh") | {"tools/ci.sh": f"#!/bin/bash -e\n{AUTH}\nls\n"},
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
    "an anchor": ci(
        "- run: ls\n  env: &env { MODE: auth }\n- run: node scripts/parity.mjs --mode $MODE\n  env: *env\n"
    ),
    "a merge key": ci(
        "- run: ls\n  env: &env { MODE: auth }\n- run: node scripts/parity.mjs --mode $MODE\n  env: { <<: *env }\n"
    ),
    "scripts in a circle around it": scripted("pnpm a", a=f"{AUTH} && pnpm b", b="pnpm a"),
    "built files that are not in the tree": scripted("pnpm parity", parity=f"{AUTH} && node dist/report.js"),
}

BROKEN: list[tuple[str, Tree, list[tuple[str, str]]]] = [
    (
        "the script is missing",
        run("pnpm test:parity"),
        [
            (
                f"{MISSING}; `pnpm test:parity` runs a script 'test:parity' that package.json does not have",
                "jobs",
            )
        ],
    ),
    (
        "there is no package.json",
        {CI: run("npm run parity")[CI], "scripts/parity.mjs": ""},
        [(f"{MISSING}; `npm run parity` runs a script, and there is no package.json", "jobs")],
    ),
    (
        "the package is missing",
        run("pnpm --filter @acme/web run parity"),
        [
            (
                f"{MISSING}; `pnpm --filter @acme/web run parity` runs a script of '@acme/web', and no package is called so",
                "jobs",
            )
        ],
    ),
    (
        "the script runs another mode",
        scripted("pnpm parity", parity="node scripts/parity.mjs --mode public"),
        [(MISSING, "jobs")],
    ),
    (
        "the workflow's own env wins",
        ci(
            "- run: node scripts/parity.mjs --mode $MODE\n  env: { MODE: public }\n",
            head="env: { MODE: auth }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "the text sets the variable again",
        ci(
            "- run: |\n    MODE=public\n    node scripts/parity.mjs --mode $MODE\n",
            head="env: { MODE: auth }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "a secret is the mode",
        ci("- run: node scripts/parity.mjs --mode $MODE\n  env: { MODE: '${{ secrets.M }}' }\n"),
        [(MISSING, "jobs")],
    ),
    (
        "the matrix leaves it out",
        ci(
            "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
            job="strategy: { matrix: { mode: [public, auth], exclude: [{ mode: auth }] } }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "the file is missing",
        {path: text for path, text in run(AUTH).items() if path != "scripts/parity.mjs"},
        [(f"`{AUTH}` runs 'scripts/parity.mjs', which is not there", AUTH)],
    ),
    (
        "the file is missing from where it is run",
        run(f"cd packages && {AUTH}"),
        [(f"`{AUTH}` runs 'packages/scripts/parity.mjs', which is not there", AUTH)],
    ),
    (
        "the working directory is another one",
        ci(f"- run: {AUTH}\n  working-directory: packages\n"),
        [(f"`{AUTH}` runs 'packages/scripts/parity.mjs', which is not there", AUTH)],
    ),
    (
        "the script swallows the failure",
        scripted("pnpm parity", parity=f"{AUTH} || true"),
        [(f"`|| true` hides the failure of `{AUTH}`", f"package.json: {AUTH}")],
    ),
    (
        "the script goes on after a semicolon",
        scripted("pnpm parity", parity=f"{AUTH}; ls"),
        [(f"`;` hides the failure of `{AUTH}`", f"package.json: {AUTH}")],
    ),
    (
        "the workflow swallows the script's failure",
        scripted("pnpm parity || true", parity=AUTH),
        [("`|| true` hides the failure of `pnpm parity`", "pnpm parity")],
    ),
    (
        "make ignores the failure",
        run("make parity") | {"Makefile": f"parity:\n\t-{AUTH}\n"},
        [(f"`-` hides the failure of `{AUTH}`", f"Makefile: {AUTH}")],
    ),
    (
        "the target is missing",
        run("make check") | {"Makefile": MAKEFILE},
        [(f"{MISSING}; `make check` asks for a target 'check' that Makefile does not have", "jobs")],
    ),
    (
        "there is no makefile",
        run("make parity"),
        [(f"{MISSING}; `make parity` finds no Makefile", "jobs")],
    ),
    (
        "a shell script goes on after failures",
        run("bash tools/ci.sh") | {"tools/ci.sh": f"{AUTH}\nls\n"},
        [(f"`sh without -e` hides the failure of `{AUTH}`", f"tools/ci.sh: {AUTH}")],
    ),
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
    (
        "a step in PowerShell",
        ci("- run: |\n    if ($x) { node parity }\n  shell: pwsh\n"),
        [(f"{MISSING}; `shell: pwsh` of step 1 is not understood (line 7)", "jobs")],
    ),
    (
        "a step in Python",
        ci("- name: Gates\n  run: import os\n  shell: python\n"),
        [(f"{MISSING}; `shell: python` of step 'Gates' is not understood (line 7)", "jobs")],
    ),
    (
        "a step on Windows",
        {**LIBRARY, CI: ci("- run: Get-Item x\n")[CI].replace("ubuntu", "windows")},
        [(f"{MISSING}; `shell: pwsh` of step 1 is not understood (line 6)", "jobs")],
    ),
    (
        "scripts in a circle",
        scripted("pnpm a", a="pnpm b", b="pnpm a && pnpm a"),
        [(MISSING, "jobs")],
    ),
]
