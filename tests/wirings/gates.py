"""Package scripts: that they are there, lead somewhere, and are run."""

from archlint.kinds.workflow import Gates, Options
from tests.wirings.trees import FILES, Tree, ci, package

GATED = Options(files=FILES, gates=Gates(scripts="test:*", ignores=("test:local",)))

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
}
