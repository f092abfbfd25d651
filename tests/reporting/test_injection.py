"""Nothing in the tree can speak through a report: no format lets text do what only archlint may."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.reporters import FORMATS
from archlint.reporters.escape import markdown
from tests.reporting.formats import junit, markdown_tokens
from tests.reporting.reports import ANYTHING, HOSTILE, hostile_report, told

LINE_FORMATS = ("text", "concise", "github")
JSON_FORMATS = ("json", "sarif", "gitlab", "rdjson")


def harmless(output: str) -> bool:
    controls = re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", output
    )
    return not controls and not re.search(r"##\w*\[", output)


def commands(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_injects_nothing(name: str, text: str) -> None:
    output = told(name, hostile_report(text), width=60)

    assert harmless(output)
    assert len(commands(output)) == (2 if name == "github" else 0)


@given(ANYTHING)
def test_no_text_is_dangerous_in_a_line_format(text: str) -> None:
    report = hostile_report(text)
    for name in LINE_FORMATS:
        output = told(name, report, width=60)

        assert harmless(output)
        for command in commands(output):
            assert re.match(
                r"::(error|warning) file=[^,:]*,line=\d+(,[a-zA-Z]+=\d+)*,title=[^,:]*::", command
            )


@given(ANYTHING)
def test_any_text_is_valid_json(text: str) -> None:
    for name in JSON_FORMATS:
        output = told(name, hostile_report(text))
        output.encode("utf-8")

        assert harmless(output)
        assert json.loads(output)


@given(ANYTHING)
def test_any_text_is_valid_xml_and_plain_markdown(text: str) -> None:
    report = hostile_report(text)
    for name, read in (("junit", junit), ("markdown", markdown_tokens)):
        output = told(name, report)
        output.encode("utf-8")

        assert harmless(output)
        assert commands(output) == []
        assert read(output) is not None


@given(st.text())
def test_json_gives_text_back_as_it_was(text: str) -> None:
    (finding,) = json.loads(told("json", hostile_report(text)))["findings"]

    assert (finding["message"], finding["place"]["path"]) == (text, text)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("Use `a_b` not _c_", r"Use `a_b` not \_c\_"),
        ("<b> [x](y)\n# no", r"\<b\> \[x\]\(y\) \# no"),
        ("a ` b", r"a \` b"),
        ("``a` <b> `c``", r"\`\`a\` \<b\> \`c\`\`"),
    ],
)
def test_markdown_keeps_plain_code_spans_only(text: str, literal: str) -> None:
    assert markdown(text) == literal
