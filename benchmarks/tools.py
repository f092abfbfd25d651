"""archlint and its peers: how each is asked the same question, and which files its answer names."""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.monorepo import Monorepo

_PATH = re.compile(r"packages/p\d+/src/m\d+\.ts")
NPM = Path(__file__).parent / ".npm"
SEMGREP = Path(__file__).parent / ".semgrep"


@dataclass(frozen=True, slots=True)
class Tool:
    """A command for one question. ``before`` is removed from the tree first."""

    name: str
    command: tuple[str, ...]
    removed_before: str = ""


def named(output: str) -> frozenset[str]:
    """The files that an answer names."""
    return frozenset(_PATH.findall(output))


def tools(question: str, repo: Monorepo) -> tuple[Tool, ...]:
    """Those that are installed; archlint first."""
    return tuple(_values(repo) if question == "values" else _cycles(repo))


def _archlint(name: str, question: str, *options: str, removed: str = "") -> Tool:
    command = (sys.executable, "-m", "archlint", "check", "--config", f"{question}.toml", "-f", "json")
    return Tool(name, (*command, *options), removed)


def _own(question: str) -> Iterator[Tool]:
    yield _archlint("archlint, no cache", question, "--no-cache")
    yield _archlint("archlint, cold", question, removed=".archlint_cache")
    yield _archlint("archlint, warm", question)


def _values(repo: Monorepo) -> Iterator[Tool]:
    yield from _own("values")
    if ast_grep := _found("ast-grep"):
        pattern = ("--pattern", "const x = { subjectMode: 'devstudio' }", "--selector", "pair")
        yield Tool("ast-grep", (ast_grep, "run", *pattern, "--lang", "ts", "packages"))
    if (semgrep := SEMGREP / "bin" / "semgrep").exists() and repo.files <= 1_000:
        quiet = ("--metrics=off", "--disable-version-check", "--quiet")
        yield Tool(
            "semgrep", (str(semgrep), "scan", *quiet, "--config", "semgrep.yml", "--emacs", "packages")
        )


def _cycles(repo: Monorepo) -> Iterator[Tool]:
    yield from _own("cycles")
    if oxlint := _found("oxlint"):
        only = ("--import-plugin", "-A", "all", "-D", "import/no-cycle", "--format", "json")
        yield Tool("oxlint", (oxlint, *only, "packages"))
    if rev_dep := _found("rev-dep"):
        yield Tool("rev-dep", (rev_dep, "circular"))
    if (cruiser := _found("depcruise")) and repo.files <= 10_000:
        yield Tool("dependency-cruiser", (cruiser, "packages", "--output-type", "err-long"))


def _found(name: str) -> str | None:
    return shutil.which(name, path=str(NPM / "node_modules" / ".bin"))
