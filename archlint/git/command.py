"""Runs git so that nothing of the checked tree decides what it does. The only place that starts it.

A repository's own configuration may name programs: hooks, file system monitors, filters, pagers, transports. None of
the commands used here needs one, and each is turned off.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import subprocess

_KEPT = (
    "HOME", "XDG_CONFIG_HOME", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",
)  # fmt: skip
"""What the user's own configuration is found by: it says which repositories are safe to read."""
_SET = {
    "LC_ALL": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", f"core.attributesFile={os.devnull}",
    "-c", "protocol.allow=never",
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_LONGEST_S = 120.0


class GitError(Exception):
    """Git is not there, or could not do what it was asked; the message is git's own first line."""


class Git(msgspec.Struct, frozen=True):
    """Git, run in a folder. ``index`` is the index to read instead of the repository's own."""

    program: str
    folder: Path
    index: str = ""

    def run(self, *arguments: str) -> bytes:
        """What a command prints. Raises ``GitError`` if it fails or takes more than two minutes."""
        import subprocess  # loaded only by runs that ask git

        command = [self.program, *_OPTIONS, *arguments]
        try:
            run = subprocess.run(  # noqa: S603 -- an absolute path, and arguments that are options or ids
                command,
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_LONGEST_S,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GitError(f"git {arguments[0]}: {error}") from None
        if run.returncode:
            said = run.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitError(said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed")
        return run.stdout

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A command that is asked over its standard input. Raises OSError."""
        import subprocess

        return subprocess.Popen(  # noqa: S603 -- as above
            [self.program, *_OPTIONS, *arguments],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        index = {"GIT_INDEX_FILE": self.index} if self.index else {}
        return {**kept, **_SET, **index, "PATH": os.defpath}


def find_git() -> str | None:
    """The absolute path of git; None if it is not installed. An entry of PATH that is not absolute names no program."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, "git")  # noqa: PTH118 -- a string is what is needed
        if os.path.isabs(folder) and os.path.isfile(program) and os.access(program, os.X_OK):  # noqa: PTH113,PTH117
            return program
    return None


def is_in_repository(folder: Path) -> bool:
    """Whether there is a repository at or above ``folder``, or something that looks like one."""
    return any(os.path.lexists(each / ".git") for each in (folder, *folder.parents))


def above(folder: Path) -> str:
    """The folders from a repository's top down to ``folder``, such as ``apps/shop/``; '' at the top. Runs no git."""
    real = Path(os.path.realpath(folder))
    top = next((each for each in (real, *real.parents) if os.path.lexists(each / ".git")), real)
    return "".join(f"{name}/" for name in real.relative_to(top).parts)
