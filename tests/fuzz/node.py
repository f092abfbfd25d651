"""What Node makes of the literals of JavaScript: one process that answers line by line. Nothing where there is none."""

import json
import resource
import shutil
import subprocess
from functools import cache

_ANSWERS = """
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  let answer = null;
  try { answer = (0, eval)('(' + JSON.parse(line) + ')'); } catch {}
  process.stdout.write(JSON.stringify(typeof answer === 'string' ? answer : null) + '\\n');
});
"""


def meaning(literal: str) -> str | None:
    """The text that a literal means; None where Node refuses it, or is not there. It must be a literal: it is run."""
    process = _node()
    if process is None or process.stdin is None or process.stdout is None:
        return None
    process.stdin.write(json.dumps(literal) + "\n")
    process.stdin.flush()
    answer: str | None = json.loads(process.stdout.readline())
    return answer


@cache
def _node() -> subprocess.Popen[str] | None:
    program = shutil.which("node")
    if program is None:
        return None
    return subprocess.Popen(
        [program, "-e", _ANSWERS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_unbounded,  # noqa: PLW1509 -- no threads here
    )


def _unbounded() -> None:
    """Node reserves more address space than a fuzzing process may have."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
