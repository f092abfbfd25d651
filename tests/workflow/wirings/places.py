"""Folders that a command runs in, and files that it finds there or not."""

from tests.workflow.wirings.trees import AUTH, Broken, Tree, ci, run, workspace

SOUND: dict[str, Tree] = {
    "cd": run("cd packages && node ../scripts/parity.mjs --mode auth"),
    "cd and a script": workspace("cd packages/api && pnpm parity"),
    "cd in a subshell": ci("- run: |\n    (cd packages && ls)\n    node scripts/parity.mjs --mode auth\n"),
    "working-directory": ci(
        "- run: node ../scripts/parity.mjs --mode auth\n  working-directory: ./packages\n"
    ),
    "a checkout in a folder": ci(
        "- uses: actions/checkout@v4\n  with: { path: own }\n"
        "- run: node scripts/parity.mjs --mode auth\n  working-directory: own\n"
    ),
}

BROKEN: list[Broken] = [
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
]
