"""Shell scripts, and the shell text of steps and package scripts."""

from collections.abc import Iterable

from archlint.languages.bash.modes import Mode
from archlint.languages.shell import script
from tests.fuzz.reading import Reader
from tests.fuzz.target import Target

_TOKENS = (b"&&", b"||", b"|", b";", b"&", b"((", b"))", b"$(", b"${A:-b}", b"$((1+1))", b"<<E\n", b"\nE\n", b"<<-'E'\n", b"<<<", b">x", b"2>&1", b"if ", b"; then ", b"; fi", b"for a in b; do ", b"; done", b"while ", b"case a in b) ", b";; esac", b"{ ", b"; }", b"( ", b" )", b"! ", b"set -e", b"set +e", b"|| true", b"bash -c '", b"eval ", b"trap 'x' EXIT", b"function f {", b"f() {", b"[[ ", b" ]]", b"`", b"cd a", b"exit 1", b"echo A=b >> $GITHUB_ENV", b"$?", b"status=$?")  # fmt: skip
_MODES = (Mode(), Mode(pipefail=True), Mode(errexit_off="shell: bash {0}"))


def _commands(data: bytes) -> Iterable[str]:
    """Commands stand in the text, in the order of their beginnings unless one holds another's text."""
    for mode in _MODES:
        read = script(data, mode)
        for command in read.commands:
            assert 0 <= command.start <= command.end <= len(data), "a command lies outside"
            assert command.start < command.end, "a command without text"
            yield f"{len(command.words)} {command.softened} {command.conditional} {bool(command.templates)}"[
                :60
            ]
            yield f"{command.folder is None} {bool(command.assigned)} {bool(command.exported)}"
        assert read.error is None or 0 <= read.error[0] <= read.error[1] <= len(data), (
            "a mistake lies outside"
        )
        yield f"{read.error is None}"
    if b"\r" not in data and read.error is None:
        again = script(data + b"\n# z\n")
        assert [each.words for each in again.commands] == [each.words for each in read.commands], (
            "a comment counts"
        )


TARGETS = (
    Target("shell", Reader("a.sh", comment="# z", any_line_end=False), tokens=_TOKENS),
    Target("commands", _commands, seeds="shell", tokens=_TOKENS),
)
