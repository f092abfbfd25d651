"""Shells whose language is not shell."""

from tests.workflow.wirings.trees import AUTH, CI, LIBRARY, MISSING, Broken, Tree, ci, run, scripted

SOUND: dict[str, Tree] = {
    "bash -c": run(f"bash -c '{AUTH}'"),
    "bash -c with options": run(f'bash --noprofile -eo pipefail -c "ls && {AUTH}"'),
    "bash -lc in a folder": run(f"cd scripts && bash -lc 'cd .. && {AUTH}'"),
    "sh -c behind a time limit": run(f"timeout 9m sh -c '{AUTH}'"),
    "sh -c with a variable": ci(
        '- run: sh -c "node scripts/parity.mjs --mode $MODE"\n  env: { MODE: auth }\n'
    ),
    "sh -c in sh -c": run(f"""sh -c 'sh -ec "{AUTH}"'"""),
    "bash -c in a script": scripted("pnpm parity", parity=f"bash -c '{AUTH}'"),
    "bash -c that runs a script": scripted("bash -c 'pnpm parity'", parity=AUTH),
}

BROKEN: list[Broken] = [
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
        "a step on a group of Windows runners",
        {
            **LIBRARY,
            CI: ci("- run: Get-Item x\n")[CI].replace(
                "ubuntu-latest", "{ group: big, labels: [windows-2022, x64] }"
            ),
        },
        [(f"{MISSING}; `shell: pwsh` of step 1 is not understood (line 6)", "jobs")],
    ),
    (
        "bash -c is only printed",
        run(f"""echo bash -c '{AUTH}'"""),
        [(MISSING, "jobs")],
    ),
    (
        "bash runs a file called so",
        run(f"""bash run.sh -c '{AUTH}'"""),
        [(f"{MISSING}; `bash run.sh -c {AUTH}` runs 'run.sh', which is not there", "jobs")],
    ),
    (
        "bash -c goes on after failures",
        run(f"bash -c '{AUTH}; ls'"),
        [(f"`;` hides the failure of `{AUTH}`", f"bash -c '{AUTH}; ls'")],
    ),
    (
        "the failure of bash -c is swallowed",
        run(f"bash -ec '{AUTH}' || true"),
        [(f"`|| true` hides the failure of `{AUTH}`", f"bash -ec '{AUTH}'")],
    ),
]
