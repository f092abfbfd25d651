"""Whatever happens to a cache, or to a run that writes it: the next report is that of a run without one."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running.test_cache import BREACH, CLEAN, MANY, fresh, rendered, tree, warm
from tests.trees import check_tree, write_tree

# What a run does that a power cut, a full disk or `kill -9` may come between.
CALLS = "pwrite64,write,fsync,fdatasync,rename,link,unlink,ftruncate,mkdir,rmdir"
POINTS = 50
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace says when a run is killed")


def start(root: Path, *before: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    arguments = [*before, sys.executable, "-B", "-m", "archlint", "check", "--jobs", "1", "--format", "json"]
    return subprocess.Popen(arguments, cwd=root, stdout=pipe, stderr=pipe, text=True)


def killed_at(number: int) -> tuple[str, ...]:
    return ("strace", "-qq", "-o", "/dev/null", "-e", f"inject={CALLS}:signal=KILL:when={number}")


def calls_of_a_run(root: Path, log: Path) -> int:
    with start(root, "strace", "-qq", "-o", str(log), "-e", f"trace={CALLS}") as run:
        run.communicate(timeout=60)
    return len(log.read_text().splitlines())


@needs_strace
@pytest.mark.slow
def test_a_run_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", MANY)
    last = calls_of_a_run(root, tmp_path / "log")
    assert last > POINTS
    chance = random.Random(11)
    for turn, number in enumerate(chance.sample(range(1, last + 1), POINTS)):
        if turn % 3 == 0:  # from nothing, else onto what is there
            shutil.rmtree(root / ".archlint_cache", ignore_errors=True)
        write_tree(root, {f"src/{turn % len(MANY)}.ts": f"{chance.choice([BREACH, CLEAN])}// {turn}\n"})

        with start(root, *killed_at(number)) as run:
            run.communicate(timeout=60)

        report = warm(root)
        assert rendered(report) == fresh(root), (turn, number)
        assert not report.notices


@needs_strace
@pytest.mark.slow
def test_sixteen_runs_side_by_side_of_which_half_are_killed(tmp_path: Path) -> None:
    root = tree(tmp_path, MANY)
    chance = random.Random(12)
    befores = [killed_at(chance.randrange(5, 60)) if number % 2 else () for number in range(16)]

    runs = [start(root, *before) for before in befores]
    outputs = [run.communicate(timeout=180)[0] for run in runs]

    told = {
        output
        for run, output in zip(runs, outputs, strict=True)
        if run.returncode not in (-signal.SIGKILL, 137)
    }
    assert len(told) == 1
    assert rendered(warm(root)) == fresh(root)
    assert not warm(root).notices


def foreign_layout(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA user_version = 99")


def foreign_version(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE segments SET book = x'00112233'")


def swapped(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT id, payload, digest FROM segments ORDER BY id").fetchall()
    for (number, _, _), (_, payload, digest) in zip(rows, [*rows[1:], rows[0]], strict=True):
        connection.execute(
            "UPDATE segments SET payload = ?, digest = ? WHERE id = ?", (payload, digest, number)
        )


def no_table(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE segments")


def other_columns(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE segments")
    connection.execute("CREATE TABLE segments (id INTEGER PRIMARY KEY, payload TEXT)")


def huge_numbers(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE segments SET day = 9223372036854775807, payload = zeroblob(1000)")


@pytest.mark.parametrize(
    "change", [foreign_layout, foreign_version, swapped, no_table, other_columns, huge_numbers]
)
def test_a_cache_that_holds_something_else_is_not_believed(
    tmp_path: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    tree(tmp_path, MANY)
    warm(tmp_path)
    path = tmp_path / ".archlint_cache" / "facts.sqlite"
    with sqlite3.connect(path) as connection:
        change(connection)
    connection.close()

    first, second, third = (warm(tmp_path) for _ in range(3))

    assert first.findings == second.findings
    assert rendered(second) == fresh(tmp_path)
    assert third.files["parsed"] == 0


@pytest.mark.parametrize("kept", [0, 1, 100, 4_096, 10_000, -1])
def test_a_cache_that_is_cut_short_is_not_believed(tmp_path: Path, kept: int) -> None:
    tree(tmp_path, MANY)
    warm(tmp_path)
    path = tmp_path / ".archlint_cache" / "facts.sqlite"
    path.write_bytes(path.read_bytes()[:kept])
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)

    reports = [warm(tmp_path), warm(tmp_path)]

    assert {rendered(report)[1] for report in reports} == {fresh(tmp_path)[1]}


def test_a_pickle_in_place_of_a_cache_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    pickle = f"cos\nsystem\n(S'touch {marker}'\ntR.".encode()
    root = tree(tmp_path / "root", {"a.ts": BREACH})
    for name in ("facts.sqlite", "rules.msgpack"):
        write_tree(root, {f".archlint_cache/{name}": pickle})

        assert rendered(warm(root))[1] == fresh(root)[1]
    assert not marker.exists()


@contextmanager
def disk(place: Path, options: str) -> Iterator[None]:
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("filled", [False, True])
def test_a_cache_that_can_only_be_read_is_one_notice(tmp_path: Path, filled: bool) -> None:  # noqa: FBT001
    tree(tmp_path, MANY)
    with disk(tmp_path / ".archlint_cache", "size=4m"):
        if filled:
            warm(tmp_path)
            write_tree(tmp_path, {"src/0.ts": CLEAN})
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / ".archlint_cache")], check=True)

        report = warm(tmp_path)

    assert report.findings == check_tree(tmp_path).findings
    assert report.exit_code == 1
    assert len(report.notices) == 1
    assert "cannot be used" in report.notices[0]


@pytest.mark.parametrize("kilobytes", [4, 16, 64])
def test_a_cache_on_a_full_disk_is_one_notice(tmp_path: Path, kilobytes: int) -> None:
    tree(tmp_path, MANY | {f"src/{number}.ts": f"{BREACH}// {number}\n" * 40 for number in range(40)})
    with disk(tmp_path / ".archlint_cache", f"size={kilobytes}k"), start(tmp_path) as run:
        stdout, stderr = run.communicate(timeout=60)
        report = json.loads(stdout)

    assert run.returncode == 1
    assert len(report["findings"]) == 40 * 40
    assert stderr == ""
    assert len(report["notices"]) == 1


def test_no_home_is_needed(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    environment = {
        name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")
    }
    command = [sys.executable, "-m", "archlint", "check", "--format", "json"]

    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert (run.returncode, run.stderr) == (1, "")
    assert json.loads(run.stdout)["notices"] == []
