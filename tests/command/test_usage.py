"""Arguments that archlint cannot take are told as every mistake is: what, the nearest word, where to read on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import BREACH, archlint, tree

USAGE = [
    (("chekc",), "no such command: chekc; did you mean check?", "--help"),
    (("lint",), "no such command: lint; did you mean check?", "--help"),
    (("a.ts",), "no such command: a.ts; to check a file or folder: archlint check a.ts", "--help"),
    (("cache", "clean"), "no such command: clean; did you mean clear?", "cache --help"),
    (("check", "--formt", "json"), "no such option: --formt; did you mean --format?", "check --help"),
    (("check", "--fix"), "no such option: --fix; archlint fix mends", "check --help"),
    (("check", "--format"), "option --format needs a value", "check --help"),
    (("check", "--fail-on", "warn"), "--fail-on: unknown word 'warn'; did you mean warning?", "check --help"),
    (("check", "--color", "yes"), "--color: unknown word 'yes'; known: auto, always, never", "check --help"),
    (("check", "--jobs", "x"), "--jobs: expected a whole number, found 'x'", "check --help"),
    (("check", "--jobs", "-1"), "--jobs: expected a whole number, 0 or more", ""),
    (("explain",), "missing: RULE|FILE:LINE; usage: archlint explain", "explain --help"),
    (("why", "a.ts"), "missing: TO; usage: archlint why", "why --help"),
    (("import", "eslint", "x"), "unknown word 'eslint'; known: ast-grep, semgrep,", "import --help"),
    (("schema", "rule"), "unknown word 'rule'; did you mean rules?", "schema --help"),
    (("check", "-f", "sarf"), "unknown format 'sarf'; did you mean 'sarif'?", ""),
    (("check", "a.tss"), 'a.tss: no such file or directory; did you mean "a.ts"?', ""),
    (("check", "src/*.tss"), "name files and folders; a glob is for the shell to expand", ""),
    (("check", "--config", "archlnt.toml"), 'no such file; did you mean "archlint.toml"?', ""),
    (("check", "--root", "a.ts"), "--root a.ts: not a directory", ""),
    (("explain", "a.ts"), "a.ts: which line?; archlint explain a.ts:1", ""),
    (("explain", "a.ts:300"), "a.ts:300: the file has no such line; its last is 1", ""),
]


@pytest.mark.parametrize("columns", ["60", "200"])
@pytest.mark.parametrize(("arguments", "said", "read"), USAGE)
def test_a_wrong_argument_is_told_with_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...], said: str, read: str, columns: str
) -> None:
    run = archlint(*arguments, cwd=tree(tmp_path, {"a.ts": BREACH}), COLUMNS=columns)

    assert (run.returncode, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())
    assert (f"archlint: help: archlint {read}\n" in run.stderr) is bool(read)
    assert [line for line in run.stderr.splitlines() if len(line) > int(columns)] == []
    assert len(set(run.stderr.splitlines())) == len(run.stderr.splitlines())


def test_a_path_from_the_root_is_told_as_it_is_from_here(tmp_path: Path) -> None:
    tree(tmp_path, {"src/a.ts": BREACH})

    run = archlint("check", "src/a.ts", cwd=tmp_path / "src")

    assert "paths are from the working directory: a.ts" in run.stderr


def test_what_was_not_done_is_said_of_commands_that_do_something(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})

    assert archlint("check", "--select", "x", cwd=tmp_path).stderr.endswith("archlint: nothing was checked\n")
    assert archlint("test", "--select", "x", cwd=tmp_path).stderr.endswith("archlint: nothing was tried\n")
    assert "nothing was" not in archlint("explain", "x", cwd=tmp_path).stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("typed", "code"), [(b"\x04", 0), (b"n\n", 0), (b"what\nno\n", 0)])
def test_nothing_is_written_where_the_question_of_init_is_left(
    tmp_path: Path, typed: bytes, code: int
) -> None:
    (tmp_path / "a.ts").write_text("export {};\n")
    ours, theirs = os.openpty()
    os.write(ours, typed)
    run = subprocess.run(
        [sys.executable, "-m", "archlint", "init"],
        cwd=tmp_path,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)

    assert (run.returncode, run.stderr) == (code, "")
    assert "nothing was written" in run.stdout
    assert not (tmp_path / "archlint.toml").exists()
