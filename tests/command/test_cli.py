"""The command line as its users meet it: what is printed where, and the exit code."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from archlint.reporters import REPORTERS
from tests.commands import BREACH, RULE, archlint, tree
from tests.trees import FIXTURES, PACKS, write_tree


@pytest.mark.parametrize(
    ("severity", "options", "code"),
    [
        ("error", (), 1),
        ("warning", (), 0),
        ("warning", ("--fail-on", "warning"), 1),
        ("note", ("--fail-on", "warning"), 0),
        ("note", ("--fail-on", "note"), 1),
    ],
)
def test_the_exit_code_is_1_from_the_severity_that_fails(
    tmp_path: Path, severity: str, options: tuple[str, ...], code: int
) -> None:
    run = archlint("check", *options, cwd=tree(tmp_path, {"a.ts": BREACH}, severity))

    assert run.returncode == code


@pytest.mark.parametrize("name", REPORTERS)
def test_the_format_never_changes_the_exit_code(tmp_path: Path, name: str) -> None:
    run = archlint("check", "--format", name, cwd=tree(tmp_path, {"a.ts": BREACH}))

    assert run.returncode == 1
    assert "retired-plan" in run.stdout


def test_a_clean_tree_exits_0_and_says_how_many_files_it_read(tmp_path: Path) -> None:
    run = archlint("check", cwd=tree(tmp_path, {"a.ts": "open({ plan: 'full' });\n"}))

    assert run.returncode == 0
    assert "no findings (1 rule)" in run.stdout
    assert "files: 3 = 2 analysed + 0 partial + 0 not analysed + 1 excluded" in run.stdout


def test_an_empty_repository_is_no_clean_result(tmp_path: Path) -> None:
    run = archlint("check", cwd=tmp_path)

    assert run.returncode == 3
    assert "files: 0 =" in run.stdout


def test_without_a_configuration_the_recommended_rules_run_and_say_so(tmp_path: Path) -> None:
    marker = "<" * 7
    run = archlint("check", cwd=write_tree(tmp_path, {"a.txt": f"{marker} HEAD\n"}))

    assert run.returncode == 1
    assert "merge-conflict-marker" in run.stdout
    assert 'no archlint.toml found: the pack "recommended" runs' in run.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere.ts"), "nowhere.ts: no such file or directory"),
        (("check", "--root", "nowhere"), "nowhere: no such directory"),
        (("check", "--config", "nowhere.toml"), "nowhere.toml: no such file"),
        (("check", ".."), "outside the root"),
        (("check", "--select", "retired-plam"), "did you mean 'retired-plan'?"),
        (("check", "--ignore", "retired-plan"), "no rule is left"),
        (("check", "--format", "sarfi"), "unknown format 'sarfi'"),
        (("check", "--report", "sarif"), "expected FORMAT=FILE"),
        (("check", "--report", "sarif=a", "-o", "a"), "2 reports go to a"),
        (("check", "--report", "json=-"), "2 reports go to standard output"),
        (("check", "--select", ""), "--select or --ignore names no rule: it is empty"),
        (("check", "--fail-on", "fatal"), "fatal"),
        (("check", "--no-such-option"), "--no-such-option"),
        (("chekc",), "chekc"),
    ],
)
def test_wrong_arguments_exit_2_and_say_what_is_wrong(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = archlint(*arguments, cwd=tree(tmp_path, {"a.ts": BREACH}))

    assert (run.returncode, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())


def test_every_configuration_mistake_is_told_at_once_and_nothing_is_checked(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    write_tree(
        tmp_path, {"rules.yml": "rules:\n  - id: a\n    valeu: {}\n  - id: b\n    size: { code-lines: x }\n"}
    )

    run = archlint("check", cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        'archlint: rules.yml:3:5: unknown key "valeu"; did you mean "value"?\n'
        "  |\n"
        "3 |     valeu: {}\n"
        "  |     ^^^^^\n"
        'archlint: rules.yml:5:25: expected a whole number, found "x"\n'
        "  |\n"
        "5 |     size: { code-lines: x }\n"
        "  |                         ^\n"
        "archlint: docs: archlint docs reference/kinds#the-header\n"
        "archlint: docs: archlint docs reference/kinds#size\n"
        "archlint: 2 mistakes; nothing was checked\n"
    )


@pytest.mark.parametrize("text", ["a\x1b[31m", "::error::", "##[error]", "\u202e"])
def test_a_mistaken_file_injects_nothing_into_the_log(tmp_path: Path, text: str) -> None:
    tree(tmp_path, {"a.ts": BREACH, "rules.yml": f"rules:\n  - id: a\n    '{text}': x\n{text}: y\n"})

    run = archlint("check", cwd=tmp_path)

    assert run.returncode == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]|##\\[|^\\s*::", run.stderr, re.MULTILINE)


def test_a_rule_that_looks_at_nothing_fails_while_the_others_run(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    other = "\n  - { id: idle, files: [gone/**], text: { forbid: x } }\n  - { id: fine, files: [gone/**], allow-empty: true, text: { forbid: x } }\n"
    write_tree(tmp_path, {"rules.yml": RULE.format(severity="note") + other})

    run = archlint("check", "--format", "concise", cwd=tmp_path)

    assert run.returncode == 1
    assert (
        "rules.yml:9:7: error[vacuous-rule] rule 'idle' looks at nothing: no file matches 'gone/**'"
        in run.stdout
    )
    assert "a.ts:1:15: note[retired-plan]" in run.stdout
    assert "fine" not in run.stdout


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("nul.ts", b"open({ plan: 'legacy' });\0", "encoding"),
        ("utf16.ts", BREACH.encode("utf-16"), "encoding"),
        ("latin.ts", b"// caf\xe9\nopen({ plan: 'legacy' });\n", "encoding"),
        ("open.ts", b"const a = 'unterminated;\n open({ plan: 'legacy' });\n", "syntax"),
        ("wide.js", b"open({plan:'legacy'});" * 240_000, "too-large"),
        ("tabs.yml", b"a:\n\t- plan: legacy\n", "syntax"),
        ("deep.ts", b"(" * 2000 + b"f({ plan: 'legacy' })" + b")" * 2000, "depth-limit"),
    ],
)
def test_what_cannot_be_read_is_told_and_hides_nothing_else(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    tree(tmp_path, {name: content, "canary.ts": BREACH})

    run = archlint("check", "--format", "json", cwd=tmp_path)
    report = json.loads(run.stdout)

    assert (name, reason) in {(problem["place"]["path"], problem["reason"]) for problem in report["problems"]}
    assert "canary.ts" in run.stdout
    assert run.returncode == 1
    (tmp_path / "canary.ts").unlink()
    assert archlint("check", "--incomplete", "warn", cwd=tmp_path).returncode in (0, 1)


def test_an_incomplete_run_without_a_finding_exits_3_unless_asked(tmp_path: Path) -> None:
    tree(tmp_path, {"nul.ts": b"\0", "a.ts": "open();\n"})

    assert archlint("check", cwd=tmp_path).returncode == 3
    assert archlint("check", "--incomplete", "warn", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xef\xbb\xbfopen({ plan: 'legacy' });", "1:15"),
        (b"// a\r\nopen({ plan: 'legacy' });\r\n", "2:15"),
        (b"// a\ropen({ plan: 'legacy' });\r", "2:15"),
        ("// a\u2028open({ plan: 'legacy' }); // b\u2029".encode(), "1:20"),
        (b"one();\ropen({ plan: 'legacy' });\r", "2:15"),
        ("/* é😀 */ open({ plan: 'legacy' });".encode(), "1:25"),
    ],
)
def test_lines_and_columns_are_an_editors_whatever_the_bytes(
    tmp_path: Path, content: bytes, place: str
) -> None:
    run = archlint("check", "--format", "concise", cwd=tree(tmp_path, {"a.ts": content}))

    assert f"a.ts:{place}:" in run.stdout


def test_symlinks_are_not_followed_and_are_counted(tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "outside", {"b.ts": BREACH})
    root = tree(tmp_path / "root", {"a.ts": "open();\n"})
    (root / "loop").symlink_to(root)
    (root / "away").symlink_to(outside)
    (root / "gone.ts").symlink_to(root / "nowhere.ts")

    run = archlint("check", cwd=root)

    assert run.returncode == 0
    assert "3 symlink" in run.stdout


def test_paths_confine_what_is_reported(tmp_path: Path) -> None:
    tree(tmp_path, {"a/a.ts": BREACH, "b/b.ts": BREACH})

    run = archlint("check", "b", "--format", "concise", cwd=tmp_path)

    assert "b/b.ts:1" in run.stdout
    assert "a/a.ts" not in run.stdout


def test_select_and_ignore_choose_rules(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    write_tree(
        tmp_path, {"rules.yml": RULE.format(severity="error") + "  - { id: loud, text: { forbid: open } }\n"}
    )

    selected = archlint("check", "--format", "concise", "--select", "loud", cwd=tmp_path)
    ignored = archlint("check", "--format", "concise", "--ignore", "loud", cwd=tmp_path)

    assert ("loud" in selected.stdout, "retired-plan" in selected.stdout) == (True, False)
    assert ("loud" in ignored.stdout, "retired-plan" in ignored.stdout) == (False, True)


def test_one_run_writes_several_reports(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})

    run = archlint(
        "check",
        "--report",
        "sarif=out/a.sarif",
        "--report",
        "json=out/a.json",
        "-o",
        "out/a.txt",
        cwd=tmp_path,
    )

    assert (run.returncode, run.stdout) == (1, "")
    assert json.loads((tmp_path / "out/a.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((tmp_path / "out/a.json").read_text())["findings"]
    assert "retired-plan" in (tmp_path / "out/a.txt").read_text()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "a.sarif", "a.txt"]


def test_a_report_that_cannot_be_written_exits_4_and_names_the_file(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH, "out": "a file in the way"})

    run = archlint("check", "-o", "out/a.txt", cwd=tmp_path)

    assert run.returncode == 4
    assert "out/a.txt" in run.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_run_whose_output_nobody_takes_leaves_with_its_code(tmp_path: Path, closed: str) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    command = f"{shlex.quote(sys.executable)} -m archlint check"

    run = subprocess.run(
        f"{command} {closed}", shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    assert "internal error" not in run.stdout + run.stderr


def test_who_measures_a_run_sees_it_to_its_end(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    code = "import sys; from archlint.cli import main; sys.argv = ['archlint', 'check']; main()"
    (tmp_path / "run.py").write_text(code)

    run = subprocess.run(
        [sys.executable, "-m", "cProfile", "run.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "function calls" in run.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_standard_output_exits_4(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})
    command = [sys.executable, "-m", "archlint", "check"]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert run.returncode == 4
    assert "cannot be written" in run.stderr


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    tree(tmp_path, {f"{number}.ts": BREACH * 50 for number in range(20)})
    command = f"{sys.executable} -m archlint check | head -1"

    run = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run.stderr == ""


def test_colours_come_when_asked_and_go_with_no_color(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": BREACH})

    assert "\x1b[" not in archlint("check", cwd=tmp_path).stdout
    assert "\x1b[" in archlint("check", "--color", "always", cwd=tmp_path).stdout
    assert "\x1b[" in archlint("check", cwd=tmp_path, FORCE_COLOR="1").stdout
    assert "\x1b[" not in archlint("check", cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    root, config = FIXTURES / "monorepo" / "before", PACKS / "clickeen" / "archlint.toml"

    def reports(jobs: int) -> dict[str, bytes]:
        files = {name: tmp_path / f"{jobs}-{name}" for name in REPORTERS}
        options = [f"--report={name}={path}" for name, path in files.items()]
        # Sets are in another order in each.
        archlint(
            "check",
            "--root",
            root,
            "--config",
            config,
            "--jobs",
            str(jobs),
            *options,
            cwd=root,
            PYTHONHASHSEED=str(jobs),
        )
        return {name: path.read_bytes() for name, path in files.items()}

    one, eight = reports(1), reports(8)

    assert all(one.values())
    assert one == eight


def test_version_and_help_are_there(tmp_path: Path) -> None:
    assert archlint("--version", cwd=tmp_path).stdout.startswith("archlint 0.")
    assert "archlint check" in archlint("check", "--help", cwd=tmp_path).stdout


def test_rules_are_listed_with_where_they_look(tmp_path: Path) -> None:
    listed = archlint("rules", "--config", PACKS / "clickeen" / "archlint.toml", cwd=tmp_path).stdout

    assert "\nworkspace-list-drift  error · parity · " in listed
    assert "  where: package.json, pnpm-workspace.yaml\n" in listed
    assert listed.count("  why:") == listed.count("  where:")


def loaded(cwd: Path, request: str) -> set[str]:
    """The top modules that a check loads in the main process."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom archlint.run import Request, check\n"
        f"check(Request(cwd=Path.cwd(), {request}))\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_check_starts_without_what_it_does_not_need(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "open();\n"})
    heavy = {
        "tree_sitter",
        "rich",
        "typer",
        "pydantic",
        "libcst",
        "difflib",
        "jsonschema",
        "asyncio",
        "email",
        "http",
        "importlib_metadata",
    }

    assert heavy & loaded(tmp_path, "cache=False") == set()
    assert "sqlite3" not in loaded(tmp_path, "cache=False")
    loaded(tmp_path, "cache=True")
    warm = loaded(tmp_path, "cache=True")
    assert (heavy | {"ruamel", "multiprocessing", "subprocess", "tempfile"}) & warm == set()
