"""The command in processes that begin with all of it imported: a tenth of what Python takes to start.

A server with nothing but imports behind it forks for each command; nothing that one command does is seen by the next.
"""

import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn

import archlint
from archlint.cli import main
from archlint.languages.trees import _GRAMMARS, language

_LONGEST_S = 120
_REPOSITORY = Path(__file__).parent.parent
# What archlint loads where it is used.
_LIBRARIES = (
    "ctypes", "difflib", "faulthandler", "libcst", "multiprocessing.connection", "multiprocessing.popen_fork", "re2",
    "resource", "rich.console", "rich.table", "ruamel.yaml", "sqlite3", "subprocess", "tempfile", "tomllib", "typer",
    "typer._click.decorators", "typer.rich_utils", "encodings.utf_16_le",
)  # fmt: skip
_OWN = frozenset({"COLUMNS", "PYTEST_CURRENT_TEST"})
"""Variables that nothing looks at before it is asked to do something."""


def preload() -> None:
    """Import all that a command or a worker may need, and spare the collector of garbage from looking at it."""
    modules = (each.name for each in pkgutil.walk_packages(archlint.__path__, "archlint."))
    for name in (*_LIBRARIES, *(each for each in modules if each != "archlint.__main__")):
        import_module(name)
    for grammar in _GRAMMARS:
        language(grammar)
    gc.collect()
    gc.freeze()


class Server:
    """A process that forks for each command it is asked to run, in one environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = surroundings(environment)
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking", str(theirs.fileno())],
                cwd=_REPOSITORY,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def serves(self, environment: Mapping[str, str]) -> bool:
        """Whether Python and what it imports would begin in this environment as they did here."""
        return surroundings(environment) == self._environment

    def run(
        self, arguments: list[str], cwd: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """What the command writes, and how it ends."""
        with TemporaryFile() as out, TemporaryFile() as err:
            code = self._run([arguments, str(cwd), dict(environment)], out, err)
            return subprocess.CompletedProcess(arguments, code, _text(out), _text(err))

    def printed(self, arguments: list[str], cwd: Path) -> str:
        """What the command writes, to whichever stream, as a terminal shows it."""
        with TemporaryFile() as out:
            self._run([arguments, str(cwd), {}], out, out)
            return _text(out)

    def _run(self, command: list[object], out: IO[bytes], err: IO[bytes]) -> int:
        with TemporaryFile() as asked:
            asked.write(json.dumps(command).encode())
            asked.flush()
            socket.send_fds(self._link, [b"?"], [asked.fileno(), out.fileno(), err.fileno()])
            return int(self._link.recv(16))

    def close(self) -> None:
        """End the server."""
        self._link.close()
        self._process.wait()


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that may change how a program begins."""
    return {name: value for name, value in environment.items() if name not in _OWN}


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n").replace("\r", "\n")


_STARTED: list[Server] = []


@cache
def server(*variables: tuple[str, str]) -> Server:
    """The server in an environment, by default in that of this process; started when first asked for."""
    _STARTED.append(Server(dict(variables or os.environ.items())))
    return _STARTED[-1]


def close() -> None:
    """End the servers."""
    while _STARTED:
        _STARTED.pop().close()
    server.cache_clear()


def _serve(link: socket.socket) -> None:
    preload()
    while True:
        _, places, _, _ = socket.recv_fds(link, 1, 3)
        if not places:
            return
        child = os.fork()
        if not child:
            link.close()
            _command(*places)
        for place in places:
            os.close(place)
        _, status = os.waitpid(child, 0)
        link.send(str(os.waitstatus_to_exitcode(status)).encode())


def _command(asked: int, out: int, err: int) -> NoReturn:
    """Be the command, which ends the process."""
    signal.alarm(_LONGEST_S)
    with os.fdopen(asked, "rb") as file:
        file.seek(0)
        arguments, cwd, environment = json.load(file)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    os.chdir(cwd)
    os.environ.update(environment)
    sys.argv = ["archlint", *arguments]
    sys.path[0] = cwd
    main()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt), socket.socket(fileno=int(sys.argv[1])) as ours:
        _serve(ours)
