"""``archlint test`` as its users meet it: examples, markers, planted offences, exit codes."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.commands import archlint
from tests.trees import FIXTURES, PACKS, REPOSITORY, write_tree

HEADER = "rules:\n  - id: retired-plan\n    value: { forbid: legacy, at: [{ property: plan }] }\n"
SHEET = 'rules = ["*.yml"]\nexclude = ["*.yml"]\n'


def tree(root: Path, tests: str, **files: str) -> Path:
    return write_tree(root, {"archlint.toml": SHEET, "rules.yml": f"{HEADER}    tests:\n{tests}", **files})


def test_examples_that_do_what_they_say_are_counted(tmp_path: Path) -> None:
    tree(
        tmp_path, """      bad: ["open({ plan: 'legacy' });"]\n      good: ["open({ style: 'legacy' });"]\n"""
    )

    run = archlint("test", cwd=tmp_path)

    assert (run.returncode, run.stdout) == (0, "1 rule: 2 examples, 2 as expected, 0 not\n")


def test_a_bad_example_without_a_finding_is_shown_with_its_code(tmp_path: Path) -> None:
    tree(tmp_path, """      bad: ["open({ plan: 'legacy' });", "open({ style: 'legacy' });"]\n""")

    run = archlint("test", cwd=tmp_path)

    assert run.returncode == 1
    assert run.stdout == (
        "rules.yml:2: bad example 2 of retired-plan gives no finding\n"
        "  in src/snippet.tsx\n"
        "     1 | open({ style: 'legacy' });\n"
        "\n"
        "1 rule: 2 examples, 1 as expected, 1 not\n"
    )


def test_a_good_example_with_a_finding_is_shown_with_what_was_seen(tmp_path: Path) -> None:
    tree(tmp_path, """      good: [{ path: a.ts, code: "\\nopen({ plan: 'legacy' });" }]\n""")

    run = archlint("test", cwd=tmp_path)

    assert run.returncode == 1
    assert run.stdout.startswith(
        "rules.yml:2: good example 1 of retired-plan gives a finding\n"
        "  + a.ts:2:15 retired-plan 'legacy' is forbidden at property 'plan'\n"
    )


def test_markers_in_an_example_say_on_which_lines_its_findings_stand(tmp_path: Path) -> None:
    code = (
        "open({ plan: 'legacy' }); // expect: retired-plan\\nopen({ plan: 'free' }); // expect: retired-plan"
    )
    tree(tmp_path, f"""      bad: [{{ path: a.ts, code: "{code}" }}]\n""")

    run = archlint("test", cwd=tmp_path)

    assert run.returncode == 1
    assert "gives other findings than its markers expect\n  - a.ts:2 retired-plan\n" in run.stdout


def test_an_example_that_cannot_be_read_proves_nothing(tmp_path: Path) -> None:
    tree(tmp_path, """      good: [{ path: a.ts, code: "log(plan); open({ style: 'legacy', " }]\n""")

    run = archlint("test", cwd=tmp_path)

    assert run.returncode == 1
    assert "good example 1 of retired-plan could not be read\n  ! a.ts:1 syntax: " in run.stdout


def test_code_without_a_path_stands_where_the_rule_looks(tmp_path: Path) -> None:
    rule = (
        "  - id: retired-style\n    files: ['zone:apps']\n    value: { forbid: old, at: [{ property: style }] }\n"
        "    tests: { bad: [\"open({ style: 'old' });\"] }\n"
    )
    tree(tmp_path, """      bad: ["open({ plan: 'legacy' });"]\n""" + rule)
    write_tree(tmp_path, {"archlint.toml": f'{SHEET}[zones]\napps = ["apps/*/src/**"]\n'})

    assert archlint("test", cwd=tmp_path).returncode == 0


def test_a_rule_is_tried_as_it_is_written_whatever_confines_it(tmp_path: Path) -> None:
    tree(tmp_path, """      bad: ["open({ plan: 'legacy' });"]\n""", **{"apps/a.ts": ""})
    write_tree(tmp_path, {"archlint.toml": f'{SHEET}[rule.retired-plan]\nfiles = "apps/**"\n'})

    assert archlint("test", cwd=tmp_path).returncode == 0


def test_code_is_repeated_for_what_has_a_ceiling(tmp_path: Path) -> None:
    rule = (
        "  - id: oversized\n    size: { lines: 3 }\n    tests:\n"
        '      bad: [{ path: a.ts, code: "a();\\n", repeat: 4 }]\n'
        '      good: [{ path: a.ts, code: "a();\\n", repeat: 3 }]\n'
    )
    tree(tmp_path, """      bad: ["open({ plan: 'legacy' });"]\n""" + rule)

    assert archlint("test", cwd=tmp_path).returncode == 0


def test_only_the_rules_of_the_named_files_are_tried(tmp_path: Path) -> None:
    tree(tmp_path, """      bad: ["open({ style: 'legacy' });"]\n""")
    other = "rules: [{ id: other, text: { forbid: x }, tests: { bad: [{ path: a.txt, code: x }] } }]"
    write_tree(tmp_path, {"more.yml": other})

    assert archlint("test", "more.yml", cwd=tmp_path).returncode == 0
    assert archlint("test", "--select", "other", cwd=tmp_path).returncode == 0
    assert archlint("test", "gone.yml", cwd=tmp_path).returncode == 2


def test_rules_without_examples_leave_nothing_to_try(tmp_path: Path) -> None:
    write_tree(tmp_path, {"archlint.toml": SHEET, "rules.yml": HEADER})

    assert archlint("test", cwd=tmp_path).returncode == 3


def test_junit_has_a_suite_for_each_rule_and_a_case_for_each_example(tmp_path: Path) -> None:
    tree(
        tmp_path,
        """      bad: ["open({ style: '\\u0007' });"]\n      good: ["open({ style: 'legacy' });"]\n""",
    )

    run = archlint("test", "--format", "junit", cwd=tmp_path)

    (suite,) = ET.fromstring(run.stdout)
    assert run.returncode == 1
    assert suite.attrib == {"name": "retired-plan", "tests": "2", "failures": "1"}
    assert [len(case) for case in suite] == [1, 0]


def test_a_tree_with_markers_is_held_to_them(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "archlint.toml": SHEET,
            "rules.yml": HEADER,
            "a.ts": "open({ plan: 'legacy' });",
            "b.ts": "// expect: retired-plan",
        },
    )

    run = archlint("test", "--fixture", ".", cwd=tmp_path)

    assert run.returncode == 1
    assert "  - b.ts:1 retired-plan\n  + a.ts:1:15 retired-plan 'legacy' is forbidden" in run.stdout


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_an_offence_is_planted_beside_what_the_rule_governs_and_the_tree_is_not_touched(
    tmp_path: Path,
) -> None:
    tree(tmp_path, """      bad: ["open({ plan: 'legacy' });"]\n""", **{"apps/shop/a.ts": "open({});"})
    before = snapshot(tmp_path)

    run = archlint("test", "--mutate", cwd=tmp_path)

    assert (run.returncode, snapshot(tmp_path)) == (0, before)
    assert run.stdout == (
        "fires   retired-plan: apps/shop/archlint-planted.tsx:1\n\n1 rule: 1 can fire here, 0 cannot\n"
    )


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        ("""      bad: ["open({ plan: 'legacy' });"]\n""", "none of 2 plantings is found"),
        ("""      good: ["open({ plan: 'free' });"]\n""", "it has no bad example to plant"),
    ],
)
def test_a_rule_that_cannot_be_made_to_fire_is_told(tmp_path: Path, tests: str, why: str) -> None:
    tree(tmp_path, tests, **{"src/a.ts": "open({});"})
    # What the user excludes is excluded for what is planted too.
    write_tree(tmp_path, {"archlint.toml": 'rules = ["*.yml"]\nexclude = ["*.yml", "src/**"]\n'})

    run = archlint("test", "--mutate", cwd=tmp_path)

    assert run.returncode == 1
    assert run.stdout.startswith(f"silent  retired-plan: {why} (rules.yml:2)\n")


def test_what_must_be_there_is_taken_away(tmp_path: Path) -> None:
    rule = (
        "rules: [{ id: gone, files: { require: [a.txt, b.txt] }, "
        "tests: { bad: [{ path: a.txt, code: '' }], good: [{ files: { a.txt: '', b.txt: '' } }] } }]"
    )
    write_tree(tmp_path, {"archlint.toml": SHEET, "rules.yml": rule, "a.txt": "", "b.txt": ""})

    run = archlint("test", "--mutate", cwd=tmp_path)

    assert (run.returncode, run.stdout.splitlines()[0]) == (0, "fires   gone: b.txt:1")


@pytest.mark.parametrize("state", ["before", "after", "refactored"])
def test_every_clickeen_rule_can_fire_in_the_monorepo(state: str) -> None:
    run = archlint(
        "test",
        "--mutate",
        "--root",
        FIXTURES / "monorepo" / state,
        "--config",
        PACKS / "clickeen" / "archlint.toml",
        cwd=REPOSITORY,
    )

    assert run.returncode == 0, run.stdout
