"""Which commands a shell text would execute, and whether their failure shows. Bash itself is the oracle."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archlint.languages.bash.modes import Mode, mode_of
from archlint.languages.bash.record import ShellCommand
from archlint.languages.shell import commands, script
from tests.shell.shell_texts import CONDITIONAL, MEANT_TO_SOFTEN, SHOWN, SOFTENED

PIPEFAIL = Mode(pipefail=True)
NO_ERREXIT = Mode(errexit_off="shell: bash {0}")


def probe(text: str, mode: Mode = Mode()) -> ShellCommand:  # noqa: B008 -- a frozen value
    """The first command ``probe`` in a text."""
    return next(command for command in commands(text.encode(), mode) if "probe" in command.words)


def programs(text: str) -> list[str | None]:
    return [command.words[0] for command in commands(text.encode())]


@pytest.mark.parametrize("text", SHOWN)
def test_a_failure_that_fails_the_step_is_not_softened(text: str) -> None:
    assert (probe(text).softened, probe(text).conditional) == ("", False)


@pytest.mark.parametrize(("text", "softened"), [*SOFTENED, *MEANT_TO_SOFTEN])
def test_what_hides_a_failure_is_quoted(text: str, softened: str) -> None:
    assert probe(text).softened == softened


@pytest.mark.parametrize("text", CONDITIONAL)
def test_a_command_that_the_shell_may_skip_is_conditional(text: str) -> None:
    assert probe(text).conditional


@pytest.fixture(scope="session")
def programs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    for name, status in (("probe", 1), ("ok", 0), ("next", 0)):
        (folder / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (folder / name).chmod(0o755)
    return folder


def fails_in_bash(text: str, folder: Path, *options: str) -> bool:
    bash = shutil.which("bash")
    assert bash is not None
    path = f"{folder}{os.pathsep}{os.defpath}"
    (folder / f"{os.getpid()}.sh").write_text(text)
    command = [bash, *options, str(folder / f"{os.getpid()}.sh")]
    run = subprocess.run(
        command, env={"PATH": path}, cwd=folder, capture_output=True, timeout=10, check=False
    )
    return run.returncode != 0


@pytest.mark.parametrize("text", SHOWN)
def test_bash_fails_where_nothing_is_said_to_soften(text: str, programs_folder: Path) -> None:
    assert fails_in_bash(text, programs_folder, "-e")


@pytest.mark.parametrize("text", [text for text, _ in SOFTENED])
def test_bash_succeeds_where_something_is_said_to_soften(text: str, programs_folder: Path) -> None:
    assert not fails_in_bash(text, programs_folder, "-e")


STATEMENTS = st.recursive(
    st.sampled_from(["ok", "true", "x=$(ok)", "echo $(ok)", "set +e", "set -e"]),
    lambda inner: st.one_of(
        st.builds("{} && {}".format, inner, inner),
        st.builds("{} || {}".format, inner, inner),
        st.builds("{} | {}".format, inner, inner),
        st.builds("({}; {})".format, inner, inner),
        st.builds("{{ {}; {}; }}".format, inner, inner),
        st.builds("if {}; then {}; fi".format, inner, inner),
        st.builds("if ! {}; then exit 1; fi".format, inner),
    ),
    max_leaves=5,
)


@settings(deadline=None)
@example(lines=["ok && ((ok; ok); ok)"], place=1)
@example(lines=["((ok; ok); ok)"], place=2)
@example(lines=["(((ok; ok); ok); ok) || ok"], place=3)
@given(lines=st.lists(STATEMENTS, min_size=1, max_size=3), place=st.integers(0, 15))
def test_a_command_that_alone_fails_and_is_not_softened_fails_bash(
    lines: list[str], place: int, programs_folder: Path
) -> None:
    pieces = "\n".join(["ok", *lines, "next"]).split("ok")
    first = 1 + place % (len(pieces) - 1)
    text = "probe".join(("ok".join(pieces[:first]), "ok".join(pieces[first:])))
    hard = [
        command
        for command in commands(text.encode())
        if command.words == ("probe",) and not command.softened and not command.conditional
    ]

    assert not hard or fails_in_bash(text, programs_folder, "-e")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# probe", []),
        ("echo probe", ["echo"]),
        ("echo \"probe\"; echo 'probe'", ["echo", "echo"]),
        ("cat <<EOF\nprobe\nEOF", ["cat"]),
        ("cat <<'EOF'\n$(probe)\nEOF", ["cat"]),
        ("x='probe'", []),
        ("x=(probe)", []),
        ("[ probe = probe ]", []),
        ("exit 0\nprobe", ["exit"]),
        ("((a; b); c)", ["a", "b", "c"]),
        ("x && ((a); (b)) # (( \n(('c' '('); d)", ["x", "a", "b", "c", "d"]),
        ("((i++)) && a; ((i = (1 + 2) * 3)); b", ["a", "b"]),
        ("x=$(( (1 + 2) * 3 )) a; b $(((1+2)*3))", ["a", "b"]),
        ("a $((b); c)", ["a", "b", "c"]),
        ("ok # probe\nnext", ["ok", "next"]),
        ("a; b && c || d | e & f", ["a", "b", "c", "d", "e", "f"]),
        ("a $(b $(c)) `d`", ["a", "b", "c", "d"]),
        ("diff <(a) <(b)", ["diff", "a", "b"]),
        ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
        ("until a; do b; done", ["a", "b"]),
        ("$PROGRAM run", [None]),
        ('"node" x', ["node"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("", []),
    ],
)
def test_only_what_would_be_executed_is_a_command(text: str, expected: list[str | None]) -> None:
    assert programs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b  c", ("a", "b", "c")),
        ("A=1 B='x y' a", ("a",)),
        ("a 'b c' \"d e\" f\\ g", ("a", "b c", "d e", "f g")),
        ("a 'it'\"'\"'s' x\"y\"'z'", ("a", "it's", "xyz")),
        ('a "\\"b\\" \\$c \\d"', ("a", '"b" $c \\d')),
        ("a $'b\\tc'", ("a", "b\tc")),
        ("a '' \"\"", ("a", "", "")),
        ("a --x=1 -y 2", ("a", "--x=1", "-y", "2")),
        ("a \\\n  --x \\\n  y", ("a", "--x", "y")),
        ('a $b "$c" "${d}e" f$g', ("a", None, None, None, None)),
        ("a $(b) $((1 + 2)) `c`", ("a", None, None, None)),
        ("a *.json {b,c} ~/d [e]", ("a", "*.json", "{b,c}", "~/d", "[e]")),
        ("a ${{ matrix.b }} 'c ${{ d }}' e-${{ f }}", ("a", None, None, None)),
        ("a ${{ b && '--c' || '' }} d", ("a", None, "d")),
        ("a >out --x y 2>&1", ("a", "--x", "y")),
        ("a é 😀", ("a", "é", "😀")),
    ],
)
def test_words_are_what_the_program_gets(text: str, expected: tuple[str | None, ...]) -> None:
    assert commands(text.encode())[0].words == expected


def test_a_place_is_the_command_without_its_assignments_and_redirections() -> None:
    text = "é=1 # x\nA=1 probe --mode auth >out || true".encode()
    found = next(command for command in commands(text) if command.words[0] == "probe")

    assert text[found.start : found.end] == b"probe --mode auth"


@pytest.mark.parametrize(
    ("shell", "mode"),
    [
        ("", Mode()),
        ("bash", Mode(pipefail=True)),
        ("sh", Mode()),
        ("bash -e {0}", Mode()),
        ("bash -euo pipefail {0}", Mode(pipefail=True)),
        ("/usr/bin/bash --noprofile -eo pipefail {0}", Mode(pipefail=True)),
        ("bash -l {0}", Mode(errexit_off="shell: bash -l {0}")),
        ("pwsh", None),
        ("python", None),
        ("perl {0}", None),
        ("bash 'unclosed", None),
    ],
)
def test_the_shell_of_a_step_decides_what_fails_it(shell: str, mode: Mode | None) -> None:
    assert mode_of(shell) == mode


def test_explicit_bash_has_pipefail_and_the_default_shell_has_not() -> None:
    assert probe("probe | tee out", PIPEFAIL).softened == ""
    assert probe("probe | tee out").softened == "| tee out"


def test_without_errexit_only_the_last_command_decides() -> None:
    assert probe("probe\nnext", NO_ERREXIT).softened == "shell: bash {0}"
    assert probe("next\nprobe", NO_ERREXIT).softened == ""
    assert probe("set -e\nprobe\nnext", NO_ERREXIT).softened == ""


def test_text_that_is_not_understood_is_said_to_be() -> None:
    assert script(b"ok\nif (").error is not None
    assert script(b"ok ${{ x }} && next").error is None


def test_deep_nesting_neither_crashes_nor_hides_commands() -> None:
    assert programs("( " * 3000 + "probe" + " )" * 3000) == ["probe"]
    assert programs("$(" * 1000 + "probe" + ")" * 1000)[-1] == "probe"


@given(st.text(alphabet="ab $(){};|&!<>'\"`\\\n#=-*[]", max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    data = text.encode()
    for command in script(data).commands:
        assert 0 <= command.start <= command.end <= len(data)


def test_commands_in_subshells_of_subshells_stand_where_they_are_written() -> None:
    text = b"a && ((bb; 'c'); ((d); e) )"

    found = commands(text)

    assert [text[command.start : command.end] for command in found] == [b"a", b"bb", b"'c'", b"d", b"e"]


@pytest.mark.parametrize(
    "text_of",
    [
        *((lambda size, mark=mark: f" {mark} ".join(["a b"] * size)) for mark in ("&&", "||", "|", ";")),
        lambda size: "a && " * size + "a || { " + "b; " * size + "}",
        lambda size: "((" + "a; " * size + "b); c)",
        lambda size: " && ".join(["((a; b); c)"] * (size // 4)),
    ],
    ids=["and", "or", "pipe", "sequence", "rescue", "subshell", "subshells"],
)
def test_four_times_the_text_takes_about_four_times_as_long(text_of: Callable[[int], str]) -> None:
    assert seconds(text_of(4_000)) < 8 * seconds(text_of(1_000)) + 0.2


def test_groups_in_groups_end_soon() -> None:
    assert seconds("{ a || " * 400 + "b" + "; }" * 400) < 10


def seconds(text: str) -> float:
    started = process_time()
    commands(text.encode())
    return process_time() - started


def test_a_command_that_is_missing_is_a_mistake_and_no_command() -> None:
    read = script(b"probe |")

    assert [command.words for command in read.commands] == [("probe",)]
    assert read.error is not None
