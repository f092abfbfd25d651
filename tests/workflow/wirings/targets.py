"""Make targets and shell scripts that lead to a command, and those that do not."""

from tests.workflow.wirings.trees import AUTH, MISSING, Broken, Tree, package, run

MAKEFILE = "NODE ?= node\nMODE = auth\nall: parity\nparity: setup\n\t@$(NODE) scripts/parity.mjs --mode $(MODE)\nsetup:\n\tls\n"

SOUND: dict[str, Tree] = {
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
    "a shell script with options": run("bash -eo pipefail tools/ci.sh")
    | {"tools/ci.sh": f"set -e\n{AUTH}\nls\n"},
}

BROKEN: list[Broken] = [
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
]
