"""Git's ignore rules, as git itself applies them."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from archlint.gitignore import is_ignored, parse_ignore_file
from tests.fuzz.target import RejectedError, Target, scratch, two

_ODD = re.compile(rb"[\x00-\x1f\x7f\"\\]|\A:")


@cache
def _repository() -> Path | None:
    if shutil.which("git") is None:
        return None
    folder = scratch()
    subprocess.run(["git", "init", "--quiet", folder], check=True, capture_output=True)
    return folder


def _ignored(data: bytes) -> Iterable[str]:
    """Patterns, and after ``===`` the paths; one that ends in '/' is a folder."""
    rules, listed = two(data)
    paths = [path for path in dict.fromkeys(listed.split(b"\n")) if _is_plain(path)][:40]
    repository = _repository()
    if repository is None or not paths or not rules.strip():
        raise RejectedError
    known = parse_ignore_file("", rules)
    paths = [path for path in paths if not any(other.startswith(path + b"/") for other in paths)]
    ours = {path for path in paths if known and _is_left_out(os.fsdecode(path), known)}
    (repository / ".gitignore").write_bytes(rules)
    _lay_out(repository, paths)
    theirs = _by_git(repository, paths)
    assert ours == theirs, f"git differs: {sorted(ours ^ theirs)[:3]}"
    return (f"{min(len(ours), 3)} {b'!' in rules} {b'[' in rules} {b'**' in rules} {known is None}",)


def _is_plain(path: bytes) -> bool:
    names = path.removesuffix(b"/").split(b"/")
    return not _ODD.search(path) and all(
        name not in (b"", b".", b"..", b".git") and len(name) < 200 for name in names
    )


def _is_left_out(path: str, known: object) -> bool:
    """Whether an entry or a folder above it is ignored: nobody enters that."""
    names = path.removesuffix("/").split("/")
    above = ("/".join(names[:length]) + "/" for length in range(1, len(names)))
    return any(is_ignored(each, (known,)) for each in (*above, path))  # type: ignore[arg-type]


def _lay_out(repository: Path, paths: list[bytes]) -> None:
    """Git asks the disk which of the paths are folders."""
    for entry in repository.iterdir():
        if entry.name not in (".git", ".gitignore"):
            shutil.rmtree(entry)
    for path in paths:
        place = repository / os.fsdecode(path)
        folder = place if path.endswith(b"/") else place.parent
        folder.mkdir(parents=True, exist_ok=True)


def _by_git(repository: Path, paths: list[bytes]) -> set[bytes]:
    command = ["git", "check-ignore", "--no-index", "-z", "--stdin"]
    asked = b"".join(path.removesuffix(b"/") + b"\0" for path in paths)
    ran = subprocess.run(command, cwd=repository, input=asked, capture_output=True, check=False, timeout=30)
    if ran.returncode not in (0, 1):
        raise RejectedError
    ignored = set(ran.stdout.split(b"\0"))
    return {path for path in paths if path.removesuffix(b"/") in ignored}


_TOKENS = (b"*", b"**", b"/", b"!", b"#", b"\\", b"[a-z]", b"[!a]", b"[[:alpha:]]", b"?", b"**/", b"/**", b"a", b" ", b"\\ ", b"*.log", b"build/", b"\n", b"[]a]", b"\\!", b"\\#")  # fmt: skip
TARGETS = (Target("gitignore", _ignored, tokens=_TOKENS, seconds=2.0),)
