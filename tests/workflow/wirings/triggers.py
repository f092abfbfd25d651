"""Events and their filters: what each lets through, and what it keeps out."""

from textwrap import dedent, indent

from archlint.kinds.workflow import Options, RequiredTrigger
from tests.workflow.wirings.trees import CI, FILES, Tree

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
}
