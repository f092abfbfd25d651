"""Builds trees of which CI runs something."""

import json
from textwrap import dedent, indent

CI = ".github/workflows/ci.yml"
AUTH = "node scripts/parity.mjs --mode auth"
RUN = f"- run: {AUTH}\n"
FILES = (".github/workflows/*.yml",)
MISSING = f"no step runs `{AUTH}`"
LIBRARY = {"scripts/parity.mjs": "", "package.json": json.dumps({"name": "root"})}

Tree = dict[str, str]
Broken = tuple[str, Tree, list[tuple[str, str]]]
"""What is wrong, the tree, and what is told where."""


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
