"""Values that make a command what it is: environments, matrices, variables of the text."""

from tests.workflow.wirings.trees import AUTH, CI, LIBRARY, MISSING, Broken, Tree, calls, ci, run

SOUND: dict[str, Tree] = {
    "working-directory by default": ci(
        "- run: node parity.mjs --mode auth\n", job="defaults: { run: { working-directory: scripts } }\n"
    ),
    "the workspace as a variable": run("node $GITHUB_WORKSPACE/scripts/parity.mjs --mode auth"),
    "the workspace as an expression": run("node ${{ github.workspace }}/scripts/parity.mjs --mode auth"),
    "env of the workflow": ci("- run: node scripts/parity.mjs --mode $MODE\n", head="env: { MODE: auth }\n"),
    "env of the job": ci('- run: node scripts/parity.mjs "--mode=${MODE}"\n', job="env: { MODE: auth }\n"),
    "env of the step": ci("- run: node scripts/parity.mjs --mode ${{ env.MODE }}\n  env: { MODE: auth }\n"),
    "a default in the shell": run("node scripts/parity.mjs --mode ${MODE:-auth}"),
    "a variable of the text": ci("- run: |\n    mode=auth\n    node scripts/parity.mjs --mode $mode\n"),
    "arguments in one variable": ci("- run: node scripts/parity.mjs $ARGS\n  env: { ARGS: --mode auth }\n"),
    "a matrix": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
        job="strategy: { matrix: { mode: [public, auth] } }\n",
    ),
    "a matrix of mappings": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.target.mode }}\n",
        job="strategy: { matrix: { target: [{ mode: auth }] } }\n",
    ),
    "a matrix that includes": ci(
        "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
        job="strategy: { matrix: { os: [a, b], mode: [public], include: [{ os: c, mode: auth }] } }\n",
    ),
    "a matrix in env": ci(
        "- run: node scripts/parity.mjs --mode $MODE\n",
        job="strategy: { matrix: { mode: [auth] } }\nenv: { MODE: '${{ matrix.mode }}' }\n",
    ),
    "an expression in a name": ci(f"- name: Parity ${{{{ matrix.mode }}}}\n  run: {AUTH}\n"),
    "an anchor": ci(
        "- run: ls\n  env: &env { MODE: auth }\n- run: node scripts/parity.mjs --mode $MODE\n  env: *env\n"
    ),
    "a merge key": ci(
        "- run: ls\n  env: &env { MODE: auth }\n- run: node scripts/parity.mjs --mode $MODE\n  env: { <<: *env }\n"
    ),
    "env of an earlier step": ci(
        '- run: echo "MODE=auth" >> "$GITHUB_ENV"\n- run: node scripts/parity.mjs --mode $MODE\n'
    ),
    "env of an earlier step with a value of the matrix": ci(
        "- run: |\n    ls\n    echo MODE=${{ matrix.mode }} >>$GITHUB_ENV\n"
        "- run: node scripts/parity.mjs --mode ${{ env.MODE }}\n",
        job="strategy: { matrix: { mode: [public, auth] } }\n",
    ),
    "env that an earlier step sets again": ci(
        "- run: printf 'MODE=auth\\n' >> ${GITHUB_ENV}\n- run: node scripts/parity.mjs --mode $MODE\n",
        job="env: { MODE: public }\n",
    ),
    "env of the step over that of an earlier one": ci(
        "- run: echo MODE=public >> $GITHUB_ENV\n"
        "- run: node scripts/parity.mjs --mode $MODE\n  env: { MODE: auth }\n"
    ),
}

BROKEN: list[Broken] = [
    (
        "the workflow's own env wins",
        ci(
            "- run: node scripts/parity.mjs --mode $MODE\n  env: { MODE: public }\n",
            head="env: { MODE: auth }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "the text sets the variable again",
        ci(
            "- run: |\n    MODE=public\n    node scripts/parity.mjs --mode $MODE\n",
            head="env: { MODE: auth }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "a secret is the mode",
        ci("- run: node scripts/parity.mjs --mode $MODE\n  env: { MODE: '${{ secrets.M }}' }\n"),
        [(MISSING, "jobs")],
    ),
    (
        "the matrix leaves it out",
        ci(
            "- run: node scripts/parity.mjs --mode ${{ matrix.mode }}\n",
            job="strategy: { matrix: { mode: [public, auth], exclude: [{ mode: auth }] } }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "env of a later step",
        ci("- run: node scripts/parity.mjs --mode $MODE\n- run: echo MODE=auth >> $GITHUB_ENV\n"),
        [(MISSING, "jobs")],
    ),
    (
        "env of an earlier step that may be skipped",
        ci(
            "- run: echo MODE=auth >> $GITHUB_ENV\n  if: inputs.auth\n"
            "- run: node scripts/parity.mjs --mode $MODE\n"
        ),
        [(MISSING, "jobs")],
    ),
    (
        "env that an earlier step may set",
        ci(
            "- run: if ls; then echo MODE=public >> $GITHUB_ENV; fi\n"
            "- run: node scripts/parity.mjs --mode $MODE\n",
            job="env: { MODE: auth }\n",
        ),
        [(MISSING, "jobs")],
    ),
    (
        "env that is printed to another file",
        ci("- run: echo MODE=auth >> $GITHUB_OUTPUT\n- run: node scripts/parity.mjs --mode $MODE\n"),
        [(MISSING, "jobs")],
    ),
    (
        "env of another job",
        {
            **LIBRARY,
            CI: calls(
                a="steps:\n  - run: echo MODE=auth >> $GITHUB_ENV\n",
                b="needs: a\nsteps:\n  - run: node scripts/parity.mjs --mode $MODE\n",
            ),
        },
        [(MISSING, "jobs")],
    ),
]
