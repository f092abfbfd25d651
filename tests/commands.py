"""The command as a user's shell runs it, and the smallest tree it has something to say of."""

import os
import subprocess
import sys
from pathlib import Path

from tests.forking import server
from tests.trees import write_tree

RULE = """
rules:
  - id: retired-plan
    severity: {severity}
    why: The plan is gone.
    fix: Use plan standard.
    value: {{ forbid: legacy, at: [{{ property: plan }}] }}
"""
BREACH = "open({ plan: 'legacy' });\n"


def archlint(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user's shell does; no terminal on either end.

    It begins with all of it imported, unless a variable is given that Python or a library may look at when it begins.
    """
    surroundings = {**os.environ, "COLUMNS": "100", **environment}
    if not server().serves(surroundings):
        return process(*arguments, cwd=cwd, **environment)
    run = server().run([*map(str, arguments)], cwd, surroundings)
    assert "Traceback" not in run.stdout + run.stderr
    return run


def process(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a Python of its own, where how it starts may matter."""
    run = subprocess.run(
        [sys.executable, "-m", "archlint", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in run.stdout + run.stderr
    return run


def tree(root: Path, files: dict[str, str | bytes], severity: str = "error") -> Path:
    """A tree with these files and one rule, which ``BREACH`` breaks."""
    config: dict[str, str | bytes] = {
        "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n',
        "rules.yml": RULE.format(severity=severity),
    }
    return write_tree(root, {**config, **files})
