"""What is written when writing fails: a file is the old or the new one, whole, and the user is told which."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archlint.cli.changes import put_below
from archlint.cli.guard import OutputError
from archlint.edits import Change
from tests.commands import archlint
from tests.running.test_discover import as_nobody as as_nobody  # noqa: PLC0414 -- a fixture
from tests.trees import write_tree

BREACH = "open({ plan: 'legacy' });\n"
SAID = "a(); // archlint: allow retired-plan -- why\n"
LONG = SAID + "// more\n" * 2_000
FILES = {
    "archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n',
    "rules.yml": "rules: [{ id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }]\n",
    "a.ts": SAID,
    "b.ts": LONG,
}
MENDED = {path: text.replace(SAID, "a();\n") for path, text in FILES.items()}
# Workers are not traced: only what the main process does fails.
STRACE = ("strace", "-qq", "-o", "/dev/null")
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace injects the faults")


def contents(root: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in root.iterdir() if path.is_file()}


def run(
    root: Path, *arguments: str, before: tuple[str, ...] = (), prepare: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-B", "-m", "archlint", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=prepare,
    )


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, 8_192))


@needs_strace
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("fsync:error=EIO", "Input/output error"),
        ("rename:error=EXDEV", "Invalid cross-device link"),
        ("chmod:error=EROFS", "Read-only file system"),
    ],
)
def test_a_fix_that_cannot_be_written_leaves_every_file_as_it_is(
    tmp_path: Path, fault: str, said: str
) -> None:
    write_tree(tmp_path, FILES)

    done = run(tmp_path, "fix", before=(*STRACE, "-e", f"inject={fault}"))

    assert (done.returncode, contents(tmp_path)) == (4, FILES)
    assert done.stderr.splitlines() == [
        f"archlint: {name}: the file cannot be written: {said}" for name in ("a.ts", "b.ts")
    ]


def test_of_several_files_those_are_mended_that_can_be_and_each_is_told(tmp_path: Path) -> None:
    write_tree(tmp_path, FILES)

    done = run(tmp_path, "fix", prepare=small_files)

    assert (done.returncode, contents(tmp_path)) == (4, MENDED | {"b.ts": LONG})
    assert done.stdout == "fixed a.ts\n"
    assert done.stderr == "archlint: b.ts: the file cannot be written: File too large\n"


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "rename"])
def test_a_fix_that_is_killed_anywhere_leaves_each_file_old_or_new(tmp_path: Path, call: str) -> None:
    for number in range(1, 100):
        root = write_tree(tmp_path / str(number), FILES)

        done = run(root, "fix", before=(*STRACE, "-e", f"inject={call}:signal=KILL:when={number}"))

        left = contents(root)
        assert all(left[path] in (FILES[path], MENDED[path]) for path in FILES)
        if done.returncode == 0:
            break
        assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    assert left == MENDED
    assert number > 1


def test_a_folder_that_cannot_be_written_to_is_told(as_nobody: Path) -> None:
    root = write_tree(as_nobody / "root", FILES)
    root.chmod(0o555)

    with pytest.raises(OutputError) as raised:
        put_below(root, [Change("a.ts", SAID.encode(), b"a();\n")])

    assert str(raised.value) == "a.ts: the file cannot be written: Permission denied"
    assert contents(root) == FILES


def changed(root: Path) -> None:
    (root / "a.ts").write_text("b();\n")


def a_link(root: Path) -> None:
    (root / "a.ts").unlink()
    (root / "a.ts").symlink_to(root / "b.ts")


def a_folder(root: Path) -> None:
    (root / "a.ts").unlink()
    (root / "a.ts").mkdir()


def removed(root: Path) -> None:
    (root / "a.ts").unlink()


def another_name(root: Path) -> None:
    os.link(root / "a.ts", root / "hard.ts")


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (changed, "the file changed while archlint ran"),
        (a_link, "the file changed while archlint ran"),
        (a_folder, "the file changed while archlint ran"),
        (removed, "the file changed while archlint ran"),
        (another_name, "the file has other names (hard links)"),
    ],
)
def test_a_file_that_is_not_the_one_judged_is_not_written(
    tmp_path: Path, meanwhile: Callable[[Path], None], said: str
) -> None:
    write_tree(tmp_path, FILES)
    meanwhile(tmp_path)
    before = contents(tmp_path)

    with pytest.raises(OutputError, match=r"a\.ts: ") as raised:
        put_below(tmp_path, [Change("a.ts", SAID.encode(), b"a();\n")])

    assert said in str(raised.value)
    assert contents(tmp_path) == before


def test_a_fix_does_not_reach_through_a_link_that_took_a_folders_place(tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "outside", {"a.ts": SAID})
    root = write_tree(tmp_path / "root", {"b.ts": ""})
    (root / "lib").symlink_to(outside)

    with pytest.raises(OutputError, match="changed while archlint ran"):
        put_below(root, [Change("lib/a.ts", SAID.encode(), b"a();\n")])

    assert contents(outside) == {"a.ts": SAID}


# --- reports and baselines ---------------------------------------------------------------------------------

MANY = FILES | {"a.ts": BREACH * 300}
OUTPUTS = [
    (("check", "--format", "json", "-o", "told"), "told"),
    (("check", "--report", "sarif=told"), "told"),
    (("baseline",), "archlint-baseline.txt"),
]


@pytest.mark.parametrize(("arguments", "name"), OUTPUTS)
def test_an_output_that_cannot_be_written_whole_is_not_written_at_all(
    tmp_path: Path, arguments: tuple[str, ...], name: str
) -> None:
    write_tree(tmp_path, MANY)

    done = run(tmp_path, *arguments, prepare=small_files)

    assert done.returncode == 4
    assert f"{name}: the report cannot be written: File too large" in " ".join(done.stderr.split())
    assert contents(tmp_path) == MANY


def test_a_baseline_that_cannot_be_updated_stays(tmp_path: Path) -> None:
    write_tree(tmp_path, MANY)
    assert archlint("baseline", cwd=tmp_path).returncode == 0
    write_tree(tmp_path, {"a.ts": BREACH * 299})
    before = contents(tmp_path)

    done = run(tmp_path, "baseline", "--update", prepare=small_files)

    assert (done.returncode, contents(tmp_path)) == (4, before)
    assert archlint("baseline", "--update", cwd=tmp_path).returncode == 0
    assert archlint("check", cwd=tmp_path).returncode == 1  # the comment in b.ts allows nothing


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "rename"])
def test_an_output_of_a_run_that_is_killed_anywhere_is_old_or_new(tmp_path: Path, call: str) -> None:
    root, told = write_tree(tmp_path / "root", MANY), tmp_path / "told"
    arguments = ("check", "--no-cache", "--format", "json", "-o", str(told))
    run(root, *arguments)
    new = told.read_text()
    for number in range(1, 100):
        told.write_text("old")

        done = run(root, *arguments, before=(*STRACE, "-e", f"inject={call}:signal=KILL:when={number}"))

        assert told.read_text() in ("old", new)
        if done.returncode == 1:
            break
    assert told.read_text() == new
    assert number > 1


def test_a_report_does_not_go_where_a_link_of_the_tree_leads(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    root = write_tree(tmp_path / "root", FILES)
    (root / "told.sarif").symlink_to(tmp_path / "mine")

    run(root, "check", "--report", "sarif=told.sarif")

    assert (tmp_path / "mine").read_text() == "mine"
    assert json.loads((root / "told.sarif").read_text())["runs"]


def test_standard_output_by_its_path_is_not_replaced(tmp_path: Path) -> None:
    write_tree(tmp_path, FILES)
    with (tmp_path / "out.txt").open("w") as stream:
        subprocess.run(
            [sys.executable, "-m", "archlint", "check", "--format", "json", "-o", "/dev/stdout"],
            cwd=tmp_path,
            stdout=stream,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    assert Path("/dev/stdout").is_symlink()
    assert json.loads((tmp_path / "out.txt").read_text())["findings"]
