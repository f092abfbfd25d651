"""What the consumers of formats accept, transcribed from their sources and stricter than they are: no other field.

- GitLab Code Quality: gitlabhq/gitlabhq, app/validators/json_schemas/codeclimate.json, and
  lib/gitlab/ci/reports/codequality_reports.rb for the severities and for fingerprints that must differ.
- Reviewdog Diagnostic Format: reviewdog/reviewdog, proto/rdf/reviewdog.proto.
- JUnit: the elements and attributes that Jenkins' JUnit plug-in, GitLab and Azure Pipelines all read.
- Workflow commands: actions/runner, src/Runner.Common/ActionCommand.cs.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt
from markdown_it.token import Token

Json = dict[str, Any]


def an_object(required: Json, optional: Mapping[str, Json] | None = None) -> Json:
    return {
        "type": "object",
        "required": [*required],
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1}
GITLAB: Json = {
    "type": "array",
    "items": an_object(
        {
            "description": TEXT,
            "check_name": {"type": "string"},
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": an_object({"path": TEXT, "lines": an_object({"begin": NUMBER, "end": NUMBER})}),
        }
    ),
}
POSITION = an_object({"line": NUMBER}, {"column": NUMBER})
RDJSON = an_object(
    {
        "source": an_object({"name": TEXT}),
        "diagnostics": {
            "type": "array",
            "items": an_object(
                {
                    "message": TEXT,
                    "location": an_object(
                        {"path": TEXT}, {"range": an_object({"start": POSITION, "end": POSITION})}
                    ),
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": an_object({"value": {"type": "string"}}),
                }
            ),
        },
    }
)

COUNTS = ("tests", "failures", "errors", "skipped")
# element: its attributes, those that may be missing, and the elements in it
JUNIT: Mapping[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "testsuites": (frozenset({"name", *COUNTS}), frozenset(), frozenset({"testsuite"})),
    "testsuite": (frozenset({"name", *COUNTS}), frozenset(), frozenset({"testcase"})),
    "testcase": (
        frozenset({"classname", "name"}),
        frozenset({"file", "line"}),
        frozenset({"failure", "error", "skipped"}),
    ),
    "failure": (frozenset({"type", "message"}), frozenset(), frozenset()),
    "error": (frozenset({"type", "message"}), frozenset(), frozenset()),
    "skipped": (frozenset({"message"}), frozenset(), frozenset()),
}
COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def junit(output: str) -> ET.Element:
    """The report as its readers see it; asserts that it is one."""
    root = ET.fromstring(output)
    assert root.tag == "testsuites"
    for element in root.iter():
        needed, optional, inside = JUNIT[element.tag]
        assert needed <= set(element.attrib) <= needed | optional
        assert {child.tag for child in element} <= inside
        assert element.text is None or not inside or not element.text.strip()
    for suite in root.iter():
        if suite.tag in ("testsuites", "testsuite"):
            assert counts(suite) == {name: int(suite.attrib[name]) for name in COUNTS}
    cases = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(set(cases)) == len(cases)
    assert all(len(case) <= 1 for case in root.iter("testcase"))
    return root


def counts(suite: ET.Element) -> dict[str, int]:
    outcomes = [[child.tag for child in case] for case in suite.iter("testcase")]
    return {"tests": len(outcomes)} | {name: outcomes.count([tag]) for name, tag in COUNTED.items()}


PLAIN = {
    "text", "softbreak", "code_inline", "paragraph_open", "paragraph_close", "heading_open", "heading_close", "inline",
    "strong_open", "strong_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close",
    "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip


def markdown_tokens(output: str) -> list[Token]:
    """All that the page is made of. No tag, link, picture or block of code is among it."""
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(output)
    flat = [token for each in page for token in (each, *(each.children or ()))]
    assert {token.type for token in flat} - {"text_special"} <= PLAIN
    return flat


def workflow_command(line: str) -> tuple[str, dict[str, str], str]:
    """A log line as GitHub's runner takes it apart: command, properties, message."""
    match = re.match(r"::([a-z]+) ?(.*?)::(.*)$", line)
    assert match is not None, line
    properties = dict(pair.split("=", 1) for pair in match[2].split(",") if pair)
    return match[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(match[3])


def unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text
