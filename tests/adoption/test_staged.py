"""``--staged``: what is judged is what the next commit holds, whatever lies on the disk."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archlint.model import Reason, Report
from archlint.run import Request, check
from tests.adoption.repositories import ENVIRONMENT, commit, git, repository
from tests.commands import BREACH, archlint
from tests.trees import check_tree, write_tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FINE = "open({ plan: 'full' });\n"
RULES = "rules:\n  - id: retired-plan\n    value: { forbid: legacy, at: [{ property: plan }] }\n"
CONFIG: dict[str, str | bytes] = {
    "archlint.toml": 'rules = ["architecture/*.yml"]\nexclude = ["architecture/**", "archlint.toml"]\n',
    "architecture/rules.yml": RULES,
}


def staged(cwd: Path, **request: object) -> Report:
    return check(Request(cwd=cwd, staged=True, **request))  # type: ignore[arg-type]


def breaches(report: Report) -> list[str]:
    return [f"{each.place.path}:{each.place.span.line}" for each in report.findings]


def test_of_a_file_staged_in_part_only_that_part_is_judged(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE, "b.ts": FINE})
    write_tree(root, {"a.ts": FINE + BREACH})
    git(root, "add", "a.ts")
    write_tree(root, {"a.ts": FINE, "b.ts": BREACH})

    assert breaches(staged(root)) == ["a.ts:2"]
    assert breaches(check_tree(root)) == ["b.ts:1"]


def test_the_lines_shown_are_those_of_the_index(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH})
    write_tree(root, {"a.ts": "something else\n" * 9})

    assert staged(root).excerpts["a.ts"].lines[1] == BREACH.rstrip("\n")


def test_what_is_not_in_the_index_is_not_judged(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "kept.ts": BREACH, "gone.ts": BREACH, "b.ts": FINE})
    git(root, "rm", "-q", "--cached", "kept.ts")
    git(root, "rm", "-q", "gone.ts")
    write_tree(root, {"untracked.ts": BREACH})

    report = staged(root)

    assert breaches(report) == []
    assert report.exit_code == 0


def test_what_is_in_the_index_is_judged_though_it_is_not_on_the_disk(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH, ".gitignore": "*.gen.ts\n"})
    (root / "a.ts").unlink()
    write_tree(root, {"x.gen.ts": BREACH})
    git(root, "add", "-f", "x.gen.ts")

    assert breaches(staged(root)) == ["a.ts:1", "x.gen.ts:1"]


def test_a_file_that_is_only_announced_is_not_in_the_next_commit(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "b.ts": FINE, "empty.ts": ""})
    write_tree(root, {"new.ts": BREACH})
    git(root, "add", "--intent-to-add", "new.ts")
    before = staged(root).ledger.total
    git(root, "add", "new.ts")

    assert breaches(staged(root)) == ["new.ts:1"]
    assert staged(root).ledger.total == before + 1


def test_links_and_submodules_are_left_out_with_a_reason(tmp_path: Path) -> None:
    library = repository(tmp_path / "library", {"lib.ts": BREACH})
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": FINE})
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "vendored")
    (root / "link.ts").symlink_to("a.ts")
    git(root, "add", "link.ts")

    because = staged(root).ledger.excluded_because

    assert (because["submodule"], because["symlink"]) == (1, 1)
    assert check_tree(root).ledger.excluded_because["another git repository"] == 1


def test_a_file_with_conflicts_is_not_read_and_no_clean_result(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE, "b.ts": FINE})
    git(root, "switch", "-q", "-c", "other")
    commit(root, {"a.ts": "one();\n"})
    git(root, "switch", "-q", "main")
    commit(root, {"a.ts": "two();\n"})
    subprocess.run(
        ["git", "merge", "-q", "other"], cwd=root, env=ENVIRONMENT, check=False, capture_output=True
    )

    report = staged(root)

    assert [(each.path, each.reason) for each in report.problems] == [("a.ts", Reason.UNREADABLE)]
    assert "conflicts" in report.problems[0].message
    assert report.exit_code == 3


def test_configuration_and_rules_are_those_of_the_index(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH})
    write_tree(
        root, {"architecture/rules.yml": RULES.replace("legacy", "nothing"), "archlint.toml": "broken ["}
    )

    assert breaches(staged(root)) == ["a.ts:1"]

    git(root, "add", "architecture/rules.yml")
    assert breaches(staged(root)) == []

    git(root, "add", "archlint.toml")
    run = archlint("check", "--staged", cwd=root)
    assert run.returncode == 2
    assert "archlint.toml:1:" in run.stderr


@pytest.mark.parametrize(
    "rules",
    [
        "architecture/rules.yml",
        "architecture",
        "architecture/",
        "architecture/**/*.yml",
        "architecture/[r]*.yml",
    ],
)
def test_rules_are_found_in_the_index_however_they_are_named(tmp_path: Path, rules: str) -> None:
    sheet = f'rules = ["{rules}"]\nexclude = ["architecture/**", "archlint.toml"]\n'
    root = repository(tmp_path, {**CONFIG, "archlint.toml": sheet, "a.ts": BREACH})
    shutil.rmtree(root / "architecture")

    assert breaches(staged(root)) == ["a.ts:1"]


def test_folders_that_the_configuration_names_are_those_of_the_index(tmp_path: Path) -> None:
    sheet = str(CONFIG["archlint.toml"]) + '[aliases."apps/web"]\n"@" = "src"\n'
    root = repository(tmp_path, {**CONFIG, "archlint.toml": sheet, "apps/web/a.ts": BREACH})

    assert breaches(staged(root)) == ["apps/web/a.ts:1"]


def test_a_configuration_elsewhere_is_read_from_disk(tmp_path: Path) -> None:
    config = write_tree(tmp_path / "shared", CONFIG)
    root = repository(tmp_path / "root", {"a.ts": BREACH})

    assert breaches(staged(root, root=root, config=config / "archlint.toml")) == ["a.ts:1"]


def test_a_configuration_that_is_named_and_not_in_the_index_is_missing(tmp_path: Path) -> None:
    root = repository(tmp_path, {"src/a.ts": BREACH})
    write_tree(root, CONFIG)

    run = archlint("check", "--staged", "--config", "../archlint.toml", cwd=root / "src")
    assert run.returncode == 2
    assert "../archlint.toml: no such file" in run.stderr
    assert "this is the configuration of git's index" in run.stderr

    git(root, "add", "--all")
    assert breaches(staged(root / "src", config=Path("../archlint.toml"))) == ["src/a.ts:1"]


def test_a_configuration_that_is_a_link_is_refused_and_not_replaced_by_another(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE})
    (root / "archlint.toml").rename(root / "real.toml")
    (root / "archlint.toml").symlink_to("real.toml")
    git(root, "add", "--all")

    run = archlint("check", "--staged", cwd=root)

    assert run.returncode == 2
    assert "'archlint.toml' is a symbolic link" in run.stderr


def test_without_a_configuration_in_the_index_the_recommended_rules_run(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.txt": "<" * 7 + " HEAD\n"})
    write_tree(root, CONFIG)

    run = archlint("check", "--staged", "--format", "concise", cwd=root)

    assert "merge-conflict-marker" in run.stdout
    assert "no archlint.toml found" in run.stdout


def test_from_a_folder_below_and_with_a_root_below(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "src/a.ts": BREACH, "b.ts": BREACH})
    inner = repository(tmp_path / "inner-root", {f"app/{path}": text for path, text in CONFIG.items()})
    commit(inner, {"app/a.ts": BREACH, "b.ts": BREACH})

    assert breaches(staged(root / "src")) == ["b.ts:1", "src/a.ts:1"]
    assert breaches(staged(root, paths=("src",))) == ["src/a.ts:1"]
    assert breaches(staged(inner, root=Path("app"))) == ["a.ts:1"]


def test_a_linked_working_tree_has_an_index_of_its_own(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": FINE})
    git(root, "worktree", "add", "-q", str(tmp_path / "linked"))
    write_tree(tmp_path / "linked", {"a.ts": BREACH})
    git(tmp_path / "linked", "add", "a.ts")

    assert breaches(staged(tmp_path / "linked")) == ["a.ts:1"]
    assert breaches(staged(root)) == []


def test_a_submodule_is_a_repository_like_any_other(tmp_path: Path) -> None:
    library = repository(tmp_path / "library", {**CONFIG, "lib.ts": BREACH})
    root = repository(tmp_path / "root", {"a.ts": FINE})
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "vendored")

    assert breaches(staged(root / "vendored")) == ["lib.ts:1"]


NAMES = [
    "a b.ts",
    "a\nb.ts",
    "::error::.ts",
    "-rf.ts",
    '"q".ts',
    "é.ts",
    "caf\udce9.ts",
    ":(glob)**.ts",
    "a\\b.ts",
]


def test_any_name_is_read_from_the_index_as_from_the_disk(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, **dict.fromkeys(NAMES, BREACH)})

    report = staged(root)

    assert sorted(breaches(report)) == sorted(f"{name}:1" for name in NAMES)
    assert report.findings == check_tree(root).findings
    assert report.excerpts == check_tree(root).excerpts


@pytest.mark.parametrize("jobs", ["1", "8"])
def test_the_index_of_a_clean_checkout_gives_the_same_report_as_the_disk(tmp_path: Path, jobs: str) -> None:
    files = {f"src/{number}.ts": (FINE * number + BREACH) for number in range(60)}
    root = repository(tmp_path, {**CONFIG, **files})

    runs = [
        archlint("check", *options, "--jobs", jobs, "--format", "json", cwd=root)
        for options in ((), ("--staged",))
    ]

    assert runs[0].stdout == runs[1].stdout
    assert len(json.loads(runs[0].stdout)["findings"]) == 60


def test_nothing_that_the_repository_configures_is_run(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "root", {**CONFIG, "a.ts": BREACH, ".gitattributes": "* filter=evil diff=evil\n"}
    )
    marker, program = tmp_path / "marker", tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv",
                "diff.external", "core.pager", "core.sshCommand", "core.editor", "credential.helper", "alias.ls-files"):  # fmt: skip
        git(root, "config", key, str(program))
    (root / ".git" / "hooks" / "post-index-change").write_text(program.read_text())
    (root / ".git" / "hooks" / "post-index-change").chmod(0o755)
    write_tree(root, {"a.ts": FINE, "new.ts": BREACH})

    runs = [
        archlint("check", *options, cwd=root)
        for options in ((), ("--staged",), ("--since", "HEAD"), ("--gate", "HEAD"))
    ]

    assert [run.returncode for run in runs] == [1, 1, 1, 1]
    assert not marker.exists()


def test_contents_that_are_not_in_the_clone_are_not_fetched_and_told(tmp_path: Path) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE, "b.ts": BREACH})
    blob = git(root, "rev-parse", "HEAD:a.ts").strip()
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    report = staged(root)

    assert [(each.path, each.reason) for each in report.problems] == [("a.ts", Reason.UNREADABLE)]
    assert breaches(report) == ["b.ts:1"]


def test_a_file_over_the_limit_hides_nothing_that_comes_after_it(tmp_path: Path) -> None:
    sheet = str(CONFIG["archlint.toml"]) + "[limits]\nread-bytes = 1000\n"
    files = {"a.ts": "x();\n" * 500, "b.ts": BREACH, "c.ts": "y();\n" * 500, "d.ts": BREACH}
    root = repository(tmp_path, {**CONFIG, "archlint.toml": sheet, **files})

    report = staged(root, jobs=1)

    assert [(each.path, each.reason) for each in report.problems] == [
        ("a.ts", Reason.TOO_LARGE),
        ("c.ts", Reason.TOO_LARGE),
    ]
    assert breaches(report) == ["b.ts:1", "d.ts:1"]


@pytest.mark.parametrize("options", [("--all",), ("--only", "a.ts")])
def test_a_hook_sees_the_index_that_git_made_for_the_commit(tmp_path: Path, options: tuple[str, ...]) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": FINE})
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archlint check --staged\n')
    hook.chmod(0o755)
    write_tree(root, {"a.ts": BREACH})
    environment = {**ENVIRONMENT, "PYTHONPATH": os.environ.get("PYTHONPATH", str(Path.cwd()))}

    run = subprocess.run(
        ["git", "commit", "-q", "-m", "x", *options],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "retired-plan" in run.stdout + run.stderr


@pytest.mark.parametrize(
    ("path", "said"),
    [("untracked.ts", "untracked.ts: not in git's index; git add it"), ("/etc/passwd", "outside the root")],
)
def test_a_path_that_is_not_in_the_index_is_a_mistake(tmp_path: Path, path: str, said: str) -> None:
    root = repository(tmp_path, {**CONFIG, "a.ts": BREACH})
    write_tree(root, {"untracked.ts": BREACH})

    run = archlint("check", "--staged", path, cwd=root)

    assert run.returncode == 2
    assert said in run.stderr


def test_without_git_or_repository_it_says_so(tmp_path: Path) -> None:
    write_tree(tmp_path, {**CONFIG, "a.ts": FINE})

    outside = archlint("check", "--staged", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    without = archlint("check", "--staged", cwd=tmp_path, PATH=str(tmp_path))

    assert (outside.returncode, without.returncode) == (2, 2)
    assert "--staged: the tree is in no git repository; git init" in outside.stderr
    assert "--staged: git is not on the PATH" in without.stderr
    assert archlint("check", cwd=tmp_path, PATH=str(tmp_path)).returncode == 0


def test_a_git_in_the_tree_is_never_run(tmp_path: Path) -> None:
    root = repository(tmp_path / "root", {**CONFIG, "a.ts": FINE, "git": "#!/bin/sh\ntouch ran\n"})
    (root / "git").chmod(0o755)

    run = archlint("check", "--staged", cwd=root, PATH=f".:{os.environ['PATH']}")

    assert run.returncode == 0
    assert not (root / "ran").exists()
