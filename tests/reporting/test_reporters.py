"""Formats for people and programs: what each says of a report, and that it says it once."""

import json
import re
from textwrap import dedent
from urllib.parse import unquote_to_bytes

import pytest

from archlint.model import WHOLE_FILE, Extent, Ledger, Place, Problem, Reason, Remark, Report, Severity, Span
from archlint.reporters import FORMATS
from tests.reporting.reports import a_card, a_finding, a_problem, a_report, an_excerpt, at, told

# --- text ---------------------------------------------------------------------------------------------------


def test_text_tells_a_finding_with_its_code_and_advice() -> None:
    finding = a_finding(
        related=(Remark(at("lib/b.ts", 4, 7), "declared here"), Remark(at("lib/c.ts"), "used here too")),
        flows=(
            (
                Remark(at("lib/b.ts", 4, 7), "declared here"),
                Remark(at("lib/b.ts", 4, 7), "bound to SUBJECT"),
                Remark(at("apps/admin/a.ts"), "property 'subject'"),
            ),
        ),
    )
    report = a_report([finding], excerpts={"apps/admin/a.ts": an_excerpt()})

    assert told("text", report) == dedent("""\
        error[devstudio-subject]: 'devstudio' is a retired subject
         --> apps/admin/a.ts:2:17
          |
        1 | import { x } from 'y';
        2 | open({ subject: 'devstudio' });
          |                 ^^^^^^^^^^^
        3 | export {};
          = way lib/b.ts:4:7: declared here
          = way lib/b.ts:4:7: bound to SUBJECT
          = way apps/admin/a.ts:2:17: property 'subject'
          = see lib/c.ts:2:17: used here too
          = why: Admin is an ordinary account.
          = fix: Use subject `workspace`.

        1 error in 1 file (1 rule)
        files: 8 = 5 analysed + 0 partial + 0 not analysed + 3 excluded (2 binary, 1 symlink)
        """)


def test_text_keeps_the_order_of_the_report() -> None:
    report = a_report([a_finding("b.ts"), a_finding("a.ts")])

    assert re.findall(r" --> (\S+):2:17", told("text", report)) == ["b.ts", "a.ts"]


def test_text_gives_reason_and_remedy_once_for_each_rule() -> None:
    report = a_report([a_finding(path, rule) for path in ("a", "b", "c") for rule in ("one", "two")])
    text = told("text", report)

    assert text.count("= why: ") == 2
    assert text.count("= fix: ") == 2


def test_text_wraps_reason_and_remedy_to_the_width() -> None:
    card = a_card(why="one two three four five six seven\neight nine ten eleven twelve", fix="")
    text = told("text", a_report([a_finding()], rules=[card]), width=40)

    assert (
        "  = why: one two three four five six\n         seven eight nine ten eleven\n         twelve\n"
        in text
    )


def test_text_draws_no_frame_for_a_whole_file() -> None:
    report = a_report([a_finding(Place("a.ts", WHOLE_FILE))], excerpts={"a.ts": an_excerpt()})

    assert " --> a.ts\n  = why" in told("text", report)


def test_text_shortens_a_long_trail_to_its_ends() -> None:
    flow = tuple(Remark(at("a.ts", line), f"step {line}") for line in range(1, 21))
    trail = re.findall(r"= way (.*)", told("text", a_report([a_finding(flows=(flow,))])))

    assert len(trail) == 9
    assert trail[0].endswith("step 1")
    assert trail[5] == "… 12 more steps"
    assert trail[-1].endswith("step 20")


def test_text_tells_problems_as_not_read() -> None:
    part = Problem("a.ts", Span(2, 1, 2, 5), Reason.SYNTAX, "a region is not TypeScript", Extent.PART)
    report = a_report(
        problems=[a_problem(), part], excerpts={"a.ts": an_excerpt()}, notices=("a folder is gone",)
    )

    assert told("text", report) == dedent("""\
        not read[crash]: the parser died
         --> apps/b.yml:3:1

        partly read[syntax]: a region is not TypeScript
         --> a.ts:2:1
          |
        1 | import { x } from 'y';
        2 | open({ subject: 'devstudio' });
          | ^^^^
        3 | export {};

        note: a folder is gone

        no findings (0 rules)
        files: 10 = 5 analysed + 0 partial + 2 not analysed + 3 excluded (2 binary, 1 symlink)
        incomplete: 2 files were not (fully) read; this is not a clean result
        """)


def test_a_run_that_analysed_nothing_is_not_called_clean() -> None:
    report = Report((), (), (), Ledger(0, 0, 0, 0, 0, {}), {}, is_idle=True)

    assert "incomplete: no file was analysed; this is not a clean result\n" in told("text", report)


def test_built_in_rules_are_not_counted() -> None:
    rules = [a_card("one"), a_card("vacuous-rule", kind="built-in"), a_card("unread-file", kind="built-in")]

    assert told("text", a_report(rules=rules)).startswith("no findings (1 rule)\n")


@pytest.mark.parametrize("name", ["text", "concise"])
def test_quiet_leaves_the_summary(name: str) -> None:
    report = a_report([a_finding()], [a_problem()], notices=("a notice",))
    quiet = told(name, report, verbosity=-1).splitlines()

    assert [line.split()[0] for line in quiet] == ["1", "files:", "incomplete:"]


def test_only_verbose_text_holds_times() -> None:
    assert "time: gather 1.500 s\n" in told("text", a_report(), verbosity=1)
    assert not any("1.5" in told(name, a_report()) for name in FORMATS)


def test_colour_is_only_added() -> None:
    report = a_report([a_finding()], [a_problem()], excerpts={"apps/admin/a.ts": an_excerpt()})
    coloured = told("text", report, colour=True)

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == told("text", report)
    assert coloured != told("text", report)


# --- concise, json, github ----------------------------------------------------------------------------------


def test_concise_gives_a_line_for_each() -> None:
    report = a_report([a_finding()], [a_problem()], notices=("a folder is gone",))

    assert told("concise", report) == dedent("""\
        apps/admin/a.ts:2:17: error[devstudio-subject] 'devstudio' is a retired subject
        apps/b.yml:3:1: not read[crash] the parser died
        note: a folder is gone
        1 error in 1 file (1 rule)
        files: 9 = 5 analysed + 0 partial + 1 not analysed + 3 excluded (2 binary, 1 symlink)
        incomplete: 1 file was not (fully) read; this is not a clean result
        """)


def test_json_holds_the_whole_report() -> None:
    finding = a_finding(related=(Remark(at("lib/b.ts", 4, 7, 2), "declared here"),))
    document = json.loads(told("json", a_report([finding], [a_problem()], notices=("a notice",))))

    assert document["version"] == 1
    assert (document["complete"], document["exitCode"]) == (False, 1)
    assert document["summary"] == {
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "filesWithFindings": 1,
        "rules": 1,
    }
    assert document["findings"] == [
        {
            "rule": "devstudio-subject",
            "severity": "error",
            "message": "'devstudio' is a retired subject",
            "place": {"path": "apps/admin/a.ts", "line": 2, "column": 17, "endLine": 2, "endColumn": 28},
            "fingerprint": "f" * 32,
            "related": [
                {
                    "place": {"path": "lib/b.ts", "line": 4, "column": 7, "endLine": 4, "endColumn": 9},
                    "text": "declared here",
                }
            ],
            "flows": [],
        }
    ]
    assert [rule["id"] for rule in document["rules"]] == ["devstudio-subject", "unread-file"]
    assert document["rules"][0]["why"] == "Admin is an ordinary account."
    assert document["problems"][0]["reason"] == "crash"
    assert document["files"]["excludedBecause"] == {"binary": 2, "symlink": 1}
    assert document["notices"] == ["a notice"]


def test_json_names_a_file_exactly_whose_name_is_not_utf8() -> None:
    place = json.loads(told("json", a_report([a_finding("caf\udce9.ts")])))["findings"][0]["place"]

    assert place["path"] == "caf\\xe9.ts"
    assert unquote_to_bytes(place["uri"]) == b"caf\xe9.ts"


def test_github_annotates_and_escapes() -> None:
    report = a_report([a_finding("a,b:c%.ts", message="100%\nsure")])

    assert told("github", report).splitlines()[0] == (
        "::error file=a%2Cb%3Ac%25.ts,line=2,col=17,endLine=2,endColumn=28,"
        r"title=archlint devstudio-subject::a,b:c%25.ts:2:17: 100%25\x0asure"
    )


def test_github_leaves_columns_out_where_a_span_goes_over_lines() -> None:
    report = a_report([a_finding(Place("a.ts", Span(2, 5, 4, 1)))])

    assert "::error file=a.ts,line=2,endLine=4,title=" in told("github", report)


def test_github_annotates_ten_of_a_level_and_tells_the_rest_as_lines() -> None:
    levels = {Severity.ERROR: 12, Severity.WARNING: 9, Severity.NOTE: 30}
    findings = [a_finding(f"{s}{n}.ts", severity=s) for s, many in levels.items() for n in range(many)]
    output = told("github", a_report(findings, [a_problem("c.yml"), a_problem("d.yml")]))
    annotated = re.findall(r"^::(\w+) ", output, re.MULTILINE)

    assert {level: annotated.count(level) for level in annotated} == {
        "error": 10,
        "warning": 10,
        "notice": 10,
    }
    assert all(output.count(f"{finding.place.path}:2:17") == 1 for finding in findings)
    assert "d.yml:3:1: not read[crash] the parser died\n" in output
    assert "not annotated, for GitHub takes 10 of a level: the 23 lines above\n" in output


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_its_last_line(name: str) -> None:
    output = told(name, a_report([a_finding()]))

    assert output.endswith("\n")
    assert not output.endswith("\n\n")
