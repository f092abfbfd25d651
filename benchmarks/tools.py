"""archlint and its peers: how each is asked a question, and which files its answer names."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.trees import PACK, PEERS, Tree

SEMGREP = Path(__file__).parent / ".semgrep"
_PATH = re.compile(r"[\w@-][\w@./-]*\.tsx?\b")


@dataclass(frozen=True, slots=True)
class Tool:
    """A command for one question."""

    name: str
    command: tuple[str, ...]
    is_own: bool = False
    removed_before: str = ""
    """What is removed from the tree before each run."""
    files: int = 1_000_000
    """The largest tree that it is asked about: on larger ones it takes minutes."""
    must_agree: bool = True
    """Whether it is asked the same, so that its answer has to be the same."""


def named(output: str, tree: Tree) -> frozenset[str]:
    """The files of the tree that an answer names: archlint's as findings, not as files that were read in part."""
    if output.startswith("{") and '"findings"' in output:
        found = json.loads(output)["findings"]
        # A cycle is one finding, which names its other files too.
        output = json.dumps([each if each["rule"] == "cycles" else each["place"] for each in found])
    paths = _PATH.findall(output.replace(f"{tree.root}/", ""))
    return frozenset(path for path in paths if path.startswith(tree.folders))


def tools(question: str, tree: Tree) -> tuple[Tool, ...]:
    """Those that are installed and can be asked; archlint first."""
    peers = {"values": _values, "cycles": _cycles, "borders": _borders, "pack": _pack}[question]
    return tuple(tool for tool in (*_own(question), *peers(tree)) if tree.files <= tool.files)


def archlint(question: str, *options: str) -> tuple[str, ...]:
    """The command that asks archlint."""
    config = str(PACK) if question == "pack" else f"{question}.toml"
    return (
        sys.executable,
        "-m",
        "archlint",
        "check",
        "--root",
        ".",
        "--config",
        config,
        "-f",
        "json",
        *options,
    )


def _own(question: str) -> Iterator[Tool]:
    agrees = question != "pack"
    yield Tool(
        "archlint, cold", archlint(question), is_own=True, removed_before=".archlint_cache", must_agree=agrees
    )
    yield Tool("archlint, warm", archlint(question), is_own=True, must_agree=agrees)
    yield Tool("archlint, no cache", archlint(question, "--no-cache"), is_own=True, must_agree=agrees)


def _values(tree: Tree) -> Iterator[Tool]:
    if ast_grep := _found("ast-grep"):
        pattern = ("--pattern", "const x = { subjectMode: 'devstudio' }", "--selector", "pair")
        yield Tool("ast-grep", (ast_grep, "run", *pattern, "--lang", "ts", *tree.folders))
    yield from _semgrep(tree)


def _pack(tree: Tree) -> Iterator[Tool]:
    if ast_grep := _found("ast-grep"):
        yield Tool("ast-grep, 2 rules", (ast_grep, "scan", "--rule", "ast-grep.yml", *tree.folders))
    yield from _semgrep(tree)


def _semgrep(tree: Tree) -> Iterator[Tool]:
    semgrep = SEMGREP / "bin" / "semgrep"
    quiet = ("--metrics=off", "--disable-version-check", "--quiet", "--emacs")
    command = (str(semgrep), "scan", *quiet, "--config", "semgrep.yml", *tree.folders)
    if semgrep.exists():
        yield Tool("semgrep, 2 rules", command, files=5_000)


def _cycles(tree: Tree) -> Iterator[Tool]:
    if oxlint := _found("oxlint"):
        only = ("--import-plugin", "-A", "all", "-D", "import/no-cycle", "--format", "json")
        yield Tool("oxlint", (oxlint, *only, *tree.folders))
    if rev_dep := _found("rev-dep"):
        yield Tool("rev-dep", (rev_dep, "circular", "--ignore-type-imports"))
    if cruiser := _found("depcruise"):
        command = (cruiser, *tree.folders, "--ts-pre-compilation-deps", "--output-type", "err-long")
        yield Tool("dependency-cruiser", command, files=5_000)


def _borders(tree: Tree) -> Iterator[Tool]:
    if eslint := _found("eslint"):
        yield Tool("eslint-plugin-boundaries", (eslint, *tree.folders), files=5_000)


def _found(name: str) -> str | None:
    return shutil.which(name, path=str(PEERS / "node_modules" / ".bin"))
