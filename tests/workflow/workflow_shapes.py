"""Workflows in the shapes that GitHub's documentation allows, and what each of them states.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from textwrap import dedent

Shape = tuple[str, tuple[str, ...], dict[str, tuple[str | None, ...]]]
"""The text, the events, and by job what each step runs or uses (None where only the run time knows the program)."""

JOB = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ls\n"
ONE: dict[str, tuple[str | None, ...]] = {"a": ("ls",)}


def text(written: str) -> str:
    return dedent(written).lstrip("\n")


def job(written: str, *, on: str = "push") -> str:
    """A workflow of one job ``a`` with these lines and one step."""
    lines = "".join(f"    {line}\n" for line in dedent(written).strip().splitlines())
    return f"on: {on}\njobs:\n  a:\n{lines}    steps:\n      - run: ls\n"


SHAPES: dict[str, Shape] = {
    "one event": (f"on: push\n{JOB}", ("push",), ONE),
    "a list of events": (f"on: [push, pull_request]\n{JOB}", ("push", "pull_request"), ONE),
    "a block list of events": (
        f"on:\n  - push\n  - workflow_dispatch\n{JOB}",
        ("push", "workflow_dispatch"),
        ONE,
    ),
    "events with filters": (
        text("""
            on:
              push:
                branches: [main, 'release/**', '!release/old']
                tags-ignore: ['v0.*']
                paths: ['api/**', '!**.md']
              pull_request:
                types: [opened, synchronize, reopened, ready_for_review]
              pull_request_target:
              schedule:
                - cron: '30 5 * * 1,3'
                - cron: '0 0 1 * *'
              workflow_run:
                workflows: [build]
                types: [completed]
            """)
        + JOB,
        ("push", "pull_request", "pull_request_target", "schedule", "workflow_run"),
        ONE,
    ),
    "on in quotes": (f'"on": push\n{JOB}', ("push",), ONE),
    "on in single quotes": (f"'on':\n  push: {{ branches: [main] }}\n{JOB}", ("push",), ONE),
    "inputs of a dispatch": (
        text("""
            on:
              workflow_dispatch:
                inputs:
                  level: { description: How much, type: choice, options: [low, high], default: low }
                  dry: { type: boolean, required: false }
                  where: { type: environment }
            run-name: Deploy by @${{ github.actor }} to ${{ inputs.where }}
            """)
        + JOB,
        ("workflow_dispatch",),
        ONE,
    ),
    "a workflow to call, with outputs": (
        text("""
            on:
              workflow_call:
                inputs:
                  mode: { type: string, default: auth }
                  retries: { type: number, default: 3 }
                outputs:
                  report:
                    description: Where it is
                    value: ${{ jobs.a.outputs.report }}
                secrets:
                  token: { required: true }
            jobs:
              a:
                runs-on: ubuntu-latest
                outputs:
                  report: ${{ steps.check.outputs.report }}
                steps:
                  - id: check
                    env: { TOKEN: "${{ secrets.token }}" }
                    run: |
                      node check.mjs --mode "${{ inputs.mode }}"
                      echo "report=out.json" >> "$GITHUB_OUTPUT"
            """),
        ("workflow_call",),
        {"a": ("node", "echo")},
    ),
}
