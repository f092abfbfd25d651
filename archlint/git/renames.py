"""Asks git what the files of its index were called before."""

import os
from collections.abc import Mapping
from pathlib import Path

from archlint.git.command import Git, GitError, find_git

_OPTIONS = ("--cached", "-M", "-l1000", "--relative", "--no-ext-diff", "--no-textconv", "--diff-filter=R")


def renamed_since(git: Git, commit: str) -> Mapping[str, str]:
    """The old path by the new of each file renamed since ``commit``, below git's folder. Raises ``GitError``."""
    listed = git.run("diff-index", *_OPTIONS, "--name-status", "-z", commit, "--")
    parts = listed.split(b"\0")[:-1]
    return {os.fsdecode(new): os.fsdecode(old) for old, new in zip(parts[1::3], parts[2::3], strict=True)}


def renames_since(root: Path, path: str) -> Mapping[str, str]:
    """What was renamed below ``root`` since ``path`` was last committed; nothing without git, or such a commit."""
    program = find_git()
    if program is None:
        return {}
    git = Git(program, root)
    try:
        commit = git.run("rev-list", "-1", "HEAD", "--", path).decode().strip()
        return renamed_since(git, commit) if commit else {}
    except GitError:
        return {}
