"""SARIF: valid, as GitHub reads it, and never cut in silence."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema_rs
import pytest
from hypothesis import given

from archlint.extend import Style
from archlint.model import WHOLE_FILE, Place, Remark, Report, Severity, Span
from archlint.reporters.sarif import render
from tests.reporting.reports import (
    ANYTHING,
    a_card,
    a_finding,
    a_full_report,
    a_problem,
    a_report,
    an_excerpt,
    at,
    hostile_report,
)

TESTS = Path(__file__).parent.parent

Json = dict[str, Any]  # what json.loads gives


def the_schema() -> jsonschema_rs.Validator:
    schema = json.loads((TESTS / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))
    # Errata 01 of the OASIS schema has this; see data/README.md.
    starts = ("startLine", "charOffset", "byteOffset")
    schema["definitions"]["region"]["anyOf"] = [{"required": [start]} for start in starts]
    return jsonschema_rs.validator_for(schema, validate_formats=True)


SCHEMA = the_schema()


def the_run(report: Report) -> Json:
    log: Json = json.loads(render(report, Style()))
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def the_result(report: Report) -> Json:
    (result,) = the_run(report)["results"]
    assert isinstance(result, dict)
    return result


def region(span: Span) -> Json:
    result = the_result(a_report([a_finding(Place("a.ts", span))]))
    found: Json = result["locations"][0]["physicalLocation"]["region"]
    return found


def test_a_clean_run_has_an_empty_list_of_results() -> None:
    run = the_run(a_report(rules=[a_card()]))

    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["devstudio-subject"]


def test_a_result_is_as_github_reads_it() -> None:
    report = a_full_report()
    result = the_run(report)["results"][0]

    assert result == {
        "ruleId": "devstudio-subject",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": r"'devstudio' is a retired subject. See [declared \[here\]](1)."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "apps/%5BworkspaceId%5D/page%20%231.tsx",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 2, "startColumn": 17, "endLine": 2, "endColumn": 28},
                }
            }
        ],
        "relatedLocations": [step("lib/b.ts", "declared [here]") | {"id": 1}],
        "codeFlows": [
            {
                "threadFlows": [
                    {
                        "locations": [
                            {"location": step("lib/b.ts", "bound to SUBJECT")},
                            {"location": step("apps/a.ts", "used")},
                        ]
                    }
                ]
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": "2ab:1", "archlint/v1": "f" * 32},
    }


def step(path: str, text: str) -> Json:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 2, "startColumn": 17, "endLine": 2, "endColumn": 28},
        },
        "message": {"text": text},
    }


def test_a_rule_is_described_in_full() -> None:
    (rule,) = the_run(a_report([a_finding()]))["tool"]["driver"]["rules"]

    assert rule == {
        "id": "devstudio-subject",
        "name": "DevstudioSubject",
        "shortDescription": {"text": "these constants are forbidden at these sinks."},
        "fullDescription": {"text": "Admin is an ordinary account."},
        "help": {
            "text": "these constants are forbidden at these sinks.\n"
            "Why: Admin is an ordinary account.\n"
            "Fix: Use subject `workspace`.\n"
            "Enforces: PRD-049A/C13-A, PRD-049A/exit-3.",
            "markdown": "these constants are forbidden at these sinks\\.\n\n"
            "**Why:** Admin is an ordinary account\\.\n\n"
            "**Fix:** Use subject `workspace`\\.\n\n"
            "**Enforces:** PRD\\-049A/C13\\-A, PRD\\-049A/exit\\-3",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["architecture", "value", "PRD-049A/C13-A", "PRD-049A/exit-3"],
            "precision": "very-high",
            "problem.severity": "error",
        },
    }


def test_texts_of_a_rule_stay_within_the_limits_of_github() -> None:
    card = a_card("x" * 300, summary="s" * 2000, why="w" * 2000)
    (rule,) = the_run(a_report(rules=[card]))["tool"]["driver"]["rules"]

    assert len(rule["name"]) == 255
    assert len(rule["shortDescription"]["text"]) == 1024
    assert len(rule["fullDescription"]["text"]) == 1024


def test_what_a_rule_says_is_not_said_twice() -> None:
    (rule,) = the_run(a_report(rules=[a_card(summary="Same.", why="Same", fix="Do it.")]))["tool"]["driver"][
        "rules"
    ]

    assert rule["help"]["text"].count("Same") == 1


def test_the_run_declares_columns_root_and_success() -> None:
    run = the_run(a_full_report())

    assert run["columnKind"] == "utf16CodeUnits"
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]
    assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"]
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["properties"] == {"complete": False, "resultsInAll": 3, "resultsLeftOut": 0}


def test_a_problem_is_a_note_and_a_notification() -> None:
    run = the_run(a_report(problems=[a_problem()], excerpts={"apps/b.yml": an_excerpt()}))
    (result,) = run["results"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    descriptor = run["tool"]["driver"]["notifications"][notification["descriptor"]["index"]]

    assert (result["ruleId"], result["level"]) == ("unread-file", "note")
    assert result["message"]["text"] == "Not read (crash): the parser died."
    assert result["partialFingerprints"] == {"primaryLocationLineHash": "3ab:1"}
    assert notification["message"]["text"] == "crash: the parser died."
    assert descriptor["id"] == notification["descriptor"]["id"] == "unread-file"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (WHOLE_FILE, {"startLine": 1}),
        (Span(3, 5, 3, 9), {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}),
        (Span(3, 5, 6, 2), {"startLine": 3, "startColumn": 5, "endLine": 6, "endColumn": 2}),
        (Span(3, 5, 6, 1), {"startLine": 3, "startColumn": 5, "endLine": 5}),
        (Span(3, 5, 3, 5), {"startLine": 3, "startColumn": 5, "endLine": 3}),
        (Span(3, 5, 2, 9), {"startLine": 3, "startColumn": 5, "endLine": 3}),
    ],
)
def test_a_region_is_always_valid(span: Span, expected: Json) -> None:
    assert region(span) == expected


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("imports apps/[id]/x.ts", "imports apps/[id]/x.ts."),
        ("calls f[0](1)", r"calls f\[0\](1)."),
        (r"a\[b](2)", r"a\\\[b\](2)."),
        ("Is it so?", "Is it so?"),
        ("one\n two", "one two."),
        ("", "devstudio-subject."),
    ],
)
def test_a_message_is_a_sentence_without_links_of_its_own(message: str, text: str) -> None:
    assert the_result(a_report([a_finding(message=message)]))["message"]["text"] == text


def test_a_message_of_a_megabyte_is_clipped() -> None:
    text = the_result(a_report([a_finding(message="x" * 1_000_000)]))["message"]["text"]

    assert len(text) == 2_000
    assert text.endswith("x…")


def test_the_heaviest_results_come_first_then_by_path() -> None:
    findings = [
        a_finding(f"{name}.ts", severity=severity) for name in "ba" for severity in reversed(Severity)
    ]
    results = the_run(a_report(findings, [a_problem("0.yml")]))["results"]

    assert [(result["level"], uri(result)) for result in results] == [
        ("error", "a.ts"),
        ("error", "b.ts"),
        ("warning", "a.ts"),
        ("warning", "b.ts"),
        ("note", "0.yml"),
        ("note", "a.ts"),
        ("note", "b.ts"),
    ]


def test_a_report_of_6000_findings_is_cut_aloud() -> None:
    notes = [a_finding(f"{number}.ts", severity=Severity.NOTE) for number in range(5_990)]
    errors = [a_finding(f"z{number}.ts") for number in range(10)]
    run = the_run(a_report([*notes, *errors]))
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]

    assert len(run["results"]) == 5_000
    assert [result["level"] for result in run["results"][:11]] == ["error"] * 10 + ["note"]
    assert notification["message"]["text"] == (
        "1,000 of 6,000 results were left out; archlint writes at most 5,000."
    )
    assert run["properties"]["resultsLeftOut"] == 1_000


def test_too_many_places_are_cut() -> None:
    many = tuple(Remark(at("a.ts", line), "step") for line in range(1, 1_200))
    result = the_result(a_report([a_finding(related=many, flows=(many,))]))

    assert len(result["relatedLocations"]) == 100
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 1_000
    assert result["message"]["text"].count("](") == 10


@pytest.mark.parametrize(
    "path", ["caf\udce9/[id] #1%.ts", "a\n::error::b", "x:y,z?.ts", "漢字/😀.ts", "-a/b\\c.ts"]
)
def test_a_uri_gives_back_the_path(path: str) -> None:
    result = the_result(a_report([a_finding(path)]))

    assert unquote_to_bytes(uri(result)) == path.encode("utf-8", "surrogateescape")
    assert uri(result).isascii()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(a_full_report(), Style()) == render(a_full_report(), Style(colour=True, verbosity=1))


@given(ANYTHING)
def test_any_text_gives_a_valid_log(text: str) -> None:
    assert the_run(hostile_report(text))["results"]


def uri(result: Json) -> str:
    found: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return found
