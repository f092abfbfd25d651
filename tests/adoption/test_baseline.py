"""The baseline: what is known stays quiet, what is new and what is mended is told, and the file only shrinks."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.baseline import Baseline, Entry, compare, entry_of, text_of
from archlint.errors import ConfigError
from archlint.fingerprint import stable_fingerprint
from archlint.model import Finding, Place, Severity, Span
from tests.commands import archlint
from tests.trees import check_tree, write_tree

RULES = """
rules:
  - id: breach
    ignores: ["*.yml", "*.toml"]
    text: { forbid: 'BREACH-?\\w*' }
  - { id: other, ignores: ["*.yml", "*.toml"], text: { forbid: OTHER } }
"""
FILE = "archlint-baseline.txt"
HAS_GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def tree(root: Path, files: dict[str, str], sheet: str = "") -> Path:
    config = {"archlint.toml": f'rules = ["rules.yml"]\n{sheet}', "rules.yml": RULES}
    return write_tree(root, {**config, **files})


def summary(root: Path, *options: str) -> tuple[int, list[str]]:
    run = archlint("check", "-f", "concise", "-j", "1", *options, cwd=root)
    return run.returncode, [line for line in run.stdout.splitlines() if not line.startswith("files:")]


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_what_is_known_is_quiet_and_what_is_new_or_mended_is_told(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "BREACH\nBREACH\n", "b.ts": "OTHER\n"})

    first = archlint("baseline", cwd=tmp_path)

    assert first.returncode == 0
    assert first.stdout.startswith(f"wrote {FILE}: 3 known\ncommit it: ")
    assert summary(tmp_path) == (0, ["no findings (2 rules)", "baseline: 3 known, 0 new, 0 fixed"])
    # A line above moves it; a line like it is new; one that is gone is mended.
    write_tree(tmp_path, {"a.ts": "// above\nBREACH\nBREACH\nBREACH\n", "b.ts": "\n"})
    code, (new, mended, *rest) = summary(tmp_path)
    assert code == 1
    assert new.startswith("a.ts:4:1: error[breach] ")
    assert mended.startswith(f"{FILE}:5:1: error[stale-baseline] 'other' in 'b.ts' is mended: ")
    assert rest == ["2 errors in 2 files (2 rules)", "baseline: 2 known, 1 new, 1 fixed"]


def test_an_update_takes_out_and_adds_nothing_unless_asked(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n", "b.ts": "OTHER\n"})
    archlint("baseline", cwd=tmp_path)
    write_tree(tmp_path, {"b.ts": "\n", "c.ts": "BREACH\n"})

    update = archlint("baseline", "--update", cwd=tmp_path)
    before = (tmp_path / FILE).read_text()
    again = archlint("baseline", "--update", cwd=tmp_path)

    assert update.stdout == f"wrote {FILE}: 1 known, 1 taken out, 1 new ones left out\n"
    assert again.stdout == f"wrote {FILE}: 1 known, 0 taken out, 1 new ones left out\n"
    assert (tmp_path / FILE).read_text() == before
    assert archlint("baseline", "--update", "--accept-new", cwd=tmp_path).returncode == 0
    assert summary(tmp_path) == (0, ["no findings (2 rules)", "baseline: 2 known, 0 new, 0 fixed"])


@pytest.mark.parametrize(
    ("arguments", "is_there", "said"),
    [
        ((), True, "is there already"),
        (("--update",), False, "to update"),
        (("--accept-new",), True, "--accept-new goes with --update"),
    ],
)
def test_a_baseline_is_not_overwritten_by_accident(
    tmp_path: Path, arguments: tuple[str, ...], is_there: object, said: str
) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n", **({FILE: ""} if is_there else {})})

    run = archlint("baseline", *arguments, cwd=tmp_path)

    assert run.returncode == 2
    assert said in run.stderr


@HAS_GIT
def test_a_file_that_git_sees_was_renamed_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    body = "".join(f"line {number};\n" for number in range(30))
    tree(tmp_path, {"src/a.ts": f"{body}BREACH\nBREACH\n"})
    archlint("baseline", cwd=tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    (tmp_path / "lib").mkdir()
    git(tmp_path, "mv", "src/a.ts", "lib/b c.ts")

    assert summary(tmp_path) == (0, ["no findings (2 rules)", "baseline: 2 known, 0 new, 0 fixed"])
    archlint("baseline", "--update", cwd=tmp_path)
    git(tmp_path, "commit", "-qam", "y")
    assert summary(tmp_path) == (0, ["no findings (2 rules)", "baseline: 2 known, 0 new, 0 fixed"])
    assert "src/a.ts" not in (tmp_path / FILE).read_text()


@HAS_GIT
def test_a_copy_of_a_file_is_no_renamed_file(tmp_path: Path) -> None:
    tree(tmp_path, {"src/a.ts": "BREACH\n"})
    archlint("baseline", cwd=tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    write_tree(tmp_path, {"src/b.ts": "BREACH\n"})
    git(tmp_path, "add", ".")

    code, lines = summary(tmp_path)

    assert (code, lines[-1]) == (1, "baseline: 1 known, 1 new, 0 fixed")


def test_a_run_that_does_not_judge_an_entry_does_not_call_it_mended(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n", "b.ts": "OTHER\n"})
    archlint("baseline", cwd=tmp_path)
    write_tree(tmp_path, {"a.ts": "\n", "b.ts": "\n"})

    assert summary(tmp_path, "--select", "other")[1][-1] == "baseline: 0 known, 0 new, 1 fixed"
    assert summary(tmp_path, "a.ts")[1][-1] == "baseline: 0 known, 0 new, 1 fixed"
    assert summary(tmp_path)[1][-1] == "baseline: 0 known, 0 new, 2 fixed"


def test_what_archlint_says_of_itself_is_in_no_baseline(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "f(); // archlint: allow breach -- why\n"})

    archlint("baseline", cwd=tmp_path)

    code, lines = summary(tmp_path)
    assert (code, lines[-1]) == (1, "baseline: 0 known, 0 new, 0 fixed")
    assert "unused-suppression" in lines[0]


def test_the_baseline_may_have_another_name_and_no_rule_reads_it(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n"}, 'baseline = "known/all.txt"\n')

    archlint("baseline", cwd=tmp_path)

    assert "BREACH" in (tmp_path / "known" / "all.txt").read_text()
    assert summary(tmp_path) == (0, ["no findings (2 rules)", "baseline: 1 known, 0 new, 0 fixed"])


GOOD = f"a.ts\tbreach\t{'0' * 32}\tx"


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["# head", GOOD, "<<<<<<< HEAD", GOOD, "=======", GOOD, ">>>>>>> b"], 3, "a merge conflict"),
        ([GOOD, "a.ts breach"], 2, "not an entry of a baseline"),
        ([GOOD, f"a.ts\tbreach\t{'z' * 32}\tx"], 2, "not an entry of a baseline"),
        ([f"\tbreach\t{'0' * 32}\tx"], 1, "not an entry of a baseline"),
    ],
)
def test_a_broken_baseline_is_told_with_its_line(
    tmp_path: Path, lines: list[str], line: int, said: str
) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n", FILE: "\n".join(lines) + "\n"})

    with pytest.raises(ConfigError) as raised:
        check_tree(tmp_path)

    assert str(raised.value).startswith(f"{FILE}:{line}:1: {said}")


def test_a_baseline_outside_the_folder_of_archlint_toml_is_refused(tmp_path: Path) -> None:
    tree(tmp_path / "in", {"a.ts": "BREACH\n"}, 'baseline = "../all.txt"\n')

    with pytest.raises(ConfigError, match="leads out of the folder"):
        check_tree(tmp_path / "in")


PATHS = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=8) | st.sampled_from(
    ["#a.ts", "<<<<<<< b.ts", "a\\u0009b", "c\tbreach", "caf\udce9.ts"]
)
FINDINGS = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), PATHS, st.sampled_from(["x", "y z"]), st.text(max_size=8)),
    max_size=12,
)


def found(drawn: list[tuple[str, str, str, str]]) -> tuple[Finding, ...]:
    counts: dict[tuple[str, str, str], int] = {}
    findings = []
    for rule, path, identity, message in drawn:
        number = counts[rule, path, identity] = counts.get((rule, path, identity), 0) + 1
        findings.append(
            Finding(
                rule,
                Severity.ERROR,
                Place(path, Span(number, 1, number, 2)),
                message,
                stable_fingerprint(rule, path, identity, number),
                identity=identity,
            )
        )
    return tuple(findings)


def as_entries(findings: tuple[Finding, ...]) -> tuple[Entry, ...]:
    return compare(findings, Baseline(""), lambda *_: True, dict).accepted


def read(text: str) -> tuple[Entry, ...]:
    lines = enumerate(text.split("\n"), start=1)
    read_lines = [entry_of(line, number) for number, line in lines if line and not line.startswith("#")]
    assert None not in read_lines
    return tuple(entry for entry in read_lines if entry)


@given(FINDINGS, st.randoms(use_true_random=False))
def test_what_is_written_is_known_in_whatever_order(
    drawn: list[tuple[str, str, str, str]], random: object
) -> None:
    findings = found(drawn)
    entries = list(as_entries(findings))
    random.shuffle(entries)  # type: ignore[attr-defined]

    text = text_of(entries)
    tally = compare(findings, Baseline("", read(text)), lambda *_: True, dict)

    assert text == text_of(reversed(entries))
    assert (tally.new, tally.fixed) == ((), ())
    assert text_of(tally.kept) == text


@given(FINDINGS, FINDINGS)
def test_the_lines_of_two_baselines_together_are_a_baseline_of_both(
    ours: list[tuple[str, str, str, str]], theirs: list[tuple[str, str, str, str]]
) -> None:
    first, second = (text_of(as_entries(found(drawn))) for drawn in (ours, theirs))

    merged = Baseline("", read(first + second))

    for drawn in (ours, theirs):
        assert compare(found(drawn), merged, lambda *_: True, dict).new == ()
    assert {each.fingerprint for each in merged.entries} == {
        each.fingerprint for text in (first, second) for each in read(text)
    }


@given(FINDINGS, FINDINGS)
def test_an_update_never_adds(
    before: list[tuple[str, str, str, str]], now: list[tuple[str, str, str, str]]
) -> None:
    baseline = Baseline("", as_entries(found(before)))

    tally = compare(found(now), baseline, lambda *_: True, dict)

    kept = {each.fingerprint for each in tally.kept}
    assert kept <= {each.fingerprint for each in baseline.entries}
    assert compare(found(now), Baseline("", tally.kept), lambda *_: True, dict).fixed == ()


@HAS_GIT
def test_the_index_brings_its_own_baseline_and_a_gate_that_of_the_base(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "BREACH\n", "b.ts": "OTHER\n"})
    archlint("baseline", cwd=tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "checkout", "-q", "-b", "change")
    write_tree(tmp_path, {"b.ts": "\n"})
    git(tmp_path, "add", ".")

    assert summary(tmp_path, "--staged")[1][-1] == "baseline: 1 known, 0 new, 1 fixed"
    archlint("baseline", "--update", cwd=tmp_path)
    git(tmp_path, "commit", "-qam", "mend")

    assert summary(tmp_path, "--staged")[:1] == (0,)
    # It shrank, which nobody needs to approve; and nothing can be added to it.
    assert summary(tmp_path, "--gate", "main") == (
        0,
        ["no findings (2 rules)", "baseline: 1 known, 0 new, 1 fixed"],
    )
    write_tree(tmp_path, {"c.ts": "BREACH\n"})
    archlint("baseline", "--update", "--accept-new", cwd=tmp_path)
    assert summary(tmp_path)[0] == 0
    code, lines = summary(tmp_path, "--gate", "main")
    assert (code, lines[0][:5]) == (1, "c.ts:")
