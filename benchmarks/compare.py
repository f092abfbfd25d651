"""archlint beside its peers on the same questions: `make bench` writes the table to benchmarks/RESULTS.md.

The tools run in turn, so that a machine that slows down slows all of them, and their answers are checked before
their times are compared: each must name every file with a breach and no other.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.monorepo import Monorepo, monorepo
from benchmarks.tools import Tool, named, tools

_RESULTS = Path(__file__).parent / "RESULTS.md"
_QUESTIONS = {
    "values": "Which files give property `subjectMode` the constant `devstudio`?",
    "cycles": "Which files are part of an import cycle?",
}
_SETTLED_S = 4.0


@dataclass(slots=True)
class Timed:
    """A tool's runs: wall time in seconds, and the memory of its largest process in MB."""

    tool: Tool
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0
    wrong: str = ""


def main() -> None:
    """Write a section for each size and question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sections = [section for size in options.sizes for section in _sized(size, options.rounds)]
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    intro = f"# Measured\n\n{__doc__ or ''}\nOn {machine}; ratios are to the fastest peer's median.\n"
    _RESULTS.write_text("\n".join([intro, *sections]))


def _sized(size: int, rounds: int) -> Iterator[str]:
    with TemporaryDirectory(prefix="archlint-bench-") as folder:
        repo = monorepo(Path(folder), size)
        time.sleep(_SETTLED_S)  # files younger than that are read again to be sure of them
        for question, text in _QUESTIONS.items():
            wanted = repo.breaches if question == "values" else repo.cycles
            timed = [Timed(tool) for tool in tools(question, repo)]
            for _ in range(rounds if size <= 10_000 else min(rounds, 2)):
                for each in timed:
                    _run(each, repo, wanted)
            section = "\n".join(_table(f"{size:,} files: {text}", timed))
            print(section, flush=True)
            yield section


def _run(timed: Timed, repo: Monorepo, wanted: frozenset[str]) -> None:
    if timed.tool.removed_before:
        shutil.rmtree(repo.root / timed.tool.removed_before, ignore_errors=True)
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        with answer.open("wb") as stream:
            began = time.perf_counter()
            process = subprocess.Popen(timed.tool.command, cwd=repo.root, stdout=stream, stderr=stream)
            _, _, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = 0  # it is reaped: the answer says whether all went well
        found = named(answer.read_text(errors="replace"))
    if found != wanted:
        timed.wrong = f"names {len(found & wanted)} of {len(wanted)} files, and {len(found - wanted)} others"
    timed.seconds.append(seconds)
    timed.memory = max(timed.memory, usage.ru_maxrss / 1024)


def _table(title: str, timed: Sequence[Timed]) -> Iterator[str]:
    peers = [each for each in timed if not each.tool.name.startswith("archlint") and not each.wrong]
    fastest = min((statistics.median(each.seconds) for each in peers), default=0.0)
    yield from (
        f"## {title}",
        "",
        "| tool | median s | min | max | ratio | MB |",
        "|---|---|---|---|---|---|",
    )
    for each in timed:
        median = statistics.median(each.seconds)
        ratio = f"{median / fastest:.2f}" if fastest else "-"
        told = f"wrong: {each.wrong}" if each.wrong else ratio
        spread = f"{min(each.seconds):.2f} | {max(each.seconds):.2f}"
        yield f"| {each.tool.name} | {median:.2f} | {spread} | {told} | {each.memory:.0f} |"
    yield ""


if __name__ == "__main__":
    main()
