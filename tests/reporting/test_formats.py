"""Formats for services: each is what its consumers accept, and says what the report says."""

import json
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from msgspec.structs import replace

from archlint.model import WHOLE_FILE, Excerpt, Place, Remark, Report, Severity, Span
from archlint.reporters import REPORTERS
from archlint.reporters.json import Document
from archlint.reporters.wording import way
from tests.commands import archlint, tree
from tests.reporting.formats import GITLAB, RDJSON, Json, junit, markdown_tokens, workflow_command
from tests.reporting.reports import (
    HOSTILE,
    a_card,
    a_finding,
    a_full_report,
    a_problem,
    a_report,
    at,
    hostile_report,
    told,
)
from tests.trees import REPOSITORY, check_tree, write_tree

REPORTS = (a_report(), a_full_report(), *map(hostile_report, HOSTILE))
SCHEMA = REPOSITORY / "docs" / "report.schema.json"


# --- json ---------------------------------------------------------------------------------------------------


def schema() -> Json:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Document)}


def test_the_schema_of_json_is_the_one_that_is_published() -> None:
    assert json.loads(SCHEMA.read_text()) == schema(), "write it anew: python -m tests.reporting.test_formats"


@pytest.mark.parametrize("report", REPORTS)
def test_json_is_valid_by_its_schema(report: Report) -> None:
    jsonschema_rs.validate(json.loads(SCHEMA.read_text()), json.loads(told("json", report)))


# --- gitlab -------------------------------------------------------------------------------------------------


def gitlab(report: Report) -> list[Json]:
    found: list[Json] = json.loads(told("gitlab", report))
    jsonschema_rs.validate(GITLAB, found)
    fingerprints = [each["fingerprint"] for each in found]
    assert len(set(fingerprints)) == len(fingerprints)
    return found


@pytest.mark.parametrize("report", REPORTS)
def test_gitlab_accepts_every_report(report: Report) -> None:
    assert len(gitlab(report)) == len(report.findings) + len(report.problems)


def test_gitlab_shows_the_rule_and_the_lines_of_a_finding() -> None:
    finding = a_finding(Place("a b/c.ts", Span(2, 5, 4, 1)), severity=Severity.WARNING)

    assert gitlab(a_report([finding])) == [
        {
            "description": "devstudio-subject: 'devstudio' is a retired subject",
            "check_name": "devstudio-subject",
            "fingerprint": "f" * 32,
            "severity": "minor",
            "location": {"path": "a b/c.ts", "lines": {"begin": 2, "end": 4}},
        }
    ]


def test_gitlab_is_told_of_a_file_that_was_not_read() -> None:
    (found,) = gitlab(a_report(problems=[a_problem()]))

    assert (found["check_name"], found["severity"]) == ("unread-file", "info")
    assert found["description"] == "not read[crash]: the parser died"


def test_gitlab_keeps_findings_apart_that_share_a_fingerprint_and_each_keeps_its_own() -> None:
    one, two = (gitlab(a_report([a_finding(path) for path in paths])) for paths in ("a", "ab"))

    assert two[0] == one[0]
    assert two[1]["fingerprint"] != two[0]["fingerprint"]
    assert two == gitlab(a_report([a_finding("a"), a_finding("b")]))


# --- rdjson -------------------------------------------------------------------------------------------------


def rdjson(report: Report) -> list[Json]:
    document = json.loads(told("rdjson", report))
    jsonschema_rs.validate(RDJSON, document)
    diagnostics: list[Json] = document["diagnostics"]
    return diagnostics


@pytest.mark.parametrize("report", REPORTS)
def test_rdjson_is_what_reviewdog_reads(report: Report) -> None:
    assert len(rdjson(report)) == len(report.findings) + len(report.problems)


RULE = 'rules:\n  - id: retired-plan\n    value: { forbid: "légacy😀", at: [{ property: plan }] }\n'


@pytest.mark.parametrize("before", ["", "/* é😀 */ ", "\t", "const wide = '漢字é̈';", "\r\n// é\r\n/* 😀 */"])
def test_the_bytes_of_an_rdjson_range_are_the_finding(tmp_path: Path, before: str) -> None:
    code = f"{before}open({{ plan: 'légacy😀' }});\n".encode()
    write_tree(
        tmp_path, {"a.ts": code, "r.yml": RULE, "archlint.toml": 'rules = ["r.yml"]\nexclude = ["r.yml"]'}
    )
    (found,) = rdjson(check_tree(tmp_path, jobs=1))
    start, end = found["location"]["range"]["start"], found["location"]["range"]["end"]
    lines = code.splitlines()

    assert start["line"] == end["line"]
    assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode() == "légacy😀"


@pytest.mark.parametrize(
    ("span", "line", "expected"),
    [
        (WHOLE_FILE, "x", None),
        (Span(2, 5, 2, 9), None, ({"line": 2}, {"line": 2})),
        (Span(2, 5, 2, 9), "abc", ({"line": 2}, {"line": 2})),
        (Span(2, 5, 2, 9), "a\ufffdbcdefghijk", ({"line": 2}, {"line": 2})),
        (Span(2, 5, 2, 2002), "x" * 2000 + "…", ({"line": 2}, {"line": 2})),
        (Span(2, 5, 2, 2001), "x" * 2000 + "…", ({"line": 2, "column": 5}, {"line": 2, "column": 2001})),
        (Span(2, 1, 4, 1), None, ({"line": 2, "column": 1}, {"line": 4, "column": 1})),
        (Span(2, 3, 4, 1), None, ({"line": 2}, {"line": 3})),
        (Span(2, 3, 4, 2), None, ({"line": 2}, {"line": 4})),
    ],
)
def test_an_rdjson_range_has_columns_only_where_the_bytes_are_known(
    span: Span, line: str | None, expected: tuple[Json, Json] | None
) -> None:
    excerpts = {"a.ts": Excerpt({} if line is None else {2: line}, {})}
    (found,) = rdjson(a_report([a_finding(Place("a.ts", span))], excerpts=excerpts))
    ranged = found["location"].get("range")

    assert ranged == (None if expected is None else {"start": expected[0], "end": expected[1]})


def test_rdjson_tells_the_way_of_a_value() -> None:
    flow = (Remark(at("lib/b.ts", 4, 7), "bound to SUBJECT"), Remark(at("apps/a.ts"), "used"))
    (found,) = rdjson(a_report([a_finding(flows=(flow,))]))

    assert found["message"] == (
        "'devstudio' is a retired subject\nway lib/b.ts:4:7: bound to SUBJECT\nway apps/a.ts:2:17: used"
    )


# --- junit --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", REPORTS)
def test_junit_is_a_report_and_its_numbers_add_up(report: Report) -> None:
    assert junit(told("junit", report)) is not None


def test_a_rule_is_a_suite_and_one_without_findings_passes() -> None:
    root = junit(told("junit", a_report([a_finding()], rules=[a_card(), a_card("other")])))

    assert {suite.attrib["name"]: suite.attrib["failures"] for suite in root} == {
        "devstudio-subject": "1",
        "other": "0",
    }
    assert [case.attrib for case in root.iter("testcase") if not len(case)] == [
        {"classname": "other", "name": "no finding"}
    ]


@pytest.mark.parametrize(
    ("fail_on", "failing"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.NOTE, 3)]
)
def test_only_what_fails_the_run_fails_in_junit(fail_on: Severity, failing: int) -> None:
    findings = [a_finding(f"{severity}.ts", severity=severity) for severity in Severity]
    root = junit(told("junit", replace(a_report(findings), fail_on=fail_on)))

    assert (root.attrib["failures"], root.attrib["skipped"]) == (str(failing), str(3 - failing))


@pytest.mark.parametrize(("passes", "verdict"), [(False, "errors"), (True, "skipped")])
def test_what_was_not_read_is_an_error_in_junit_unless_it_may_pass(passes: bool, verdict: str) -> None:  # noqa: FBT001
    unread = junit(told("junit", replace(a_report(problems=[a_problem()]), incomplete_passes=passes)))
    idle = junit(told("junit", replace(a_report(), is_idle=True, incomplete_passes=passes)))

    assert (unread.attrib[verdict], idle.attrib[verdict]) == ("1", "1")


def test_a_case_of_junit_keeps_its_name_when_lines_move() -> None:
    before, after = (
        junit(told("junit", a_report([a_finding(at("a.ts", line)), a_finding(at("a.ts", line + 1))])))
        for line in (2, 70)
    )
    names = [[case.attrib["name"] for case in root.iter("testcase")] for root in (before, after)]

    assert names[0] == names[1]
    assert names[0] == [
        "a.ts: 'devstudio' is a retired subject",
        "a.ts: 'devstudio' is a retired subject (2)",
    ]


# --- markdown -----------------------------------------------------------------------------------------------


def test_markdown_tells_each_finding_under_its_rule() -> None:
    flow = (Remark(at("lib/b.ts", 4, 7), "bound to SUBJECT"),)
    report = a_report(
        [a_finding("a|`b`.ts", flows=(flow,)), a_finding("c.ts", "a|rule", severity=Severity.NOTE)]
    )
    output = told("markdown", report)
    code = [token.content for token in markdown_tokens(output) if token.type == "code_inline"]
    advice = "workspace"

    assert output.startswith(
        "### archlint: 1 error, 1 note in 2 files \\(2 rules\\)\n\nfiles\\: 8 = 5 analysed"
    )
    assert code == [
        "devstudio-subject", "a|rule", "devstudio-subject", advice, "a|`b`.ts:2:17", "lib/b.ts:4:7", "a|rule", advice, "c.ts:2:17",
    ]  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
def test_markdown_is_plain_whatever_the_report_holds(report: Report) -> None:
    items = [token for token in markdown_tokens(told("markdown", report)) if token.type == "list_item_open"]

    steps = sum(len(way(finding)) for finding in report.findings)
    assert len(items) == len(report.findings) + len(report.problems) + steps


def test_markdown_is_cut_below_a_mebibyte_and_says_so() -> None:
    findings = [a_finding(f"{number}/{'é' * 100}.ts", message="😀" * 500) for number in range(3_000)]
    light = a_finding("light.ts", "light", severity=Severity.NOTE)
    report = a_report([light, *findings], [a_problem()], notices=("x" * 2**20,))
    output = told("markdown", report)
    shown = sum(token.type == "list_item_open" for token in markdown_tokens(output))

    assert 500_000 < len(output.encode()) < 2**20
    assert f"{3_002 - shown:,} of 3,002 findings are left out" in REPORTERS["markdown"].cut(report)
    assert f"**{3_002 - shown:,} of 3,002 findings are left out" in output
    assert "light.ts" not in output


# --- github -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_githubs_runner_reads_every_annotation(text: str) -> None:
    report = hostile_report(text)
    commands = [
        workflow_command(line) for line in told("github", report).splitlines() if line.startswith("::")
    ]

    assert [(command, properties["line"]) for command, properties, _ in commands] == [
        ("error", "2"),
        ("warning", "1"),
    ]
    assert all(properties["title"].startswith("archlint ") for _, properties, _ in commands)


# --- the command --------------------------------------------------------------------------------------------


def test_every_format_is_written_in_one_run_and_folders_are_made(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", {"a.ts": "open({ plan: 'legacy' });\n"})
    options = [option for name in REPORTERS for option in ("--report", f"{name}=../new/folder/{name}.out")]

    run = archlint("check", *options, cwd=root)

    assert run.returncode == 1
    assert run.stderr.splitlines() == [f"wrote ../new/folder/{name}.out ({name})" for name in REPORTERS]
    for name in REPORTERS:
        output = (tmp_path / f"new/folder/{name}.out").read_text()

        assert output == archlint("check", "--format", name, cwd=root).stdout


def test_a_cut_is_told_at_the_terminal(tmp_path: Path) -> None:
    root = tree(tmp_path, {"a.ts": "open({ plan: 'legacy' });\n" * 5_007})

    run = archlint("check", "--report", "sarif=out.sarif", "--quiet", cwd=root)

    assert (
        "out.sarif (sarif): 7 of 5,007 results were left out; archlint writes at most 5,000.\n" in run.stderr
    )
    assert len(json.loads((root / "out.sarif").read_text())["runs"][0]["results"]) == 5_000


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(schema(), indent=2) + "\n")
