"""One repository as a run needs it: its index, its commits, where they part, and what was renamed since."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn, Self

import msgspec

from archlint.errors import ConfigError, Mistake
from archlint.git.command import Git, GitError, find_git
from archlint.git.renames import renamed_since
from archlint.git.stored import Blobs, StoredFiles, entries_of_commit, entries_of_index, stored

_EMPTY_BLOBS = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
PAGE = "git"
"""What the documentation says of it, as ``archlint docs`` names it."""
_CLOSE = 0.75
"""How alike a name must be for a slip of the fingers; ``origin/main`` and ``origin/topic`` are not."""
_MOST_NAMES = 1_000
_FETCH = "fetch it first; in GitHub Actions, give actions/checkout `fetch-depth: 0`"


class Repository(msgspec.Struct, frozen=True):
    """A repository, of which ``top`` is the folder where its files stand. ``option`` is who asks, for messages.

    A context manager: when it is left, for whatever reason, no git is at work for it.
    """

    git: Git
    top: Path
    option: str
    is_shallow: bool
    blobs: Blobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.blobs.stop()

    def index(self) -> StoredFiles:
        """What the next commit holds, by path from the top."""
        entries = tuple(entries_of_index(self._run("ls-files", "--stage", "-z")))
        # `git add --intent-to-add` puts an empty file in the index that no commit gets.
        announced = any(entry.blob in _EMPTY_BLOBS for entry in entries)
        listed = self._run("diff-files", "--name-only", "--diff-filter=A", "-z") if announced else b""
        return stored(self.blobs, entries, frozenset(map(os.fsdecode, listed.split(b"\0"))))

    def files_of(self, commit: str) -> StoredFiles:
        """What a commit, named by its id, holds, by path from the top."""
        return stored(self.blobs, entries_of_commit(self._run("ls-tree", "-r", "-z", commit)))

    def commit(self, ref: str) -> str:
        """The id of the commit that ``ref`` names. Raises ``ConfigError``."""
        arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        try:
            return self.git.run(*arguments).decode().split()[-1]
        except (GitError, IndexError):
            if ref == "HEAD":
                self._refuse("there is no commit yet")
            from difflib import get_close_matches

            close = get_close_matches(ref, self._names(), n=1, cutoff=_CLOSE)
            if close and not self.is_shallow:
                self._refuse(f"no commit '{ref}' here", f"did you mean '{close[0]}'?")
            clone = "this shallow clone" if self.is_shallow else "this clone"
            self._refuse(f"no commit '{ref}' in {clone}", _FETCH)

    def _names(self) -> tuple[str, ...]:
        """The names of branches and tags that are known here."""
        try:
            listed = self.git.run("for-each-ref", "--format=%(refname:short)")
        except GitError:
            return ()
        return tuple(listed.decode(errors="replace").split())[:_MOST_NAMES]

    def merge_base(self, ref: str) -> str:
        """The id of the commit where ``ref`` and HEAD part. Raises ``ConfigError``."""
        ours, theirs = self.commit("HEAD"), self.commit(ref)
        try:
            return self.git.run("merge-base", ours, theirs).decode().split()[0]
        except (GitError, IndexError):
            why = ": the clone is shallow" if self.is_shallow else ""
            self._refuse(f"'{ref}' and HEAD have no commit in common here{why}", _FETCH)

    def renamed_since(self, commit: str) -> Mapping[str, str]:
        """The old path of each file of the index that git sees was renamed since; from the top."""
        try:
            return renamed_since(self.git, commit)
        except GitError as error:
            self._refuse(f"git diff-index: {error}")

    def _run(self, *arguments: str) -> bytes:
        try:
            return self.git.run(*arguments)
        except GitError as error:
            self._refuse(f"git {arguments[0]}: {error}")

    def _refuse(self, message: str, hint: str = "") -> NoReturn:
        raise ConfigError((Mistake(f"{self.option}: {message}", hint, page=PAGE),))


def repository(folder: Path, option: str, cwd: Path) -> Repository:
    """The repository that ``folder`` is in. Raises ``ConfigError`` if there is none, or no git."""
    program = find_git()
    if program is None:
        raise ConfigError(
            (Mistake(f"{option}: git is not on the PATH", "install it, or check without", page=PAGE),)
        )
    arguments = ("rev-parse", "--is-shallow-repository", "--show-toplevel")
    try:
        answer = Git(program, folder).run(*arguments)
    except GitError as error:
        if "not a git repository" in str(error):
            hint = f"git init, or leave {option} out"
            raise ConfigError(
                (Mistake(f"{option}: the tree is in no git repository", hint, page=PAGE),)
            ) from None
        raise ConfigError((Mistake(f"{option}: {error}", page=PAGE),)) from None
    shallow, _, top = answer.removesuffix(b"\n").partition(b"\n")
    where = Path(os.fsdecode(top))
    git = Git(program, where, _index(where, cwd))
    return Repository(git, where, option, shallow == b"true", Blobs(git))


def _index(top: Path, cwd: Path) -> str:
    """The index that a hook is to read: git makes one of its own for ``git commit --all`` and ``--only``."""
    named = os.environ.get("GIT_INDEX_FILE", "")
    is_ours = named and Path(os.path.realpath(cwd)).is_relative_to(os.path.realpath(top))
    # githooks(5): a hook runs at the top of the working tree.
    return os.path.join(top, named) if is_ours else ""  # noqa: PTH118 -- a string is what is needed


def tracked_though_ignored(folder: Path) -> tuple[str, ...]:
    """The files below ``folder`` that are in the index though an ignore file names them; none without git."""
    program = find_git()
    if program is None:
        return ()
    try:
        listed = Git(program, folder).run("ls-files", "--cached", "--ignored", "--exclude-standard", "-z")
    except GitError:
        return ()
    return tuple(map(os.fsdecode, listed.split(b"\0")[:-1]))
