import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archlint.facts import ConstantDemand
from archlint.gather import gather
from archlint.languages import trees
from archlint.model import Outcome, Problem, Reason, Scope
from archlint.source import Source
from archlint.workers.pool import Workers
from archlint.workers.work import WorkerError
from tests.running.workers import MEASURE, USUAL, ask, limits, read_as
from tests.trees import write_tree

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="workers are forked and looked at through /proc"
)

CRASHING_YAML = "- " * 254 + "x"
MEGABYTE = 1_048_576
GOOD = {f"{number}.ts": f"const a = {number}\n" for number in range(60)}


def parse_yaml(source: Source) -> None:
    """The real parser, without the guards of the real language."""
    trees.parse("yaml", source.data)


def die(_: Source) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def problem_of(root: Path, path: str, **changes: float) -> Problem:
    """The problem of one file among good ones, all of which have been read all the same."""
    write_tree(root, GOOD)

    facts = ask(root, path, *GOOD, limits=limits(**changes)).facts

    assert [each for each in facts if facts[each].outcome is not Outcome.ANALYSED] == [path]
    (problem,) = facts[path].problems
    return problem


def ended(pid: int) -> bool:
    """Whether a process ends within ten seconds."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor):
        return bool(select.select([descriptor], [], [], 10)[0])


def test_a_file_that_crashes_the_parser_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, ".yaml-raw", parse_yaml)
    write_tree(tmp_path, {"30.yaml-raw": CRASHING_YAML})

    problem = problem_of(tmp_path, "30.yaml-raw")

    assert (problem.reason, problem.message) == (Reason.CRASH, "the process that read it died (SIGSEGV)")


def test_many_files_that_crash_the_parser_cost_only_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, ".yaml-raw", parse_yaml)
    write_tree(tmp_path, {**{f"{n}.yaml-raw": CRASHING_YAML for n in range(40)}, "z.ts": ""})

    facts = ask(tmp_path).facts

    assert [path for path in facts if facts[path].outcome is Outcome.ANALYSED] == ["z.ts"]


def test_a_file_that_takes_too_long_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage = random.Random(1).randbytes(4_000_000).translate(bytes(n % 128 or 10 for n in range(256)))
    read_as(monkeypatch, ".js-raw", lambda source: trees.parse("javascript", source.data) and None)
    write_tree(tmp_path, {"30.js-raw": garbage})

    problem = problem_of(tmp_path, "30.js-raw", file_seconds=1, parse_bytes=5_000_000)

    assert problem.reason is Reason.TIMEOUT
    assert problem.message == "not done after 1 s; see [limits] file-seconds"


def test_a_file_that_takes_too_much_memory_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, ".yaml-raw", parse_yaml)
    write_tree(tmp_path, {"30.yaml-raw": "[" * MEGABYTE})

    problem = problem_of(tmp_path, "30.yaml-raw", memory_bytes=200 * MEGABYTE)

    assert problem.reason is Reason.MEMORY


def test_memory_left_over_from_one_file_is_not_held_against_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoard: list[bytes] = []
    read_as(monkeypatch, ".big", lambda _: hoard.append(os.urandom(40 * MEGABYTE)))
    write_tree(tmp_path, {f"{number}.big": "" for number in range(6)})

    facts = ask(tmp_path, limits=limits(memory_bytes=100 * MEGABYTE), jobs=1).facts

    assert {each.outcome for each in facts.values()} == {Outcome.ANALYSED}


def test_a_file_nested_too_deep_for_python_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, ".deep", lambda source: json.loads(source.data))
    write_tree(tmp_path, {"30.deep": "[" * 100_000})

    assert problem_of(tmp_path, "30.deep").reason is Reason.DEPTH_LIMIT


def test_a_mistake_of_ours_stops_the_run_and_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Source) -> None:
        raise KeyError("the mistake")

    read_as(monkeypatch, ".broken", fail)
    write_tree(tmp_path, {**GOOD, "30.broken": ""})

    with Workers(tmp_path, USUAL, jobs=2) as workers:
        with pytest.raises(WorkerError, match=r"30\.broken") as raised:
            gather(workers, dict.fromkeys([*GOOD, "30.broken"], MEASURE))
        pids = workers.pids
        assert gather(workers, dict.fromkeys(GOOD, MEASURE)).facts.keys() == GOOD.keys()

    assert "KeyError: 'the mistake'" in raised.value.__notes__[0]
    assert all(map(ended, pids))


@pytest.mark.slow
def test_time_for_which_the_whole_run_is_stopped_is_not_held_against_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = ["sh", "-c", "kill -STOP $0; sleep 3; kill -CONT $0", str(os.getpid())]

    def stop_the_run(_: Source) -> None:
        subprocess.run(script, check=True)

    read_as(monkeypatch, ".stop", stop_the_run)
    write_tree(tmp_path, {"30.stop": ""})

    facts = ask(tmp_path, limits=limits(file_seconds=1)).facts

    assert facts["30.stop"].outcome is Outcome.ANALYSED


@contextmanager
def killer(folder: Path, times: int) -> Iterator[Callable[[Source], None]]:
    """A reader that stands still, and another process that kills each worker it stands still in."""
    fifo = folder / "pids"
    os.mkfifo(fifo)

    def stand_still(_: Source) -> None:
        if times > 1 or not (folder / "struck").exists():
            (folder / "struck").touch()
            fifo.write_text(f"{os.getpid()}\n")
            signal.pause()

    script = 'exec 3<>"$1"; for _ in $2; do read pid <&3; kill -9 "$pid"; done'
    with subprocess.Popen(["sh", "-c", script, "sh", str(fifo), "x " * times]) as process:
        yield stand_still
    assert process.returncode == 0


def test_a_file_whose_worker_is_killed_from_outside_is_read_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {**GOOD, "30.still": ""})
    with killer(tmp_path_factory.mktemp("killer"), times=1) as stand_still:
        read_as(monkeypatch, ".still", stand_still)

        facts = ask(tmp_path).facts

    assert len(facts) == len(GOOD) + 1
    assert {each.outcome for each in facts.values()} == {Outcome.ANALYSED}


def test_a_file_whose_worker_is_killed_twice_is_given_up(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"30.still": ""})
    with killer(tmp_path_factory.mktemp("killer"), times=2) as stand_still:
        read_as(monkeypatch, ".still", stand_still)

        problem = problem_of(tmp_path, "30.still")

    assert (problem.reason, problem.message) == (Reason.CRASH, "the process that read it died (SIGKILL)")


def test_a_machine_that_kills_every_worker_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_as(monkeypatch, ".die", die)
    write_tree(tmp_path, {f"{number}.die": "" for number in range(100)})

    with pytest.raises(WorkerError, match="21 workers in a row died without reading a file"):
        ask(tmp_path)


def test_an_idle_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)
    demands = dict.fromkeys(GOOD, (ConstantDemand(Scope(), every=True),))

    with Workers(tmp_path, USUAL, jobs=2) as workers:
        first = gather(workers, demands)
        for pid in workers.pids:
            os.kill(pid, signal.SIGKILL)
            assert ended(pid)
        assert gather(workers, demands) == first


def test_workers_live_on_between_rounds_and_none_is_left_at_the_end(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)

    with Workers(tmp_path, USUAL, jobs=2) as workers:
        gather(workers, dict.fromkeys(GOOD, MEASURE))
        pids = workers.pids
        gather(workers, dict.fromkeys(GOOD, MEASURE))
        assert workers.pids == pids

    assert len(pids) == 2
    assert all(map(ended, pids))


def test_no_more_workers_are_started_than_there_is_work_for(tmp_path: Path) -> None:
    write_tree(tmp_path, GOOD)

    with Workers(tmp_path, USUAL, jobs=50) as workers:
        gather(workers, {"1.ts": MEASURE})

        assert len(workers.pids) == 1


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blow: signal.Signals
) -> None:
    reading, writing = os.pipe()

    def stand_still(_: Source) -> None:
        os.write(writing, f"{os.getpid()}\n".encode())
        signal.pause()

    read_as(monkeypatch, ".still", stand_still)
    write_tree(tmp_path, {f"{number}.still": "" for number in range(60)})
    parent = os.fork()
    if parent == 0:
        try:
            ask(tmp_path, limits=limits(file_seconds=60))
        finally:
            os._exit(0)
    pids: list[str] = []
    while len(pids) < 2:
        pids += os.read(reading, 100).decode().split()

    os.kill(parent, blow)
    os.waitpid(parent, 0)

    assert all(ended(int(pid)) for pid in pids)
