"""A run that is told to stop: it stops at once, tells only what is sure, and leaves nothing behind."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path

import pytest

from archlint.errors import ConfigError
from archlint.model import Report
from archlint.run import Request, run
from tests.adoption.repositories import commit, git, repository
from tests.commands import archlint
from tests.running.test_pool import ended
from tests.trees import FIXTURES, PACKS, check_tree, write_tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at through /proc")

BREACH = "open({ plan: 'legacy' });\n"
# Takes tree-sitter over half a minute.
GARBAGE = random.Random(1).randbytes(4_000_000).translate(bytes(number % 128 or 10 for number in range(256)))
SLOW = BREACH.encode() + GARBAGE
CONFIG = {
    "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n[limits]\nfile-seconds = 300\nparse-bytes = 5_000_000\nmemory-bytes = 4_000_000_000\n',
    "rules.yml": """
rules:
  - { id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }
  - { id: needs-words, text: { require: nowhere, per: rule } }
  - { id: cycles, acyclic: {} }
""",
}
PROMPT_S = 5.0
"""What a second may become on a machine that is busy with other tests."""
BUSY_S = 0.5


@contextmanager
def busy_run(root: Path, *options: str, command: str = "check") -> Iterator[subprocess.Popen[str]]:
    """A run whose one worker has been at work on a file for a while, after it was done with those before."""
    arguments = [sys.executable, "-m", "archlint", command, "--jobs", "1", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=root, stdout=pipe, stderr=pipe, text=True) as run:
        try:
            while run.poll() is None and max(map(cpu_seconds, children(run.pid)), default=0) < BUSY_S:
                time.sleep(0.01)
            yield run
        finally:
            run.kill()


def children(pid: int) -> list[int]:
    try:
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    except OSError:
        return []


def cpu_seconds(pid: int) -> float:
    try:
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_tells_what_it_found_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": BREACH, "slow.js": SLOW, "z.ts": BREACH})
    with busy_run(tmp_path, "--format", "json", "--report", "sarif=out/a.sarif") as run:
        workers = children(run.pid)
        began = time.monotonic()

        run.send_signal(number)
        stdout, stderr = run.communicate(timeout=60)

        seconds = time.monotonic() - began
    told = json.loads(stdout)

    assert run.returncode == code
    assert seconds < PROMPT_S
    assert [(each["place"]["path"], each["rule"]) for each in told["findings"]] == [("a.ts", "retired-plan")]
    assert [(each["place"]["path"], each["reason"]) for each in told["problems"]] == [(".", "interrupted")]
    assert (told["complete"], told["files"]["analysed"], told["files"]["notAnalysed"]) == (False, 2, 2)
    assert "the report holds what was found until then" in stderr
    assert json.loads((tmp_path / "out" / "a.sarif").read_text())["runs"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.sarif"]
    assert workers
    assert all(map(ended, workers))


def test_what_a_stopped_run_keeps_is_right(tmp_path: Path) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": BREACH, "slow.js": SLOW, "z.ts": BREACH})
    with busy_run(tmp_path) as run:
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    write_tree(tmp_path, {"slow.js": BREACH})

    kept, fresh = (
        archlint("check", "--format", "json", *options, cwd=tmp_path) for options in ((), ("--no-cache",))
    )

    assert kept.stdout == fresh.stdout
    assert len(json.loads(kept.stdout)["findings"]) == 4


def test_a_second_signal_ends_a_run_without_a_report(tmp_path: Path) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": BREACH, "slow.js": SLOW})
    with busy_run(tmp_path) as run:
        workers = children(run.pid)
        run.send_signal(signal.SIGINT)
        run.send_signal(signal.SIGTERM)
        stdout, stderr = run.communicate(timeout=60)

    assert (run.returncode, stdout) == (130, "")
    assert "nothing was reported" in stderr
    assert all(map(ended, workers))


@pytest.mark.parametrize("options", [("--since", "HEAD"), ("--gate", "HEAD"), ("--staged",)])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_git_is_left_behind(tmp_path: Path, options: tuple[str, ...], number: signal.Signals) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, {**CONFIG, "a.ts": BREACH, "slow.js": SLOW})
    write_tree(tmp_path, {"b.ts": BREACH})
    with busy_run(tmp_path, *options, "--format", "json") as run:
        below = children(run.pid)
        below += [each for child in below for each in children(child)]

        run.send_signal(number)
        stdout, _ = run.communicate(timeout=60)

    assert below
    assert all(map(ended, below))
    if number == signal.SIGINT:
        found = {each["place"]["path"] for each in json.loads(stdout)["findings"]}
        assert found == {"--since": set(), "--gate": {"a.ts", "b.ts"}, "--staged": {"a.ts"}}[options[0]]


@pytest.mark.parametrize("options", [{"since": "HEAD"}, {"gate": "HEAD"}, {"staged": True}])
@pytest.mark.parametrize("rules", [CONFIG["rules.yml"], "{"], ids=["judged", "refused"])
def test_a_run_that_ends_leaves_no_git_behind(
    tmp_path: Path, options: dict[str, str | bool], rules: str
) -> None:
    root = repository(tmp_path, {**CONFIG, "rules.yml": rules, "a.ts": BREACH})
    write_tree(root, {"b.ts": BREACH})
    before = children(os.getpid())

    with pytest.raises(ConfigError) if rules == "{" else nullcontext():
        run(Request(cwd=root, **options))  # type: ignore[arg-type]

    assert children(os.getpid()) == before


@pytest.mark.parametrize("command", ["fix", "baseline"])
def test_a_command_that_writes_is_stopped_before_it_writes(tmp_path: Path, command: str) -> None:
    said = "a(); // archlint: allow retired-plan -- why\n"
    write_tree(tmp_path, {**CONFIG, "a.ts": said, "slow.js": SLOW})
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with busy_run(tmp_path, command=command) as run:
        run.send_signal(signal.SIGINT)
        _, stderr = run.communicate(timeout=60)

    assert run.returncode == 130
    assert "interrupted; nothing was reported" in stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_ctrl_c_before_anything_runs_is_no_traceback(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'archlint.cli.app': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from archlint.cli import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (-signal.SIGINT, "")


def told(report: Report) -> set[tuple[str, str]]:
    return {(finding.rule, finding.fingerprint) for finding in report.findings}


@pytest.mark.parametrize("pack", [pytest.param("clickeen", marks=pytest.mark.slow), "recommended"])
def test_wherever_a_run_is_stopped_it_finds_nothing_that_a_whole_run_does_not(
    tmp_path: Path, pack: str
) -> None:
    root = shutil.copytree(FIXTURES / "monorepo" / "before", tmp_path / "root")
    config = PACKS / pack / "archlint.toml"
    if not config.exists():
        config = write_tree(tmp_path, {"archlint.toml": f'packs = ["{pack}"]\n'}) / "archlint.toml"
    whole = check_tree(root, config=config, jobs=1)
    sizes = set()
    for patience in range(0, 200, 9):
        ticks = count()

        part = check_tree(root, config=config, jobs=1, stopping=lambda: next(ticks) >= patience)  # noqa: B023

        sizes.add(len(part.findings))
        assert told(part) <= told(whole)
        assert part.ledger.total == whole.ledger.total
        assert part.complete is (part.problems == whole.problems and whole.complete)
    assert 0 in sizes
    assert len(sizes) > 1 or not whole.findings
