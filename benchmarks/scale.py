"""How archlint grows with a tree, beside ast-grep asked for one syntax pattern on the same files.

Copies the example monorepo side by side until the tree has the size asked for, checks the same value rule on it
with one and two workers, and runs the commands in turn, so that a machine that slows down slows all of them.
"""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).parent.parent
EXAMPLE = REPOSITORY / "fixtures" / "monorepo" / "before"
RULE = "rules: [{ id: devstudio-subject, value: { forbid: devstudio, at: [{ property: subjectMode }] } }]\n"
PATTERN = "{ subjectMode: 'devstudio' }"
ROUNDS = 5


def main(copies: Sequence[int] = (10, 40, 160)) -> None:
    """Print a table: one row a size, medians of the wall times in seconds, and the ratio to ast-grep's."""
    ast_grep = shutil.which("ast-grep", path=str(Path(sys.executable).parent)) or shutil.which("ast-grep")
    print(f"{'files':>7} {'MB':>6} {'1 worker':>9} {'2 workers':>10} {'ast-grep':>9} {'ratio':>6}")
    for count in copies:
        with TemporaryDirectory() as folder:
            print(row(_tree(Path(folder), count), ast_grep))


def row(root: Path, ast_grep: str | None) -> str:
    """One line of the table."""
    archlint = [sys.executable, "-m", "archlint", "check", "-q", "--root", str(root)]
    commands = {"1": [*archlint, "--jobs", "1"], "2": [*archlint, "--jobs", "2"]}
    if ast_grep:
        commands["peer"] = [ast_grep, "run", "--pattern", PATTERN, "--lang", "ts", str(root)]
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            seconds[name].append(_wall(command))
    median = {name: statistics.median(values) for name, values in seconds.items()}
    files = [path for path in root.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    peer = (
        f"{median['peer']:>9.2f} {median['2'] / median['peer']:>6.2f}"
        if "peer" in median
        else "        -      -"
    )
    return f"{len(files):>7} {size:>6.1f} {median['1']:>9.2f} {median['2']:>10.2f} {peer}"


def _tree(root: Path, count: int) -> Path:
    for number in range(count):
        shutil.copytree(EXAMPLE, root / f"copy-{number:04}", ignore=shutil.ignore_patterns(".gitignore"))
    (root / "archlint.toml").write_text('rules = ["rules.yml"]\n')
    (root / "rules.yml").write_text(RULE)
    return root


def _wall(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
