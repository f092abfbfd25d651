"""Shells whose language is not shell."""

from tests.wirings.trees import CI, LIBRARY, MISSING, Broken, Tree, ci

SOUND: dict[str, Tree] = {}

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
]
