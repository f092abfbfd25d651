"""Git repositories made by a test, and the command run in them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.trees import write_tree

IDENTITY = {
    f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "HOME": os.devnull,
    "PATH": os.environ["PATH"],
    **IDENTITY,
}


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """What a git command prints, surrogates for what is not UTF-8."""
    run = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT | environment, check=True, capture_output=True
    )
    return os.fsdecode(run.stdout)


def repository(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A repository on branch main with one commit that holds ``files``."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    write_tree(folder, files)
    return commit(folder)


def commit(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A commit of everything, with ``files`` written first."""
    write_tree(folder, files or {})
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", "a commit")
    return folder
