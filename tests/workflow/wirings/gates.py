"""Package scripts: that they are there, lead somewhere, and are run."""

from archlint.kinds.workflow import Gates, Options
from tests.workflow.wirings.trees import CI, FILES, Tree, calls, ci, package

GATED = Options(files=FILES, gates=Gates(scripts="test:*", ignores=("test:local",)))

ROOT_GATED = Options(files=(CI,), gates=Gates(scripts="test:*", within=("package.json",)))
IN_TOOLS = Options(files=FILES, gates=Gates(scripts="*", running=("tools/**",)))
THERE = Options(gates=Gates(scripts=("test:a", "test:b"), wired=False, exist=True))
WHOLE = Options(gates=Gates(scripts="test:*", wired=False, resolve=True))
TOOLS = {"tools/a.mjs": "", "tools/b.sh": "node tools/c.mjs\n", "tools/c.mjs": ""}


def gate(steps: str, **scripts: str) -> Tree:
    return {**ci(steps), **TOOLS, "package.json": package(**scripts)}


def scripts(**scripts: str) -> Tree:
    return {**TOOLS, "package.json": package(**scripts)}


SOUND: dict[str, tuple[Tree, Options]] = {
    "every gate is wired": (
        ci("- run: pnpm test:a\n- run: make b\n- run: node c.mjs\n")
        | {
            "c.mjs": "",
            "Makefile": "b:\n\tnpm run test:b\n",
            "package.json": package(test_a="pnpm test:d", test_b="ls", test_c="node c.mjs", test_d="ls"),
        },
        GATED,
    ),
    "a gate that is ignored": (
        ci("- run: pnpm test:a\n") | {"package.json": package(test_a="ls", test_local="ls")},
        GATED,
    ),
    "a gate of a nested script": (
        gate("- run: pnpm all\n", all="pnpm some && ls", some="run-s 'test:*'", test_a="ls"),
        GATED,
    ),
    "a gate of a matrix": (
        gate(
            "",
            test_a="ls",
            test_b="ls",
        )
        | {
            CI: calls(
                a="strategy: { matrix: { gate: [a, b] } }\nsteps:\n  - run: pnpm test:${{ matrix.gate }}\n"
            )
        },
        GATED,
    ),
    "a gate of a reusable workflow": (
        gate("", test_a="ls")
        | {
            CI: calls(a="uses: ./.github/workflows/gates.yml\n"),
            ".github/workflows/gates.yml": "on: workflow_call\njobs: { a: { steps: [{ run: yarn test:a }] } }\n",
        },
        ROOT_GATED,
    ),
    "a gate of a composite action": (
        gate("- uses: ./.github/actions/gates\n", test_a="ls")
        | {
            ".github/actions/gates/action.yml": "runs: { steps: [{ run: npm run test:a, shell: bash }] }\n",
        },
        GATED,
    ),
    "a gate of a target of make": (
        gate("- run: make -C . check\n", test_a="ls") | {"Makefile": "check: all\nall:\n\tpnpm test:a\n"},
        GATED,
    ),
    "a gate of a shell script": (
        gate("- run: ./ci.sh\n", test_a="ls") | {"ci.sh": "#!/bin/sh -e\npnpm run test:a\n"},
        GATED,
    ),
    "a gate whose parts are run one by one": (
        gate(
            "- run: pnpm test:a\n- run: node tools/a.mjs\n",
            test_a="ls",
            test_all="echo all && pnpm test:a && node ./tools/a.mjs",
        ),
        GATED,
    ),
    "a script that runs no gate": (gate("", lint="eslint tools", dev="node server.mjs"), IN_TOOLS),
    "a gate by what it runs": (
        gate("- run: bash tools/b.sh\n- run: pnpm check\n", check="node tools/a.mjs", more="sh tools/b.sh"),
        IN_TOOLS,
    ),
    "the scripts are there": (scripts(test_a="ls", test_b="ls", more="ls"), THERE),
    "the scripts are there in two packages": (
        {"package.json": package(test_a="ls"), "api/package.json": package("api", test_b="ls")},
        THERE,
    ),
    "the scripts lead to files": (
        scripts(
            test_a="node tools/a",
            test_b="bash tools/b.sh",
            test_c="pnpm test:a",
            test_d="npx tsx tools/c.mjs",
        ),
        WHOLE,
    ),
    "a script leads to what only the run time knows": (scripts(test_a="node $TOOL"), WHOLE),
}

BROKEN: dict[str, tuple[Tree, Options, list[tuple[str, str]]]] = {
    "a gate that nobody runs": (
        ci("- run: pnpm test:a\n") | {"package.json": package(test_a="ls", test_b="ls")},
        GATED,
        [("no workflow runs script 'test:b'", "package.json: test:b")],
    ),
    "a gate that is only printed": (
        ci("- run: echo pnpm test:a\n") | {"package.json": package(test_a="ls -l")},
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate of another package": (
        ci("- run: pnpm test:a\n")
        | {"package.json": package(test_a="ls"), "api/package.json": package("api", test_a="ls -l")},
        GATED,
        [("no workflow runs script 'test:a'", "api/package.json: test:a")],
    ),
    "a gate of a job that is switched off": (
        gate("- run: pnpm test:a\n", test_a="ls")
        | {CI: calls(a="if: false\nsteps:\n  - run: pnpm test:a\n")},
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate of a step that is switched off": (
        gate("- run: pnpm test:a\n  if: ${{ false }}\n", test_a="ls"),
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate of a script that nobody runs": (
        gate("- run: ls\n", ci="pnpm test:a", test_a="ls"),
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate of a workflow that nobody calls": (
        gate("- run: ls\n", test_a="ls")
        | {".github/actions/gates/action.yml": "runs: { steps: [{ run: npm run test:a, shell: bash }] }\n"},
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate of which one part is run": (
        gate("- run: pnpm test:a\n", test_a="ls", test_all="pnpm test:a && node tools/a.mjs"),
        GATED,
        [("no workflow runs script 'test:all'", "package.json: test:all")],
    ),
    "a gate that is run with other arguments": (
        gate("- run: node tools/a.mjs --dry\n", test_a="node tools/a.mjs"),
        GATED,
        [("no workflow runs script 'test:a'", "package.json: test:a")],
    ),
    "a gate by what it runs that nobody runs": (
        gate("- run: cat tools/a.mjs\n", check="pnpm more", more="sh tools/b.sh"),
        IN_TOOLS,
        [
            ("no workflow runs script 'check'", "package.json: check"),
            ("no workflow runs script 'more'", "package.json: more"),
        ],
    ),
    "a gate whose file is gone is a gate": (
        gate("- run: ls\n", check="node tools/gone.mjs"),
        IN_TOOLS,
        [("no workflow runs script 'check'", "package.json: check")],
    ),
    "a script is missing": (
        scripts(test_a="ls"),
        THERE,
        [("package.json has no script 'test:b'", "package.json: scripts")],
    ),
    "there are no scripts": (
        {"package.json": '{ "name": "a" }'},
        Options(gates=Gates(scripts="test", wired=False, exist=True)),
        [("package.json has no script 'test'", "package.json: ")],
    ),
    "no package has the script": (
        {"package.json": package(test_a="ls"), "api/package.json": package("api", test_a="ls")},
        THERE,
        [("no package has a script 'test:b'", "api/package.json: scripts")],
    ),
    "a script runs a file that is gone": (
        scripts(test_a="pnpm one", one="node tools/gone.mjs"),
        WHOLE,
        [
            (
                "`node tools/gone.mjs` runs 'tools/gone.mjs', which is not there",
                "package.json: node tools/gone.mjs",
            )
        ],
    ),
    "a script runs a script that is gone": (
        scripts(test_a="pnpm run gone"),
        WHOLE,
        [
            (
                "`pnpm run gone` runs a script 'gone' that package.json does not have",
                "package.json: pnpm run gone",
            )
        ],
    ),
    "a script only prints": (
        scripts(test_a="echo node tools/a.mjs"),
        WHOLE,
        [("script 'test:a' runs no file of this repository", "package.json: test:a")],
    ),
    "a gate in a text of another language": (
        gate("- run: pnpm test:a\n  shell: pwsh\n", test_a="ls"),
        GATED,
        [
            (
                "no workflow runs script 'test:a'; `shell: pwsh` of step 1 is not understood",
                "package.json: test:a",
            )
        ],
    ),
}
