"""What a run said is said again only of the very same tree, by the same terms: whatever is changed, it is noticed."""

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from archlint.cache.memo import OUTCOMES
from archlint.extend import Style
from archlint.model import Report
from archlint.reporters import REPORTERS
from archlint.run import Request, check
from tests.commands import archlint
from tests.running.test_cache import aged, git
from tests.trees import check_tree, write_tree

TODAY = date(2026, 1, 1)
RULES = """\
rules:
  - { id: retired-plan, value: { forbid: legacy, at: [{ property: plan }] } }
  - { id: import-cycle, acyclic: {} }
  - { id: unknown-import, imports: { forbid: { unresolved: any } } }
  - { id: long-file, files: ["src/**"], size: { lines: 3 } }
"""
CONFIG = """\
# more
rules = ["rules.yml"]
exclude = ["vendor/**"]
[[allow]]
rule = "retired-plan"
path = "src/old.ts"
reason = "it is on its way out"
until = 2030-01-01
"""
TREE = {
    "archlint.toml": CONFIG,
    "rules.yml": RULES,
    ".gitignore": "*.log\nbuild/\n",
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
    "packages/cart/package.json": '{ "name": "cart", "exports": "./index.ts" }',
    "packages/cart/index.ts": "export const PLAN = 'legacy';\n",
    "packages/cart/other.ts": "export const PLAN = 'regular';\n",
    "lib/a.ts": "import '@lib/b';\n",
    "lib/b.ts": "export const b = 1;\n",
    "src/a.ts": "import { PLAN } from 'cart';\nopen({ plan: PLAN });\n",
    "src/b.ts": "import './c';\n",
    "src/c.ts": "export const c = 1;\n",
    "src/old.ts": "// archlint: allow long-file -- it is\n\nopen({ plan: 'legacy' });\n\n",
    "src/generated.log": "",
    "vendor/d.ts": "open({ plan: 'legacy' });\n",
    "README.md": "Read me.\n",
}


def rewritten(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Writes into a file, and puts its old time back."""

    def edit(root: Path) -> None:
        before = (root / path).stat()
        text = (root / path).read_text()
        assert old in text
        (root / path).write_text(text.replace(old, new))
        os.utime(root / path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


def added(path: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        write_tree(root, {path: text})

    return edit


def removed(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink(missing_ok=True)


def renamed(path: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / path).rename(root / new)

    return edit


def linked(path: str, target: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return edit


def swapped(root: Path) -> None:
    """Two files of one size change places."""
    (root / "src/a.ts").rename(root / "src/a")
    (root / "src/c.ts").rename(root / "src/a.ts")
    (root / "src/a").rename(root / "src/c.ts")


def linked_folder(root: Path) -> None:
    shutil.move(root / "lib", root / "elsewhere")
    (root / "lib").symlink_to("elsewhere")


def piped(root: Path) -> None:
    (root / "src/c.ts").unlink(missing_ok=True)
    os.mkfifo(root / "src/c.ts")


EDITS: dict[str, Callable[[Path], None]] = {
    "content": rewritten("packages/cart/index.ts", "legacy", "modern"),
    "a cycle": rewritten("src/c.ts", "export const c = 1;", "import './b';       "),
    "a comment": rewritten("src/old.ts", "allow long-file", "allow long_file"),
    "a file more": added("src/e.ts", "open({ plan: 'legacy' });\n"),
    "a file more where one was missed": added("src/missing.ts", ""),
    "a file less": removed("src/c.ts"),
    "a file that is renamed": renamed("src/c.ts", "src/C.ts"),
    "a file that is moved": renamed("lib/b.ts", "src/b2.ts"),
    "files that change places": swapped,
    "a folder more": added("src/c/index.ts", "import '../b';\n"),
    "what is excluded": rewritten("archlint.toml", "vendor/**", "vendor/x"),
    "what is allowed": rewritten("archlint.toml", "src/old.ts", "src/odd.ts"),
    "until when": rewritten("archlint.toml", "2030", "2020"),
    "a limit": rewritten("archlint.toml", "# more", "limits = { parse-bytes = 20 }"),
    "an alias": rewritten("archlint.toml", "# more", "aliases = { '@lib/*' = 'src/*' }"),
    "a rule's severity": added("archlint.toml", f"{CONFIG}[rule.retired-plan]\nseverity = 'note'\n"),
    "a rule": rewritten("rules.yml", "forbid: legacy", "forbid: modern"),
    "a rule less": rewritten("rules.yml", "  - { id: import-cycle, acyclic: {} }\n", ""),
    "what git ignores": rewritten(".gitignore", "*.log", "*.loc"),
    "more that git ignores": added("src/.gitignore", "a.ts\n"),
    "what a repository excludes": added(".git/info/exclude", "lib\n"),
    "paths of tsconfig.json": rewritten("tsconfig.json", "./lib/*", "./src/*"),
    "another tsconfig.json": added("lib/tsconfig.json", "{}"),
    "exports of package.json": rewritten("packages/cart/package.json", "./index.ts", "./other.ts"),
    "the name of a package": rewritten("packages/cart/package.json", "cart", "dart"),
    "workspaces": rewritten("package.json", "packages/*", "projects/*"),
    "a link in place of a file": linked("src/c.ts", "../lib/b.ts"),
    "a link in place of a folder": linked_folder,
    "permission": lambda root: (root / "src/a.ts").chmod(0),
    "a binary file": rewritten("src/b.ts", "import", "\0mport"),
    "a pipe in place of a file": piped,
    "a repository below": added("lib/.git/HEAD", ""),
    "another archlint": lambda _root: None,
}  # fmt: skip


def warm(root: Path, **request: object) -> Report:
    return check(Request(cwd=root, root=root, jobs=2, **{"cache": True, "today": TODAY, **request}))  # type: ignore[arg-type]


def fresh(root: Path) -> tuple[str, ...]:
    return rendered(check_tree(root, today=TODAY))


def rendered(report: Report) -> tuple[str, ...]:
    return tuple(REPORTERS[name].render(report, Style()) for name in ("json", "sarif", "text"))


def is_recalled(report: Report) -> bool:
    return "gather" not in {lap.name for lap in report.laps}


OWN = ("archlint.toml", "rules.yml")
SETS_OF_EDITS = 20
TOO_SMALL = CONFIG.replace("# more", "limits = { read-bytes = 30 }")
LICENCES = {
    "archlint.toml": 'rules = ["rules.yml"]\n',
    "rules.yml": "rules: [{ id: a-licence, imports: { forbid: { licences: GPL-3.0-only } } }]\n",
    ".gitignore": "node_modules\n",
    "a.ts": "import 'left';\n",
    "node_modules/left/package.json": '{ "name": "left", "license": "MIT" }',
}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trees for all of these tests, which wait only once until the files are old enough."""
    folder = tmp_path_factory.mktemp("old")
    for name in (*EDITS, *map(str, range(SETS_OF_EDITS)), "one", "committed"):
        write_tree(folder / name, TREE)
    git(folder / "committed", "init", "-q")
    write_tree(folder / "unread", {**TREE, "archlint.toml": TOO_SMALL})
    write_tree(folder / "installed", LICENCES)
    write_tree(folder / "ruled", {path: text for path, text in TREE.items() if path not in OWN})
    write_tree(folder / "rules", {path: TREE[path] for path in OWN})
    aged(folder)
    return folder


def known(root: Path) -> Path:
    """The tree, of which it is known what a run says."""
    warm(root)
    assert (root / ".archlint_cache" / OUTCOMES).exists()
    return root


def test_of_a_tree_that_nobody_wrote_to_the_same_is_said_without_reading_it(old: Path) -> None:
    root = known(old / "another archlint")

    cold, report = check_tree(root, today=TODAY), warm(root)

    assert is_recalled(report)
    assert {"retired-plan", "unknown-import"} & {finding.rule for finding in report.findings}
    assert rendered(report) == rendered(cold)
    assert report.files == {"read": 0, "parsed": 0, "from cache": cold.files["read"]}
    assert (report.ledger, report.suppressed) == (cold.ledger, cold.suppressed)


@pytest.mark.parametrize("name", [name for name in EDITS if name != "another archlint"])
def test_every_edit_is_noticed(old: Path, name: str) -> None:
    root = known(old / name)

    EDITS[name](root)

    assert rendered(warm(root)) == fresh(root)


@pytest.mark.parametrize("number", range(SETS_OF_EDITS))
def test_any_edits_are_noticed(old: Path, number: int) -> None:
    root, chance = known(old / str(number)), random.Random(number)
    chosen = chance.sample(sorted(EDITS), chance.randint(1, 4))
    for name in chosen:
        with suppress(AssertionError, OSError):  # what another edit took away
            EDITS[name](root)

    assert rendered(warm(root)) == fresh(root), chosen


def test_a_young_file_proves_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    reports = [warm(tmp_path), warm(tmp_path)]

    assert not any(map(is_recalled, reports))
    assert not (tmp_path / ".archlint_cache" / OUTCOMES).exists()


@pytest.fixture(scope="module")
def one(old: Path) -> Path:
    return known(old / "one")


def test_other_terms_are_judged(one: Path) -> None:
    assert not is_recalled(warm(one, select=("import-cycle",)))
    assert is_recalled(warm(one, select=("import-cycle",)))
    assert is_recalled(warm(one))
    assert not is_recalled(warm(one, today=date(2031, 1, 1)))
    assert not is_recalled(warm(one, paths=("src/a.ts",)))
    assert not is_recalled(warm(one, overlay={"src/a.ts": b""}))
    assert not is_recalled(check_tree(one, today=TODAY))


def test_no_flipped_byte_changes_what_is_said(one: Path) -> None:
    expected, path = fresh(one), one / ".archlint_cache" / OUTCOMES
    whole = path.read_bytes()
    for offset in range(0, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0xFF]) + whole[offset + 1 :])

        assert rendered(warm(one)) == expected
    path.write_bytes(whole[: len(whole) // 2])
    assert rendered(warm(one)) == expected


def test_what_was_not_read_in_time_is_tried_again(old: Path) -> None:
    root = old / "unread"

    reports = [warm(root), warm(root)]

    assert {problem.reason for problem in reports[0].problems} == {"too-large"}
    assert not any(map(is_recalled, reports))
    assert rendered(reports[1]) == fresh(root)


def test_installed_packages_may_change_without_a_trace(old: Path) -> None:
    root, manifest = old / "installed", "node_modules/left/package.json"
    assert not warm(root).findings
    write_tree(root, {manifest: LICENCES[manifest].replace("MIT", "GPL-3.0-only")})

    report = warm(root)

    assert [finding.rule for finding in report.findings] == ["a-licence"]


def test_a_commit_changes_nothing_that_is_said(old: Path) -> None:
    root = known(old / "committed")
    git(root, "add", "--all")
    git(root, "commit", "-qm", "all")

    assert is_recalled(warm(root))
    assert rendered(warm(root)) == fresh(root)

    (root / ".gitignore").write_text("*.log\nbuild/\nlib/\n")  # what is tracked stays, though it is ignored
    aged(root)
    assert rendered(warm(root)) == fresh(root)
    git(root, "rm", "-q", "--cached", "-r", "lib")
    assert rendered(warm(root)) == fresh(root)


def test_the_command_says_the_same_twice(one: Path) -> None:
    runs = [archlint("check", "--format", "json", cwd=one) for _ in range(2)]

    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["findings"]


TERMS = [
    "what is excluded",
    "what is allowed",
    "until when",
    "a limit",
    "an alias",
    "a rule's severity",
    "a rule",
    "a rule less",
]


@pytest.fixture(scope="module")
def ruled_from_elsewhere(old: Path) -> tuple[Path, Path]:
    """A tree of which it is known what a run says, and the folder of its rules, which lies outside."""
    root, rules = old / "ruled", old / "rules"
    warm(root, config=rules / "archlint.toml")
    return root, rules


@pytest.mark.parametrize("name", TERMS)
def test_every_change_of_terms_that_stand_elsewhere_is_noticed(
    ruled_from_elsewhere: tuple[Path, Path], name: str
) -> None:
    root, rules = ruled_from_elsewhere
    config, before = rules / "archlint.toml", {path: TREE[path] for path in OWN}
    warm(root, config=config)
    assert is_recalled(warm(root, config=config))

    EDITS[name](rules)
    report, expected = warm(root, config=config), check_tree(root, config=config, today=TODAY)
    write_tree(rules, before)

    assert not is_recalled(report)
    assert rendered(report) == rendered(expected)
