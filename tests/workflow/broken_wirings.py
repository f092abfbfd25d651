"""Workflows that break a contract: how, the text, and what is told where."""

from tests.workflow.workflows import AUTH, PUBLIC, STEPS_OF_AUTH, STEPS_OF_PUBLIC, UPLOAD, shell, workflow

ABSENT = (f"no step runs `{AUTH}` or `pnpm test:parity:auth`", "jobs")
NOT_KEPT = ("no `actions/upload-artifact` step keeps 'artifacts/parity-*.json'", "jobs")
KEPT_AFTER_SUCCESS = (
    "'artifacts/parity-*.json' is not kept after a failure; the step needs `if: always()`",
    "actions/upload-artifact@v4",
)
SKIPS = {"auth": f"`{AUTH} --env dev`", "public": f"`{PUBLIC} --env dev`"}

BROKEN: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "the command is missing",
        workflow(auth=""),
        [ABSENT],
    ),
    (
        "the command is commented out",
        workflow(auth=shell(f"# {AUTH}\nls\n")),
        [ABSENT],
    ),
    (
        "the step is commented out",
        workflow(auth=f"# - run: {AUTH}\n"),
        [ABSENT],
    ),
    (
        "the command is only printed",
        workflow(auth=f'- run: echo "{AUTH}"\n'),
        [ABSENT],
    ),
    (
        "the command stands in a here-document",
        workflow(auth=shell(f"cat <<'EOF' > todo.sh\n{AUTH}\nEOF\n")),
        [ABSENT],
    ),
    (
        "the command is the step's name",
        workflow(auth=f"- name: {AUTH}\n  run: ls\n"),
        [ABSENT],
    ),
    (
        "the command is in the environment",
        workflow(auth=f"- env: {{ RUN: '{AUTH}' }}\n  run: ls\n"),
        [ABSENT],
    ),
    (
        "the text ends before the command",
        workflow(auth=shell(f"exit 0\n{AUTH}\n")),
        [ABSENT],
    ),
    (
        "another mode is run twice",
        workflow(auth=STEPS_OF_PUBLIC),
        [ABSENT],
    ),
    (
        "another script with a longer name is run",
        workflow(auth="- run: pnpm test:parity:auth:dry\n"),
        [ABSENT],
    ),
    (
        "the mode is only known at run time",
        workflow(auth="- run: node scripts/ci/parity.mjs --mode ${{ matrix.mode }}\n"),
        [ABSENT],
    ),
    (
        "the failure is swallowed",
        workflow(public=f"- run: {PUBLIC} || true\n"),
        [(f"`|| true` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the failure is printed away",
        workflow(public=shell(f"{PUBLIC} ||\n  echo 'parity failed'\n")),
        [(f"`|| echo 'parity failed'` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "another program decides instead",
        workflow(public=f"- run: {PUBLIC} || node scripts/notify.mjs\n"),
        [(f"`|| node scripts/notify.mjs` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the text ends well whatever happens",
        workflow(public=f"- run: {PUBLIC}; true\n"),
        [(f"`; true` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the shell goes on after failures",
        workflow(public=shell(f"set +e\n{PUBLIC}\necho done\n")),
        [(f"`set +e` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the output goes through a pipe",
        workflow(public=f"- run: {PUBLIC} | tee parity.log\n"),
        [(f"`| tee parity.log` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "a list ends in something that is not run",
        workflow(public=shell(f"{PUBLIC} && echo fine\nls\n")),
        [(f"`&& echo fine` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the command runs in the background",
        workflow(public=shell(f"{PUBLIC} &\nwait\n")),
        [(f"`&` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    (
        "another shell goes on after failures",
        workflow(public=shell(f"{PUBLIC}\nls\n") + "  shell: bash {0}\n"),
        [(f"`shell: bash {{0}}` hides the failure of `{PUBLIC}`", PUBLIC)],
    ),
    *(
        (
            f"the text is {language}'s",
            workflow(auth=f"- run: {AUTH}\n  shell: {language}\n"),
            [(f"{ABSENT[0]}; `shell: {language}` of step 2 is not understood (line 8)", "jobs")],
        )
        for language in ("pwsh", "powershell", "cmd", "python", "node {0}", "perl {0}", "pwsh -File {0}")
    ),
    (
        "the shell is only known at run time",
        workflow(auth=f"- run: {AUTH}\n  shell: ${{{{ matrix.shell }}}}\n"),
        [(f"{ABSENT[0]}; `shell: ${{{{ matrix.shell }}}}` of step 2 is not understood (line 8)", "jobs")],
    ),
    (
        "the shell decides whether to run it",
        workflow(public=shell(f'if [ -n "$TOKEN" ]; then\n  {PUBLIC}\nfi\n')),
        [(f"control flow of the shell can skip `{PUBLIC}`", PUBLIC)],
    ),
    (
        "the step may fail",
        workflow(auth=f"{STEPS_OF_AUTH}  continue-on-error: true\n"),
        [(f"`continue-on-error: true` lets {SKIPS['auth']} fail without failing the job", "true")],
    ),
    (
        "an expression says whether the step may fail",
        workflow(auth=f"{STEPS_OF_AUTH}  continue-on-error: ${{{{ matrix.experimental }}}}\n"),
        [
            (
                f"`continue-on-error: ${{{{ matrix.experimental }}}}` lets {SKIPS['auth']} fail without failing the job",
                "${{ matrix.experimental }}",
            )
        ],
    ),
    (
        "the job may fail",
        workflow(job="continue-on-error: true\n"),
        [
            (
                f"`continue-on-error: true` lets job `parity` fail, and {SKIPS['auth']} and {SKIPS['public']} in it",
                "true",
            )
        ],
    ),
    (
        "a condition can skip the step",
        workflow(auth=f"{STEPS_OF_AUTH}  if: github.ref == 'refs/heads/main'\n"),
        [
            (
                f"`if: github.ref == 'refs/heads/main'` can skip {SKIPS['auth']}",
                "github.ref == 'refs/heads/main'",
            )
        ],
    ),
    (
        "the step runs only after failures",
        workflow(auth=f"{STEPS_OF_AUTH}  if: failure()\n"),
        [(f"`if: failure()` can skip {SKIPS['auth']}", "failure()")],
    ),
    (
        "the step is switched off",
        workflow(auth=f"{STEPS_OF_AUTH}  if: false\n"),
        [(f"`if: false` can skip {SKIPS['auth']}", "false")],
    ),
    (
        "always, but only with a secret",
        workflow(auth=f"{STEPS_OF_AUTH}  if: always() && secrets.TOKEN != ''\n"),
        [
            (
                f"`if: always() && secrets.TOKEN != ''` can skip {SKIPS['auth']}",
                "always() && secrets.TOKEN != ''",
            )
        ],
    ),
    (
        "a condition can skip the job",
        workflow(job="if: ${{ vars.X }}\n"),
        [
            (
                f"`if: ${{{{ vars.X }}}}` can skip job `parity`, and {SKIPS['auth']} and {SKIPS['public']} in it",
                "${{ vars.X }}",
            )
        ],
    ),
    (
        "a condition can skip a job that it waits for",
        workflow(
            job="needs: [build]\n",
            more="build:\n  needs: plan\n  steps: []\nplan:\n  if: inputs.x\n  steps: []\n",
        ),
        [
            (
                f"`if: inputs.x` can skip job `plan`, and then `parity` with {SKIPS['auth']} and {SKIPS['public']}",
                "inputs.x",
            )
        ],
    ),
    (
        "both commands share a step",
        workflow(auth=shell(f"{AUTH}\n{PUBLIC}\n"), public=""),
        [(f"`{PUBLIC}` shares its step with `{AUTH}`", PUBLIC)],
    ),
    (
        "both commands are one line",
        workflow(auth=f"- run: {PUBLIC} && {AUTH}\n", public=""),
        [(f"`{AUTH}` shares its step with `{PUBLIC}`", AUTH)],
    ),
    (
        "the files are not kept",
        workflow(upload=""),
        [NOT_KEPT],
    ),
    (
        "other files are kept",
        workflow(upload=UPLOAD.replace("parity-*", "coverage-*")),
        [NOT_KEPT],
    ),
    (
        "the files are fetched, not kept",
        workflow(upload=UPLOAD.replace("upload", "download")),
        [NOT_KEPT],
    ),
    (
        "the files are left out of what is kept",
        workflow(upload=UPLOAD.replace("path: artifacts", "path: '!artifacts").replace(".json", ".json'")),
        [NOT_KEPT],
    ),
    (
        "the files are kept after success only",
        workflow(upload=UPLOAD.replace("- if: always()\n  uses", "- uses")),
        [KEPT_AFTER_SUCCESS],
    ),
    (
        "the files are kept after failures only",
        workflow(upload=UPLOAD.replace("always()", "failure()")),
        [KEPT_AFTER_SUCCESS],
    ),
    (
        "the files are kept always, under a condition",
        workflow(upload=UPLOAD.replace("always()", "always() && vars.KEEP")),
        [KEPT_AFTER_SUCCESS],
    ),
]
