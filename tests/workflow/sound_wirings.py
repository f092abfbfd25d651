"""Workflows that keep a contract although they look as if they did not."""

from tests.workflow.workflows import AUTH, PUBLIC, STEPS_OF_AUTH, STEPS_OF_PUBLIC, UPLOAD, shell, workflow

SOUND = {
    "more arguments": workflow(auth=f"- run: {AUTH} --env dev --verbose\n"),
    "arguments in another order": workflow(auth="- run: node scripts/ci/parity.mjs --env dev --mode auth\n"),
    "options before the file": workflow(
        auth="- run: node --enable-source-maps scripts/ci/parity.mjs --mode auth\n"
    ),
    "an option with an equals sign": workflow(auth="- run: node scripts/ci/parity.mjs --mode=auth\n"),
    "a path with a dot": workflow(auth="- run: node ./scripts/ci/parity.mjs --mode auth\n"),
    "quotes": workflow(auth="- run: node 'scripts/ci/parity.mjs' --mode \"auth\"\n"),
    "a variable before the command": workflow(auth=f"- run: TOKEN=x {AUTH}\n"),
    "env before the command": workflow(auth=f"- run: env TOKEN=x {AUTH}\n"),
    "time before the command": workflow(auth=f"- run: time {AUTH}\n"),
    "a time limit before the command": workflow(auth=f"- run: timeout 10m {AUTH}\n"),
    "sudo before the command": workflow(auth=f"- run: sudo -E {AUTH}\n"),
    "the package script": workflow(auth="- run: pnpm test:parity:auth\n"),
    "the package script with run": workflow(auth="- run: pnpm run test:parity:auth\n"),
    "the package script of a folder": workflow(auth="- run: pnpm -C tools run test:parity:auth\n"),
    "another folder": workflow(auth=f"- run: cd tools && {AUTH}\n"),
    "continuation lines": workflow(
        auth=shell("node scripts/ci/parity.mjs \\\n  --env dev \\\n  --mode auth\n")
    ),
    "a folded scalar": workflow(
        auth="- run: >-\n    node scripts/ci/parity.mjs\n    --env dev\n    --mode auth\n"
    ),
    "a quoted scalar": workflow(auth='- run: "node scripts/ci/parity.mjs --mode \\u0061uth"\n'),
    "a comment that softens": workflow(auth=f"- run: {AUTH} # || true\n"),
    "a text argument that softens": workflow(auth=f"- run: {AUTH} --note '|| true'\n"),
    "a step that softens something else": workflow(auth=shell(f"rm -rf out || true\n{AUTH}\n")),
    "another step that may fail": workflow(
        more="tell:\n  steps:\n  - run: ls\n    continue-on-error: true\n"
    ),
    "an explicit no": workflow(auth=f"{STEPS_OF_AUTH}  continue-on-error: false\n"),
    "a condition that always holds": workflow(public=f"{STEPS_OF_PUBLIC}  if: ${{{{ always() }}}}\n"),
    "the default condition": workflow(public=f"{STEPS_OF_PUBLIC}  if: success()\n"),
    "a condition on cancelling": workflow(public=f"{STEPS_OF_PUBLIC}  if: ${{{{ !cancelled() }}}}\n"),
    "an exit after the failure": workflow(auth=shell(f"{AUTH} || {{ echo 'see the log'; exit 1; }}\n")),
    "a test for the failure": workflow(
        auth=shell(f"if ! {AUTH}; then\n  echo 'see the log'\n  exit 1\nfi\n")
    ),
    "a retry": workflow(auth=f"- run: {AUTH} || {AUTH}\n"),
    "a kept status": workflow(auth=shell(f"set +e\n{AUTH}\ncode=$?\nset -e\nls\nexit $code\n")),
    "a pipe with pipefail": workflow(auth=shell(f"set -o pipefail\n{AUTH} | tee log\n")),
    "a pipe in explicit bash": workflow(auth=f"- run: {AUTH} | tee log\n  shell: bash\n"),
    "a pipe in default bash": workflow(auth=f"- run: {AUTH} | tee log\n").replace(
        "jobs:", "defaults: { run: { shell: bash } }\njobs:"
    ),
    "the last command of a lenient shell": workflow(auth=shell(f"ls\n{AUTH}\n") + "  shell: bash {0}\n"),
    "a step of another language beside it": workflow(
        auth=f"- run: Get-Item {AUTH}\n  shell: pwsh\n- run: {AUTH}\n"
    ),
    "bash on Windows": workflow(job="defaults: { run: { shell: bash } }\n").replace("ubuntu", "windows"),
    "softened once and not the second time": workflow(auth=f"- run: {AUTH} || true\n{STEPS_OF_AUTH}"),
    "sharing a step with other commands": workflow(auth=shell(f"pnpm install\n{AUTH}\nls\n")),
    "sharing a step once and not the second time": workflow(
        auth=shell(f"{AUTH}\n{PUBLIC}\n") + STEPS_OF_AUTH
    ),
    "expressions around the command": workflow(
        auth=f"- run: cd ${{{{ matrix.app }}}} && {AUTH} --x ${{{{ y }}}}\n"
    ),
    "a needed job without a condition": workflow(job="needs: build\n", more="build:\n  steps: []\n"),
    "a skippable needed job and a job that always runs": workflow(
        job="needs: build\nif: always()\n", more="build:\n  if: failure()\n  steps: []\n"
    ),
    "an alias": workflow(
        auth="- &auth\n  run: node scripts/ci/parity.mjs --mode auth\n", more="again:\n  steps:\n  - *auth\n"
    ),
    "a folder that is kept": workflow(upload=UPLOAD.replace("parity-*.json", "")),
    "a wider glob that is kept": workflow(upload=UPLOAD.replace("artifacts/parity-*.json", "'**/*.json'")),
    "one file that is kept": workflow(upload=UPLOAD.replace("parity-*", "parity-auth")),
    "several paths that are kept": workflow(
        upload=UPLOAD.replace(
            "path: artifacts/parity-*.json", "path: |\n      logs/\n      ./artifacts/parity-*.json"
        )
    ),
    "a workspace path that is kept": workflow(
        upload=UPLOAD.replace("path: artifacts", "path: ${{ github.workspace }}/artifacts")
    ),
    "an action pinned by its commit": workflow(
        upload=UPLOAD.replace("@v4", "@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4")
    ),
    "kept unless cancelled": workflow(upload=UPLOAD.replace("always()", "${{ !cancelled() }}")),
    "kept after failures by a second step": workflow(
        upload=UPLOAD.replace("- if: always()\n  uses", "- uses") + UPLOAD
    ),
}
