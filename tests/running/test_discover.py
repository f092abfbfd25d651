import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archlint.discover import discover
from archlint.model import WHOLE_FILE, Exclusion, Extent, Listing, Problem, Reason
from tests.trees import write_tree

NOBODY = 65534
GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "HOME": os.devnull,
    "PATH": os.environ["PATH"],
}


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=GIT_ENVIRONMENT, check=True, capture_output=True)


def listed(root: Path, *exclude: str) -> list[str]:
    return list(discover(root, exclude).paths)


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that user nobody can enter, and that user's rights: root reads whatever the mode says."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o777)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    yield folder
    if was_root:
        os.seteuid(0)
    for path in folder.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_files_are_listed_sorted_with_posix_paths(tmp_path: Path) -> None:
    write_tree(tmp_path, {"b/c.ts": "", "b.ts": "", "a/b/c.ts": "", "A.ts": ""})

    assert listed(tmp_path) == ["A.ts", "a/b/c.ts", "b.ts", "b/c.ts"]


def test_an_empty_tree_lists_nothing(tmp_path: Path) -> None:
    assert discover(tmp_path, ("**",)) == Listing((), ())


def test_version_control_and_installed_packages_are_passed_over_without_mention(tmp_path: Path) -> None:
    folders = (".git", ".hg", ".svn", "node_modules", ".archlint_cache")
    write_tree(tmp_path, {f"{place}{name}/x.ts": "" for name in folders for place in ("", "a/")})
    shutil.rmtree(tmp_path / ".git")

    assert discover(tmp_path, ()) == Listing((), ())


def test_symlinks_are_excluded_and_never_followed(tmp_path: Path) -> None:
    write_tree(tmp_path, {"outside/secret.ts": "", "root/a/x.ts": ""})
    root = tmp_path / "root"
    (root / "a" / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "out.ts").symlink_to(tmp_path / "outside" / "secret.ts")
    (root / "gone").symlink_to("nowhere")
    (root / "zero").symlink_to("/dev/zero")

    listing = discover(root, ())

    assert listing.paths == ("a/x.ts",)
    assert listing.exclusions == tuple(
        Exclusion(path, "symlink") for path in ("a/loop", "gone", "out", "out.ts", "zero")
    )


def test_pipes_and_sockets_are_excluded_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket.ts"))

        listing = discover(tmp_path, ())

    assert listing.exclusions == (
        Exclusion("pipe.py", "special file"),
        Exclusion("socket.ts", "special file"),
    )


def test_a_name_that_is_not_utf8_keeps_its_bytes(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\n.ts"
    os.close(os.open(name, os.O_CREAT))

    assert listed(tmp_path) == ["caf\udce9\n.ts"]


def test_what_an_exclude_glob_means_is_excluded_by_configuration(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/x.gen.ts": "", "a/x.ts": "", "vendor/deep/y.ts": "", "[id]/z.ts": ""})

    listing = discover(tmp_path, ("**/*.gen.ts", "vendor", "[id]/**"))

    assert listing.paths == ("a/x.ts",)
    assert listing.exclusions == tuple(
        Exclusion(path, "excluded by configuration")
        for path in ("[id]/z.ts", "a/x.gen.ts", "vendor/deep/y.ts")
    )


def test_a_folder_that_cannot_be_listed_is_a_problem(as_nobody: Path) -> None:
    write_tree(as_nobody, {"closed/x.ts": "", "open.ts": ""})
    (as_nobody / "closed").chmod(0o000)

    listing = discover(as_nobody, ())

    message = "the folder cannot be listed: Permission denied"
    assert listing.paths == ("open.ts",)
    assert listing.problems == (Problem("closed", WHOLE_FILE, Reason.UNREADABLE, message, Extent.ALL),)


def test_an_excluded_folder_that_cannot_be_listed_is_only_excluded(as_nobody: Path) -> None:
    write_tree(as_nobody, {"closed/x.ts": ""})
    (as_nobody / "closed").chmod(0o000)

    listing = discover(as_nobody, ("closed/**",))

    assert listing == Listing((), (Exclusion("closed", "excluded by configuration"),))


def test_a_root_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    listing = discover(tmp_path / "gone", ())

    assert [(problem.path, problem.reason) for problem in listing.problems] == [(".", Reason.UNREADABLE)]


def test_a_path_longer_than_the_system_allows_is_a_problem(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)

    listing = discover(tmp_path, ())

    assert [problem.reason for problem in listing.problems] == [Reason.UNREADABLE]


def test_an_ignored_folder_is_not_entered_even_where_a_file_in_it_is_wanted_back(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": "build/\n!build/keep.ts\n", "build/keep.ts": "", "a.ts": ""})

    assert listed(tmp_path) == [".gitignore", "a.ts"]


def test_a_nested_ignore_file_has_the_last_word_below_its_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": "*.log\n", "a/.gitignore": "!keep.log\n", "keep.log": ""})
    write_tree(tmp_path, {"a/keep.log": "", "a/other.log": "", "a/b/keep.log": ""})

    assert listed(tmp_path) == [".gitignore", "a/.gitignore", "a/b/keep.log", "a/keep.log"]


@needs_git
def test_a_file_that_is_tracked_is_listed_though_it_is_ignored(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {".gitignore": "dist/\n*.gen.ts\n", "dist/a.ts": "", "dist/b.ts": "", "x.gen.ts": ""}
    )
    (tmp_path / "dist" / "link.ts").symlink_to("b.ts")
    forced = ["dist/a.ts", "dist/link.ts", "x.gen.ts"]
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", *forced)
    (tmp_path / "x.gen.ts").unlink()

    listing = discover(tmp_path, ())

    assert listing.paths == (".gitignore", "dist/a.ts")
    assert listing.exclusions == (Exclusion("dist/link.ts", "symlink"),)
    assert discover(tmp_path / "dist", ()).paths == ("a.ts", "b.ts")


@needs_git
def test_a_tracked_file_is_not_reached_through_a_link_that_took_its_folders_place(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "root", {".gitignore": "dist\n", "dist/a.ts": ""})
    git(root, "init", "-q")
    git(root, "add", "-f", "dist/a.ts")
    shutil.move(root / "dist", tmp_path / "outside")
    (root / "dist").symlink_to(tmp_path / "outside")

    assert discover(root, ()).paths == (".gitignore",)


@needs_git
def test_a_repository_in_a_repository_is_left_out_with_a_reason(tmp_path: Path) -> None:
    write_tree(tmp_path, {"own/a.ts": "", "vendored/lib/b.ts": ""})
    git(tmp_path / "vendored" / "lib", "init", "-q")

    assert discover(tmp_path, ()).paths == ("own/a.ts", "vendored/lib/b.ts")
    git(tmp_path, "init", "-q")

    listing = discover(tmp_path, ())
    assert listing.paths == ("own/a.ts",)
    assert listing.exclusions == (Exclusion("vendored/lib", "another git repository"),)


def test_an_ignore_file_that_is_a_symlink_or_huge_ignores_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/x.ts": "", "a/.gitignore": "*\n" + "#" * 300_000, "b/x.ts": "", "rules": "*\n"})
    (tmp_path / "b" / ".gitignore").symlink_to(tmp_path / "rules")

    assert listed(tmp_path) == ["a/.gitignore", "a/x.ts", "b/x.ts", "rules"]


@pytest.mark.parametrize("pattern", ["*a" * 60 + "*b", "**/*a*/" * 60 + "b", "[[:a" * 900, " " * 4000 + "a"])
def test_no_ignore_pattern_takes_long(tmp_path: Path, pattern: str) -> None:
    write_tree(tmp_path, {".gitignore": pattern, "a" * 200: "", "/".join(["aaaa"] * 200) + "/c": ""})

    assert len(listed(tmp_path)) == 3


@needs_git
def test_stars_behind_a_name_span_folders_as_git_has_it(tmp_path: Path) -> None:
    paths = ["docsx", "docs/x", "docsa/b/x", "docs/y", "q/docs/x", "srcf.g", "srca/b/f.g", "sr/f.g"]
    write_tree(tmp_path, {".gitignore": "docs**/x\n/src**/*.g\nsrc**//b\nq\0/\n", **dict.fromkeys(paths, "")})
    git(tmp_path, "init", "-q")
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    theirs = subprocess.run(command, cwd=tmp_path, env=GIT_ENVIRONMENT, check=True, capture_output=True)

    assert listed(tmp_path) == [".gitignore", "docs/y", "sr/f.g"]
    assert listed(tmp_path) == theirs.stdout.decode().split()


NAMES = [
    "a",
    "b",
    "ab",
    "aab",
    "x.log",
    "foo",
    "foo.txt",
    "#h",
    "!n",
    "a b",
    "sp ",
    "[x]",
    "é",
    "a]",
    "\\q",
    "A",
]
PIECES = [
    *NAMES, "*", "*", "*.log", "**", "**", "a*", "*b", "*a*b", "?", "f?o", "[ab]", "[!a]b", "[^a]*", "[]x]",
    "[[:alpha:]]", "[[:upper:]]*", "[a[:foo:]]", "[[:[:digit:]]", "[a-", "[\\]a]", "[a\\-c]", "[z-a]", "[!]x]", "[+-9]", "f**", "a**b", "\\a", "a\\", "\\!n", "sp\\ ",
]  # fmt: skip


def random_pattern(random_: random.Random) -> str:
    pattern = "/".join(random_.choices(PIECES, k=random_.choice([1, 1, 1, 2, 2, 3])))
    start = random_.choice(["", "", "", "/", "!", "!/", "#"])
    return start + pattern + random_.choice(["", "", "", "/", " ", "\t", "\r", "/**"])


def random_tree(random_: random.Random, folder: Path, depth: int = 0) -> None:
    for name in random_.sample(NAMES, random_.randint(2, 7)):
        if depth < 3 and random_.random() < 0.45:
            (folder / name).mkdir()
            random_tree(random_, folder / name, depth + 1)
        else:
            (folder / name).touch()
    if depth == 0 or random_.random() < 0.35:
        patterns = "\n".join(random_pattern(random_) for _ in range(random_.randint(1, 6)))
        start = random_.choice(["", "", "", "\ufeff"])
        (folder / ".gitignore").write_text(start + patterns, newline="", encoding="utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle here, and it is not installed")
@pytest.mark.parametrize("seed", range(8))
def test_the_listing_is_what_git_lists(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    for number in range(12):
        root = tmp_path / str(number)
        root.mkdir()
        subprocess.run(["git", "init", "-q", str(root)], env=GIT_ENVIRONMENT, check=True)
        random_tree(random_, root)
        (root / ".git" / "info" / "exclude").write_text(random_pattern(random_))
        everything = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
        forced = [str(path) for path in random_.sample(sorted(everything), min(3, len(everything)))]
        subprocess.run(["git", "-C", str(root), "add", "-f", *forced], env=GIT_ENVIRONMENT, check=True)
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]

        paths = subprocess.run(command, env=GIT_ENVIRONMENT, check=True, capture_output=True).stdout

        assert listed(root) == sorted(os.fsdecode(path) for path in paths.split(b"\0") if path)
