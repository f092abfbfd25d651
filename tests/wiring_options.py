"""Options of the kind ``workflow`` over small workflows: what each lets through, and what it tells."""

from textwrap import dedent, indent

from archlint.kinds.workflow import Gates, Options, RequiredRun, RequiredTrigger, RequiredUpload, Steps
from tests.resolved_wirings import AUTH, CALLED, CI, LIBRARY, REUSED, Tree, calls, ci, package

FILES = (".github/workflows/*.yml",)
PATHS = {"api/a.ts": "", "api/b.ts": "", "api/c.ts": "", "api/d.ts": "", "web/a.ts": ""}


def on(text: str) -> Tree:
    """A workflow with these triggers, in a tree with an api."""
    return {
        **PATHS,
        CI: f"on:{text if text.startswith(' ') else chr(10) + indent(dedent(text), '  ')}\njobs: {{}}\n",
    }


def triggers(**required: RequiredTrigger) -> Options:
    return Options(files=FILES, triggers=required)


PULL = triggers(pull_request=RequiredTrigger(branches=("main",)))
COVER = triggers(push=RequiredTrigger(paths_cover=("api/**",)))
ORDERED = Options(files=FILES, runs=(RequiredRun(command=AUTH, after="pnpm install"),))
GUARDED = Options(
    files=FILES, runs=(RequiredRun(command=AUTH, blocking=True, before=Steps(uses="*/deploy@*")),)
)
GUARDED_COMMAND = Options(
    files=FILES, runs=(RequiredRun(command=AUTH, before=Steps(command="wrangler deploy")),)
)
IN_GATES = Options(files=FILES, runs=(RequiredRun(command=AUTH, job="*gate*"),))
READ_ONLY = Options(files=FILES, permissions={"contents": "read"})
GATED = Options(files=FILES, gates=Gates(scripts="test:*", ignores=("test:local",)))
KEPT = Options(files=FILES, uploads=(RequiredUpload(path="out/*.json", after=AUTH),))

RUN = f"- run: {AUTH}\n"
INSTALL = "- run: pnpm install\n"
DEPLOY = "- name: Ship\n  uses: acme/deploy@v1\n"
KEEP = "- uses: actions/upload-artifact@v4\n  with: { path: out/*.json }\n"


def jobs(**jobs: str) -> Tree:
    return {**LIBRARY, CI: calls(**jobs)}


def steps(text: str) -> str:
    return f"steps:\n{indent(text, '  ')}"


SOUND: dict[str, tuple[Tree, Options]] = {
    "an event alone": (on(" pull_request"), PULL),
    "a list of events": (on(" [push, pull_request]"), PULL),
    "an event without a value": (on("pull_request:\n"), PULL),
    "a branch by name": (on("pull_request: { branches: [main] }\n"), PULL),
    "a branch by one text": (on("pull_request: { branches: main }\n"), PULL),
    "a branch by glob": (on("pull_request: { branches: ['ma*'] }\n"), PULL),
    "a branch by two stars": (on("pull_request: { branches: ['**'] }\n"), PULL),
    "a branch by a quantifier": (on("pull_request: { branches: ['mai?n+'] }\n"), PULL),
    "a branch by a class": (on("pull_request: { branches: ['[a-m]ain'] }\n"), PULL),
    "a branch taken out and in again": (on("pull_request: { branches: ['**', '!m*', main] }\n"), PULL),
    "other branches are ignored": (on("pull_request: { branches-ignore: ['release/**'] }\n"), PULL),
    "paths of everything": (on("push: { paths: ['**'] }\n"), COVER),
    "paths of the folder": (on("push: { paths: ['api/**', web/a.ts] }\n"), COVER),
    "paths of an ending": (on("push: { paths: ['**.ts'] }\n"), COVER),
    "paths of an ending in any folder": (on("push: { paths: ['**/*.ts'] }\n"), COVER),
    "other paths are ignored": (on("push: { paths-ignore: ['**.md', 'web/**'] }\n"), COVER),
    "no path filters": (on("push:\n"), COVER),
    "a type that holds by default": (
        on(" pull_request"),
        triggers(pull_request=RequiredTrigger(types=("opened",))),
    ),
    "installed before": (ci(INSTALL + RUN), ORDERED),
    "installed in the same step": (ci(f"- run: pnpm install && {AUTH}\n"), ORDERED),
    "installed in a job before the job before": (
        jobs(a=steps(INSTALL), b="needs: a\n" + steps("- run: ls\n"), c="needs: [b]\n" + steps(RUN)),
        ORDERED,
    ),
    "jobs in another order that is still right": (
        jobs(b="needs: a\n" + steps(RUN), a=steps(INSTALL)),
        ORDERED,
    ),
    "deployed after": (ci(RUN + DEPLOY), GUARDED),
    "deployed by a job that waits": (jobs(b="needs: a\n" + steps(DEPLOY), a=steps(RUN)), GUARDED),
    "deployed by a job that waits for a called workflow": (
        {
            **jobs(
                b="needs: a\n" + steps(DEPLOY),
                a="uses: ./.github/workflows/parity.yml\nwith: { mode: auth }\n",
            ),
            REUSED.replace("workflows", "reused"): "",
            REUSED: CALLED,
        },
        Options(files=(CI,), runs=GUARDED.runs),
    ),
    "deployed by a command of a script": (
        ci(RUN + "- run: pnpm ship\n") | {"package.json": package(ship="wrangler deploy --env dev")},
        GUARDED_COMMAND,
    ),
    "the job has the id": (jobs(parity_gate=steps(RUN)), IN_GATES),
    "the job has the name": (jobs(a="name: All gates\n" + steps(RUN)), IN_GATES),
    "permissions to read": (ci(RUN, head="permissions: { contents: read }\n"), READ_ONLY),
    "no permissions": (ci(RUN, head="permissions: {}\n"), READ_ONLY),
    "permissions of every job": (ci(RUN, job="permissions: { contents: none }\n"), READ_ONLY),
    "read-all where it is allowed": (
        ci(RUN, head="permissions: read-all\n"),
        Options(files=FILES, permissions={"*": "read"}),
    ),
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
    "kept after": (ci(RUN + KEEP), KEPT),
    "one of several workflows": (
        {**ci(RUN), ".github/workflows/b.yml": "on: push\njobs: {}\n"},
        Options(files=FILES, match="any", runs=(RequiredRun(command=AUTH),)),
    ),
}

BROKEN: dict[str, tuple[Tree, Options, list[tuple[str, str]]]] = {
    "the event is missing": (on(" push"), PULL, [("`pull_request` does not start this workflow", "on")]),
    "the branch is another": (
        on("pull_request: { branches: [release] }\n"),
        PULL,
        [("`branches: [release]` keeps branch 'main' out of `pull_request`", "branches")],
    ),
    "the branch is taken out": (
        on("pull_request: { branches: ['**', '!main'] }\n"),
        PULL,
        [("`branches: [**, !main]` keeps branch 'main' out of `pull_request`", "branches")],
    ),
    "a star does not cross a slash": (
        on("push: { branches: ['*'] }\n"),
        triggers(push=RequiredTrigger(branches=("feat/x",))),
        [("`branches: [*]` keeps branch 'feat/x' out of `push`", "branches")],
    ),
    "the branch is ignored": (
        on("pull_request: { branches-ignore: ['m*'] }\n"),
        PULL,
        [("`branches-ignore: [m*]` keeps branch 'main' out of `pull_request`", "branches-ignore")],
    ),
    "only tags start it": (
        on("push: { tags: ['v*'] }\n"),
        triggers(push=RequiredTrigger(branches=("main",))),
        [("a push to branch 'main' does not start this workflow: it has filters for tags only", "push")],
    ),
    "the type is left out": (
        on("pull_request: { types: [labeled] }\n"),
        triggers(pull_request=RequiredTrigger(types=("opened",))),
        [("`pull_request` does not start this workflow when it is 'opened'", "types")],
    ),
    "the paths leave one file out": (
        on("push: { paths: ['api/**', '!api/b.ts'] }\n"),
        COVER,
        [("`paths` keeps out 'api/b.ts': a change there does not start this workflow", "paths")],
    ),
    "the paths are another folder's": (
        on("push: { paths: ['web/**'] }\n"),
        COVER,
        [
            (
                "`paths` keeps out 'api/a.ts', 'api/b.ts', 'api/c.ts' and 1 more: a change there does not start this workflow",
                "paths",
            )
        ],
    ),
    "the paths are ignored": (
        on("push: { paths-ignore: ['api/[ab].ts'] }\n"),
        COVER,
        [
            (
                "`paths-ignore` keeps out 'api/a.ts', 'api/b.ts': a change there does not start this workflow",
                "paths-ignore",
            )
        ],
    ),
    "installed after": (
        ci(RUN + INSTALL),
        ORDERED,
        [(f"step 1 (`{AUTH}`) runs before step 2 (`pnpm install`)", AUTH)],
    ),
    "never installed": (
        ci(RUN),
        ORDERED,
        [(f"no step runs `pnpm install`, which must come before `{AUTH}`", AUTH)],
    ),
    "installed in another job": (
        jobs(a=steps(INSTALL), b=steps(RUN)),
        ORDERED,
        [
            (
                f"nothing makes step 1 (`{AUTH}`) wait for step 1 (`pnpm install`): job `b` lacks `needs: a`",
                AUTH,
            )
        ],
    ),
    "deployed before": (
        ci(DEPLOY + RUN),
        GUARDED,
        [(f"step 'Ship' (`uses: acme/deploy@v1`) runs before step 2 (`{AUTH}`)", "acme/deploy@v1")],
    ),
    "deployed beside": (
        jobs(gate=steps(RUN), ship=steps(DEPLOY)),
        GUARDED,
        [
            (
                f"nothing makes step 'Ship' (`uses: acme/deploy@v1`) wait for step 1 (`{AUTH}`): job `ship` lacks `needs: gate`",
                "acme/deploy@v1",
            )
        ],
    ),
    "deployed by a job that does not wait": (
        jobs(gate="needs: ship\n" + steps(RUN), ship=steps(DEPLOY)),
        GUARDED,
        [(f"step 'Ship' (`uses: acme/deploy@v1`) runs before step 1 (`{AUTH}`)", "acme/deploy@v1")],
    ),
    "deployed although it failed": (
        ci(RUN + DEPLOY + "  if: always()\n"),
        GUARDED,
        [(f"`if: always()` runs step 'Ship' (`uses: acme/deploy@v1`) even if `{AUTH}` failed", "always()")],
    ),
    "deployed by a script before": (
        ci("- run: pnpm ship\n" + RUN) | {"package.json": package(ship="wrangler deploy")},
        GUARDED_COMMAND,
        [(f"step 1 (`wrangler deploy`) runs before step 2 (`{AUTH}`)", "pnpm ship")],
    ),
    "in another job": (
        jobs(build=steps(RUN)),
        IN_GATES,
        [(f"job `build` runs `{AUTH}`, and not one called '*gate*'", AUTH)],
    ),
    "permissions to write": (
        ci(RUN, head="permissions: { contents: write }\n"),
        READ_ONLY,
        [("`contents: write` is more than `contents: read`", "write")],
    ),
    "permissions of another scope": (
        ci(RUN, head="permissions: { contents: read, packages: read }\n"),
        READ_ONLY,
        [("`packages: read` is more than `contents: read`", "read")],
    ),
    "permissions to write all": (
        ci(RUN, head="permissions: write-all\n"),
        READ_ONLY,
        [("`permissions: write-all` is more than `contents: read`", "permissions")],
    ),
    "permissions of a job": (
        ci(RUN, head="permissions: {}\n", job="permissions: { id-token: write }\n"),
        READ_ONLY,
        [("`id-token: write` is more than `contents: read`", "write")],
    ),
    "permissions that are not stated": (
        ci(RUN),
        READ_ONLY,
        [
            (
                "job `test` has no `permissions`, so it has the repository's default, which may be to write",
                "test",
            )
        ],
    ),
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
    "kept before": (
        ci(KEEP + RUN),
        KEPT,
        [
            (
                f"'out/*.json' is kept before `{AUTH}` has run, or nothing says that it is not",
                "actions/upload-artifact@v4",
            )
        ],
    ),
    "both modes in one script": (
        ci("- run: pnpm parity\n")
        | {"package.json": package(parity=f"{AUTH} && node scripts/parity.mjs --mode public")},
        Options(
            files=FILES,
            runs=(
                RequiredRun(command=AUTH, own_step=True),
                RequiredRun(command="node scripts/parity.mjs --mode public", own_step=True),
            ),
        ),
        [("`node scripts/parity.mjs --mode public` shares its step with `" + AUTH + "`", "pnpm parity")],
    ),
    "none of several workflows": (
        {**ci(""), ".github/workflows/b.yml": "on: push\njobs: {}\n"},
        Options(files=FILES, match="any", runs=(RequiredRun(command=AUTH),)),
        [(f"no step runs `{AUTH}`", "jobs")],
    ),
}
