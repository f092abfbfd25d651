"""What must run after or before something, in which job, and together with what."""

from textwrap import indent

from archlint.kinds.workflow import Options, RequiredRun, RequiredTrigger, RequiredUpload, Steps
from tests.workflow.wirings.reused import CALLED, REUSED
from tests.workflow.wirings.trees import AUTH, CI, FILES, LIBRARY, RUN, Tree, calls, ci, package

ORDERED = Options(files=FILES, runs=(RequiredRun(command=AUTH, after="pnpm install"),))
GUARDED = Options(
    files=FILES, runs=(RequiredRun(command=AUTH, blocking=True, before=Steps(uses="*/deploy@*")),)
)
GUARDED_COMMAND = Options(
    files=FILES, runs=(RequiredRun(command=AUTH, before=Steps(command="wrangler deploy")),)
)
SHIPPING = Steps(
    uses="acme/wrangler@*",
    given={"command": ("", "*deploy*")},
    command="wrangler deploy",
    ignores="wrangler --dry-run",
)
SHIPPED = Options(
    files=FILES, which=SHIPPING, runs=(RequiredRun(command=AUTH, blocking=True, before=SHIPPING),)
)
EXACT = Options(files=FILES, runs=(RequiredRun(command=(AUTH, "pnpm parity"), exact=True),))
ON_PULL = Options(
    files=FILES,
    triggers={"pull_request": RequiredTrigger()},
    runs=(RequiredRun(command=AUTH, blocking=True),),
)
IN_GATES = Options(files=FILES, runs=(RequiredRun(command=AUTH, job="*gate*"),))
KEPT = Options(files=FILES, uploads=(RequiredUpload(path="out/*.json", after=AUTH),))

INSTALL = "- run: pnpm install\n"
DEPLOY = "- name: Ship\n  uses: acme/deploy@v1\n"
KEEP = "- uses: actions/upload-artifact@v4\n  with: { path: out/*.json }\n"


def jobs(**jobs: str) -> Tree:
    return {**LIBRARY, CI: calls(**jobs)}


def steps(text: str) -> str:
    return f"steps:\n{indent(text, '  ')}"


def on_both(job: str) -> Tree:
    return {path: text.replace("on: push", "on: [push, pull_request]") for path, text in jobs(a=job).items()}


SOUND: dict[str, tuple[Tree, Options]] = {
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
    "a workflow that does not deploy": (ci("- run: ls\n"), SHIPPED),
    "a workflow that only tries to deploy": (ci("- run: npx wrangler deploy --dry-run\n"), SHIPPED),
    "an action that is told to do something else": (
        ci("- uses: acme/wrangler@v3\n  with: { command: tail }\n"),
        SHIPPED,
    ),
    "a word like deploy": (ci("- run: wrangler deployments list # wrangler deploy\n"), SHIPPED),
    "deployed after by an action": (
        ci(RUN + "- uses: acme/wrangler@v3\n  with: { command: pages deploy }\n"),
        SHIPPED,
    ),
    "deployed in a matrix after a matrix": (
        jobs(
            b="needs: a\nstrategy: { matrix: { app: [x, y] } }\n" + steps("- run: wrangler deploy\n"),
            a="strategy: { matrix: { mode: [public, auth] } }\n"
            + steps("- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n"),
        ),
        SHIPPED,
    ),
    "deployed by a target of make that requires the gate": (
        ci("- run: make ship\n") | {"Makefile": f"ship: gate\n\twrangler deploy\ngate:\n\t{AUTH}\n"},
        SHIPPED,
    ),
    "deployed at the end of one script": (
        ci("- run: pnpm ship\n") | {"package.json": package(ship=f"{AUTH} && wrangler deploy")},
        SHIPPED,
    ),
    "a deploy before, and the gate before that": (
        ci(RUN + "- run: wrangler deploy\n" + RUN),
        SHIPPED,
    ),
    "exactly the command": (ci("- run: node --mode=auth ./scripts/parity.mjs\n"), EXACT),
    "exactly the command behind a wrapper": (ci(f"- run: CI=1 timeout 9m {AUTH}\n"), EXACT),
    "exactly the command, once": (ci(f"- run: {AUTH} --dry-run\n{RUN}"), EXACT),
    "exactly the script, which runs more": (
        ci("- run: pnpm run parity\n") | {"package.json": package(parity=f"{AUTH} --verbose")},
        EXACT,
    ),
    **{
        f"a condition that the event keeps: {condition}": (
            on_both(f"if: {condition}\n" + steps(RUN)),
            ON_PULL,
        )
        for condition in (
            "github.event_name == 'pull_request'",
            "${{ github.event_name != 'push' && always() }}",
            "github.event_name == 'push' || github.event_name == 'pull_request'",
            "success() && github.event_name=='pull_request'",
        )
    },
    "the job has the id": (jobs(parity_gate=steps(RUN)), IN_GATES),
    "the job has the name": (jobs(a="name: All gates\n" + steps(RUN)), IN_GATES),
    "kept after": (ci(RUN + KEEP), KEPT),
    "one of several paths is kept": (
        ci(RUN + "- uses: actions/upload-artifact@v4\n  with: { path: '${{ runner.temp }}/out.json' }\n"),
        Options(files=FILES, uploads=(RequiredUpload(path=("out/*.json", "**/out.json")),)),
    ),
    "one of several workflows": (
        {**ci(RUN), ".github/workflows/b.yml": "on: push\njobs: {}\n"},
        Options(files=FILES, match="any", runs=(RequiredRun(command=AUTH),)),
    ),
}

BROKEN: dict[str, tuple[Tree, Options, list[tuple[str, str]]]] = {
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
    "deployed and never checked": (
        ci("- run: npx wrangler deploy --env dev\n"),
        SHIPPED,
        [
            (
                f"step 1 (`npx wrangler deploy --env dev`) runs, and no step runs `{AUTH}` before it",
                "npx wrangler deploy --env dev",
            )
        ],
    ),
    "deployed by an action and never checked": (
        ci("- uses: acme/wrangler@v3\n"),
        SHIPPED,
        [
            (
                f"step 1 (`uses: acme/wrangler@v3`) runs, and no step runs `{AUTH}` before it",
                "acme/wrangler@v3",
            )
        ],
    ),
    "deployed by a hook of the script": (
        ci("- run: pnpm ship\n") | {"package.json": package(ship=AUTH, preship="wrangler deploy")},
        SHIPPED,
        [(f"step 1 (`wrangler deploy`) runs before step 1 (`{AUTH}`)", "pnpm ship")],
    ),
    "deployed after a gate that may fail": (
        ci(f"- run: {AUTH} || true\n- run: wrangler deploy\n"),
        SHIPPED,
        [(f"`|| true` hides the failure of `{AUTH}`", AUTH)],
    ),
    "more than the command": (
        ci(f"- run: {AUTH} --dry-run\n"),
        EXACT,
        [
            (
                f"`{AUTH} --dry-run` has more arguments than `{AUTH}`, which allows no others",
                f"{AUTH} --dry-run",
            )
        ],
    ),
    "more than the script": (
        ci("- run: pnpm parity --dry-run\n") | {"package.json": package(parity=AUTH)},
        EXACT,
        [
            (
                f"`{AUTH} --dry-run` has more arguments than `{AUTH}`, which allows no others",
                f"package.json: {AUTH}",
            )
        ],
    ),
    **{
        f"a condition that the event does not keep: {condition}": (
            on_both(f"if: {condition}\n" + steps(RUN)),
            ON_PULL,
            [(f"`if: {condition}` can skip job `a`, and `{AUTH}` in it", condition)],
        )
        for condition in (
            "github.event_name == 'push'",
            "github.event_name != 'pull_request'",
            "github.event_name == 'pull_request' && github.ref != 'x'",
            "github.event_name == 'pull_request' && (github.ref || github.event_name == 'push')",
        )
    },
    "a condition on the event where every event counts": (
        on_both("if: github.event_name == 'pull_request'\n" + steps(RUN)),
        Options(files=FILES, runs=ON_PULL.runs),
        [
            (
                f"`if: github.event_name == 'pull_request'` can skip job `a`, and `{AUTH}` in it",
                "github.event_name == 'pull_request'",
            )
        ],
    ),
    "in another job": (
        jobs(build=steps(RUN)),
        IN_GATES,
        [(f"job `build` runs `{AUTH}`, and not one called '*gate*'", AUTH)],
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
