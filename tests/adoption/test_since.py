"""``--since``: what a change brings, in files it touched and in others."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.model import Excerpt, Finding, Place, Report, Severity, Span
from archlint.run import Request, check
from archlint.since import Result, introduced
from tests.adoption.repositories import commit, git, repository
from tests.adoption.test_staged import CONFIG, FINE, breaches
from tests.commands import BREACH, archlint
from tests.trees import write_tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def since(cwd: Path, ref: str = "main", **request: object) -> Report:
    return check(Request(cwd=cwd, since=ref, **request))  # type: ignore[arg-type]


def branch(root: Path, name: str = "topic") -> Path:
    git(root, "switch", "-q", "-c", name)
    return root


def test_what_was_there_before_is_not_told(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "old.ts": BREACH, "a.ts": FINE}))
    commit(root, {"a.ts": FINE + BREACH, "new.ts": BREACH})

    report = since(root)

    assert breaches(report) == ["a.ts:2", "new.ts:1"]
    assert report.exit_code == 1
    assert any(note.endswith("2 introduced since, 1 there before") for note in report.notices)


def test_what_is_not_committed_counts_too(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH})
    write_tree(root, {"untracked.ts": BREACH})

    assert breaches(since(root, "HEAD")) == ["untracked.ts:1"]


def test_with_staged_it_is_the_index_that_is_compared(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH, "b.ts": FINE})
    write_tree(root, {"b.ts": BREACH})
    git(root, "add", "b.ts")
    write_tree(root, {"b.ts": FINE, "untracked.ts": BREACH})

    assert breaches(since(root, "HEAD", staged=True)) == ["b.ts:1"]


def test_a_change_that_only_repairs_is_clean(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": BREACH * 3, "b.ts": BREACH}))
    commit(root, {"a.ts": BREACH + FINE})

    assert breaches(since(root)) == []
    assert since(root).exit_code == 0


GRAPH = "rules:\n  - id: missing-import\n    imports: { forbid: { unresolved: missing } }\n  - id: circle\n    acyclic: {}\n"


def test_a_breach_in_a_file_that_the_change_did_not_touch_is_told(tmp_path: Path) -> None:
    files = {
        "user.ts": 'import "./gone";\nimport "./never";\n',
        "gone.ts": "",
        "a.ts": 'import "./b";\n',
        "b.ts": "",
    }
    root = branch(repository(tmp_path, {**CONFIG, "architecture/rules.yml": GRAPH, **files}))
    (root / "gone.ts").unlink()
    commit(root, {"b.ts": 'import "./a";\n'})

    report = since(root)

    assert [(each.rule, each.place.path, each.place.span.line) for each in report.findings] == [
        ("circle", "a.ts", 1),
        ("missing-import", "user.ts", 1),
    ]


def test_lines_that_move_bring_nothing(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": BREACH + FINE + BREACH}))
    commit(root, {"a.ts": "// moved\n\n\n" + FINE + BREACH + FINE * 4 + BREACH})

    assert breaches(since(root)) == []


def test_a_renamed_file_brings_nothing_but_what_was_added_to_it(tmp_path: Path) -> None:
    body = "".join(f"const line{number} = {number};\n" for number in range(40))
    root = branch(repository(tmp_path, {**CONFIG, "old/a.ts": BREACH + body}))
    (root / "new").mkdir()
    git(root, "mv", "old/a.ts", "new/b.ts")
    commit(root)

    assert breaches(since(root)) == []

    commit(root, {"new/b.ts": BREACH + body + BREACH})
    assert breaches(since(root)) == ["new/b.ts:42"]


def test_a_rename_of_what_a_finding_names_brings_nothing(tmp_path: Path) -> None:
    rule = "rules:\n  - id: ui-imports-db\n    files: [ui.ts]\n    imports: { forbid: ['**/db*.ts'] }\n"
    body = "".join(f"export const line{number} = {number};\n" for number in range(40))
    files = {"ui.ts": 'import "./server/db";\n', "server/db.ts": body}
    root = branch(repository(tmp_path, {**CONFIG, "architecture/rules.yml": rule, **files}))
    assert breaches(check(Request(cwd=root))) == ["ui.ts:1"]
    git(root, "mv", "server/db.ts", "server/db2.ts")
    commit(root, {"ui.ts": 'import "./server/db2";\n'})

    assert breaches(since(root)) == []


def test_of_findings_that_are_alike_the_one_on_the_new_line_is_told(tmp_path: Path) -> None:
    old = "one();\n" + BREACH + "two();\n" + BREACH + "three();\n"
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": old}))
    commit(root, {"a.ts": BREACH.replace("open", "other") + old})

    assert breaches(since(root)) == ["a.ts:1"]


def test_both_versions_are_judged_by_the_same_rules(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": "open({ tier: 'gold' });\n"}))
    added = "  - id: gold-tier\n    value: { forbid: gold, at: [{ property: tier }] }\n"
    commit(root, {"architecture/rules.yml": str(CONFIG["architecture/rules.yml"]) + added})

    assert breaches(check(Request(cwd=root))) == ["a.ts:1"]
    assert breaches(since(root)) == []


def test_what_came_to_the_base_meanwhile_is_not_the_branchs(tmp_path: Path) -> None:
    root = branch(repository(tmp_path, {**CONFIG, "a.ts": BREACH}))
    commit(root, {"b.ts": FINE})
    git(root, "switch", "-q", "main")
    commit(root, {"a.ts": FINE})
    git(root, "switch", "-q", "topic")

    assert breaches(since(root)) == []


def test_an_incomplete_run_stays_incomplete(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "nul.ts": b"\0", "a.ts": FINE})

    assert since(root, "HEAD").exit_code == 3


def test_below_a_root_renames_and_paths_are_the_roots(tmp_path: Path) -> None:
    body = "".join(f"const line{number} = {number};\n" for number in range(40))
    files = {f"app/{path}": text for path, text in CONFIG.items()}
    root = branch(repository(tmp_path, {**files, "app/a.ts": BREACH + body, "other/c.ts": BREACH + body}))
    git(root, "mv", "app/a.ts", "app/b.ts")
    git(root, "mv", "other/c.ts", "app/c.ts")
    commit(root)

    assert breaches(since(root / "app")) == ["c.ts:1"]


def test_a_commit_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    origin = repository(tmp_path / "origin", {**CONFIG, "a.ts": FINE})
    for number in range(3):
        commit(origin, {"a.ts": FINE * number})
    branch(origin)
    commit(origin, {"b.ts": BREACH})
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "topic", f"file://{origin}", "shallow")
    shallow = tmp_path / "shallow"

    missing = archlint("check", "--since", "origin/main", cwd=shallow)
    git(shallow, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    unrelated = archlint("check", "--since", "origin/main", cwd=shallow)
    git(shallow, "fetch", "-q", "--unshallow", "origin")

    assert (missing.returncode, unrelated.returncode) == (2, 2)
    assert "no commit 'origin/main' in this shallow clone" in missing.stderr
    assert "`fetch-depth: 0`" in missing.stderr
    assert "'origin/main' and HEAD have no commit in common here: the clone is shallow" in unrelated.stderr
    assert breaches(since(shallow, "origin/main")) == ["b.ts:1"]


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("", "'' names no commit"),
        ("--output=x", "names no commit"),
        ("nowhere", "no commit 'nowhere' in this clone"),
        ("HEAD:a.ts", "no commit 'HEAD:a.ts'"),
    ],
)
def test_a_ref_that_is_none_is_refused(tmp_path: Path, ref: str, said: str) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE})

    for option in ("--since", "--gate"):
        run = archlint("check", f"{option}={ref}", cwd=root)

        assert run.returncode == 2
        assert f"{option}: " in run.stderr
        assert said in run.stderr
    assert sorted(path.name for path in root.iterdir()) == [".git", "a.ts", "architecture", "archlint.toml"]


def test_before_the_first_commit_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write_tree(tmp_path, {**CONFIG, "a.ts": FINE})

    run = archlint("check", "--since", "HEAD", cwd=tmp_path)

    assert run.returncode == 2
    assert "there is no commit yet" in run.stderr


ALIKE = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers(0, 3)), max_size=12)


def result(places: list[tuple[str, int, int]]) -> Result:
    findings = tuple(
        Finding("rule", Severity.ERROR, Place(path, Span(line, 1, line, 2)), "", "", identity=str(what))
        for path, line, what in places
    )
    return Result(findings, {path: Excerpt({}, {line: f"{line}:1" for line in range(5)}) for path in "ab"})


@given(ALIKE, ALIKE)
def test_as_many_are_new_as_there_are_more(
    before: list[tuple[str, int, int]], now: list[tuple[str, int, int]]
) -> None:
    then, later = result(before), result(now)
    new = introduced(later, then, {})

    def counted(findings: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
        return Counter((finding.place.path, finding.identity) for finding in findings)

    assert counted(new) == counted(later.findings) - counted(then.findings)
    assert [finding for finding in later.findings if finding in new] or not new
    assert introduced(later, later, {}) == ()
    assert introduced(later, result([]), {}) == later.findings
