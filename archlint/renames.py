"""Asks git what files are called otherwise by now. Without git, or a commit, nothing was renamed."""

import os
from collections.abc import Mapping
from pathlib import Path

from archlint.git.command import Git, GitError, find_git

_OPTIONS = ("--cached", "-M", "-l1000", "--relative", "--no-ext-diff", "--no-textconv", "--diff-filter=R")


def renames_since(root: Path, path: str) -> Mapping[str, str]:
    """The old path of each file of the index that was renamed since ``path`` was last committed; below ``root``."""
    program = find_git()
    if program is None:
        return {}
    git = Git(program, root)
    try:
        commit = git.run("rev-list", "-1", "HEAD", "--", path).decode().strip()
        if not commit:
            return {}
        listed = git.run("diff-index", *_OPTIONS, "--name-status", "-z", commit, "--")
    except GitError:
        return {}
    parts = listed.split(b"\0")[:-1]
    return {os.fsdecode(new): os.fsdecode(old) for old, new in zip(parts[1::3], parts[2::3], strict=True)}
