"""Code on which the TSX grammar never comes to an end: read all the same, in bounded time and memory."""

import resource
import subprocess
import sys

import pytest

from archlint.facts import ConstantDemand, Facts
from archlint.languages import language_of
from archlint.model import Outcome, Reason, Scope
from archlint.source import Source
from tests.places import text_at

# Each takes a GB in 3 s, and more from there (tree-sitter-typescript 0.23.2; its issue 323).
ENDLESS = ("{[}-->[é){@<e>}", "<a {{b:>c:d(e f)\n")
PARSE = "import sys; from archlint.languages.trees import parse; parse('tsx', sys.argv[1].encode())"
MEMORY = 1_000_000_000


def read_by_name(path: str, code: str) -> Facts:
    found: Facts = language_of(path).read(
        Source(path, code.encode()), (ConstantDemand(Scope(), values=("x1",)),)
    )
    return found


@pytest.mark.parametrize("code", ENDLESS)
def test_a_parse_without_an_end_is_given_up(code: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PARSE, code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )

    assert ended.returncode == 1
    assert "EndlessParseError" in ended.stderr


@pytest.mark.parametrize("endless", ENDLESS)
@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.tsx", "f('x1');\n", ""),
        ("a.js", "f('x1');\n", ""),
        ("a.html", "<p class='x1'>\n<script>", "</script><script>f('x1')</script>"),
        ("a.svelte", "<p class='x1'>\n<script>", "</script><script>f('x1')</script>"),
        ("a.vue", "<script lang='ts'>f('x1')</script>\n<script lang='tsx'>", "</script>"),
    ],
)
def test_what_stands_around_it_is_read_and_it_is_a_problem_at_its_place(
    path: str, before: str, after: str, endless: str
) -> None:
    code = before + endless + after
    found = read_by_name(path, code)

    assert found.outcome is Outcome.PARTIAL
    assert [(problem.reason, problem.span.line) for problem in found.problems] == [(Reason.SYNTAX, 2)]
    assert len({each.span for each in found.occurrences}) == code.count("x1")
    assert {text_at(code, each.span) for each in found.occurrences} == {"x1"}


@pytest.mark.parametrize("path", ["a.tsx", "a.ts", "a.js"])
def test_a_long_file_that_ends_is_not_taken_for_one_without(path: str) -> None:
    code = "f({ a: ['x1', 2] });\nif (a === 'x1') { b(() => 'x1'); }\n" * 2_000

    assert read_by_name(path, code).outcome is Outcome.ANALYSED


@pytest.mark.parametrize("code", ["f('x1');\r// 'x1'\rg('x1');", "f('x1'); // 'x1'\u2028g('x1');"])
def test_a_region_is_read_as_a_file_is(code: str) -> None:
    page = f"<p>é</p>\u2028\r<script>{code}</script>"
    found = read_by_name("a.html", page)

    assert {text_at(page, each.span) for each in found.occurrences} == {"x1"}
    assert [each.name for each in found.occurrences if each.name] == ["f", "g"]
