"""archlint beside its peers on the same questions: `make bench` writes the tables to benchmarks/RESULTS.md.

In each round every tool runs once, so that a machine that slows down slows all of them, and an answer is checked
before its time is compared: it must name every file with a breach and no other. Ratios are to the fastest peer that
is right, round by round. MB is the memory of a tool's largest process.
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

from benchmarks.monorepo import monorepo
from benchmarks.published import published
from benchmarks.tools import Tool, archlint, named, tools
from benchmarks.trees import PEERS, QUESTIONS, Tree

_RESULTS = Path(__file__).parent / "RESULTS.md"
_SETTLED_S = 4.0
_LARGE = 20_000


@dataclass(slots=True)
class Timed:
    """A tool's runs: wall time in seconds, and the memory of its largest process in MB."""

    tool: Tool
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0
    wrong: str = ""

    @property
    def median(self) -> float:
        """The middle of the times."""
        return statistics.median(self.seconds)


Growth = dict[tuple[str, str], dict[int, float]]  # by question and tool, and by number of files, the median


def main() -> None:
    """Measure each tree, and write what was found so far after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sections, growth = [_heading(options.rounds)], Growth()
    for size in (0, *options.sizes):
        with TemporaryDirectory(prefix="archlint-bench-") as folder:
            root = Path(folder).resolve()
            tree = monorepo(root, size) if size else published(root, PEERS / "node_modules")
            if tree is not None:
                sections += _sections(tree, options.rounds, growth)
        _RESULTS.write_text("\n".join([*sections, *_growth(growth)]))


def _heading(rounds: int) -> str:
    system = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return (
        f"# Measured\n\n{__doc__}\nOn {system}, Python {platform.python_version()}, {rounds} rounds"
        f" (2 for more than {_LARGE:,} files).\n"
    )


def _sections(tree: Tree, rounds: int, growth: Growth) -> Iterator[str]:
    time.sleep(_SETTLED_S)  # files younger than that are read again to be sure of them
    for question in QUESTIONS:
        if question not in tree.answers and question != "cycles":
            continue
        timed = [Timed(tool) for tool in tools(question, tree)]
        if all(each.tool.is_own for each in timed):
            continue
        answer = tree.answers.get(question) or _own_answer(question, tree)
        for _ in range(rounds if tree.files <= _LARGE else min(rounds, 2)):
            for each in timed:
                _run(each, tree, answer)
        if tree.title.endswith("generated files"):
            for each in timed:
                growth.setdefault((question, each.tool.name), {})[tree.files] = each.median
        section = "\n".join(
            (*_table(f"{tree.title}: {QUESTIONS[question]}", timed), _sameness(question, tree))
        )
        print(section, flush=True)
        yield section


def _own_answer(question: str, tree: Tree) -> frozenset[str]:
    """What archlint answers where nobody planted anything: the peers are held against it."""
    return named(_said(archlint(question, "--no-cache"), tree), tree)


def _said(command: Sequence[str], tree: Tree) -> str:
    return subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False).stdout


def _run(timed: Timed, tree: Tree, wanted: frozenset[str]) -> None:
    if timed.tool.removed_before:
        shutil.rmtree(tree.root / timed.tool.removed_before, ignore_errors=True)
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        with answer.open("wb") as stream:
            began = time.perf_counter()
            process = subprocess.Popen(timed.tool.command, cwd=tree.root, stdout=stream, stderr=stream)
            _, _, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = 0  # it is reaped: the answer says whether all went well
        found = named(answer.read_text(errors="replace"), tree)
    missed, more = len(wanted - found), len(found - wanted)
    if missed or (more and timed.tool.must_agree):
        timed.wrong = f"names {len(wanted) - missed} of {len(wanted)} files, and {more} others"
    timed.seconds.append(seconds)
    timed.memory = max(timed.memory, usage.ru_maxrss / 1024)


def _table(title: str, timed: Sequence[Timed]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| tool | median s | ratio | lowest | highest | MB |"
    yield "|---|---|---|---|---|---|"
    peers = [each for each in timed if not each.tool.is_own and not each.wrong]
    fastest = min(peers, key=lambda each: each.median, default=None)
    for each in timed:
        ratios = (
            [own / other for own, other in zip(each.seconds, fastest.seconds, strict=True)] if fastest else []
        )
        shown = [f"{pick(ratios):.2f}" if ratios else "" for pick in (statistics.median, min, max)]
        note = f" ({each.wrong})" if each.wrong else ""
        yield f"| {each.tool.name}{note} | {each.median:.2f} | {' | '.join(shown)} | {each.memory:.0f} |"
    yield ""


def _sameness(question: str, tree: Tree) -> str:
    """Whether one worker and eight, with and without what is known from before, report the same bytes."""
    reports = set[str]()
    for jobs in ("1", "8"):
        shutil.rmtree(tree.root / ".archlint_cache", ignore_errors=True)
        reports |= {_said(archlint(question, "--jobs", jobs), tree) for _ in ("cold", "warm")}
    same = "the same bytes" if len(reports) == 1 else f"{len(reports)} different reports"
    return f"archlint with 1 and 8 workers, cold and warm: {same}.\n"


def _growth(growth: Growth) -> Iterator[str]:
    sizes = sorted({size for medians in growth.values() for size in medians})
    if len(sizes) < 2:
        return
    yield "## Growth with size: milliseconds for 1,000 files\n"
    yield f"| question | tool | {' | '.join(f'{size:,} files' for size in sizes)} |"
    yield f"|---|---|{'---|' * len(sizes)}"
    for (question, tool), medians in growth.items():
        per_thousand = [f"{medians[size] / size * 1e6:.0f}" if size in medians else "" for size in sizes]
        yield f"| {question} | {tool} | {' | '.join(per_thousand)} |"
    yield ""


if __name__ == "__main__":
    main()
