"""The bounds of ``[limits]``: what is over one is told with its name, what is not is judged, and each can be moved."""

from pathlib import Path

import pytest

from archlint.limits import Limits
from archlint.model import Extent, Reason, Report
from tests.command.test_interruption import GARBAGE
from tests.trees import REPOSITORY, check_tree, write_tree

RULES = """
rules:
  - id: retired
    value: { forbid: legacy, at: [{ property: plan }, { argument: { call: use } }, { key: plan }] }
  - { id: calls, pattern: { forbid: { pattern: use($$$A) } } }
  - { id: words, severity: note, text: { forbid: legacy } }
  - { id: long, severity: note, size: { bytes: 1 } }
"""


def written(root: Path, files: dict[str, str | bytes], limits: str = "") -> Path:
    config = f'rules = ["rules.yml"]\nexclude = ["rules.yml", "archlint.toml"]\n[limits]\n{limits}\n'
    return write_tree(root, {"archlint.toml": config, "rules.yml": RULES, **files})


def judged(root: Path, files: dict[str, str | bytes], limits: str = "") -> Report:
    return check_tree(written(root, files, limits))


def told(report: Report) -> dict[str, list[tuple[Reason, Extent]]]:
    return {each.path: [(each.reason, each.extent)] for each in report.problems}


def rules(report: Report, path: str) -> set[str]:
    return {finding.rule for finding in report.findings if finding.place.path == path}


DEEP = {
    "a.ts": "(" * 40 + "use('legacy')" + ")" * 40,
    "a.tsx": "<a>" * 40 + "{use('legacy')}" + "</a>" * 40,
    "a.py": "[" * 40 + "use('legacy')" + "]" * 40,
    "a.json": '{"a":' * 40 + '{"plan": "legacy"}' + "}" * 40,
    "a.yml": "{a: " * 40 + "{plan: legacy}" + "}" * 40,
    "a.toml": f"x.{'.'.join('a' * 40)}.plan = 'legacy'\n",
}


@pytest.mark.parametrize("path", DEEP)
def test_what_is_deeper_than_the_limit_is_told_and_a_larger_limit_reads_it(tmp_path: Path, path: str) -> None:
    shallow = judged(tmp_path, {path: DEEP[path]}, "depth = 30")
    deep = judged(tmp_path, {path: DEEP[path]})

    assert told(shallow) == {path: [(Reason.DEPTH_LIMIT, Extent.PART)]}
    assert "nested deeper than 30; what is below was not judged, see [limits] depth" in [
        problem.message for problem in shallow.problems
    ]
    assert "retired" not in rules(shallow, path)
    assert "words" in rules(shallow, path)
    assert "retired" in rules(deep, path)
    assert not deep.problems


def test_what_is_not_parsed_is_still_searched_and_measured(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.ts": "use('legacy');\n" * 100, "b.ts": "use('legacy');\n"}

    report = judged(tmp_path, files, "parse-bytes = 1000")

    assert told(report) == {"a.ts": [(Reason.TOO_LARGE, Extent.PART)]}
    assert rules(report, "a.ts") == {"words", "long"}
    assert rules(report, "b.ts") == {"words", "long", "calls", "retired"}


def test_a_pattern_that_means_too_many_places_tells_those_and_says_so(tmp_path: Path) -> None:
    report = judged(tmp_path, {"a.ts": "use('x');\n" * 50}, "pattern-matches = 20")

    (problem,) = report.problems
    assert (problem.reason, problem.extent) == (Reason.TOO_LARGE, Extent.PART)
    assert "means more than 20 places here; what came after was not judged, see [limits] pattern-matches" in (
        problem.message
    )
    assert sum(finding.rule == "calls" for finding in report.findings) == 21
    assert not judged(tmp_path, {"a.ts": "use('x');\n" * 50}).problems


def test_a_pattern_that_takes_too_many_steps_says_so(tmp_path: Path) -> None:
    rule = "rules: [{ id: pairs, pattern: { forbid: { pattern: 'use($A)', inside: { has: { pattern: 'never($B)', stopBy: end }, stopBy: end } } } }]\n"
    files: dict[str, str | bytes] = {"rules.yml": rule, "a.ts": "use(never);\n" * 2_000 + "// never("}
    config = "pattern-steps = 10"

    report = judged(tmp_path, files, config)

    (problem,) = report.problems
    assert problem.reason is Reason.TIMEOUT
    assert "takes too many steps here; what came after was not judged, see [limits] pattern-steps" in (
        problem.message
    )


@pytest.mark.parametrize(
    ("limit", "path", "content", "reason"),
    [
        ("read-bytes = 100", "a.ts", "x" * 101, Reason.TOO_LARGE),
        ("file-seconds = 1", "a.ts", b"use('legacy');" + GARBAGE[:1_000_000], Reason.TIMEOUT),
        ("memory-bytes = 20_000_000", "a.ts", f"use('legacy', [{'1,' * 400_000}])", Reason.MEMORY),
    ],
)
def test_of_a_file_over_a_bound_only_the_text_is_judged_and_the_next_one_is_whole(
    tmp_path: Path, limit: str, path: str, content: str | bytes, reason: Reason
) -> None:
    report = judged(tmp_path, {path: content, "b.ts": "use('legacy');\n"}, limit)

    is_read = "read" not in limit
    assert told(report) == {path: [(reason, Extent.PART if is_read else Extent.ALL)]}
    assert f"see [limits] {limit.partition(' ')[0]}" in report.problems[0].message
    assert ("words" in rules(report, path)) is is_read
    assert "retired" in rules(report, "b.ts")


def test_what_was_given_up_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    rule_files: dict[str, str | bytes] = {"a.ts": b"use('legacy');" + GARBAGE[:1_000_000]}
    written(tmp_path, rule_files, "file-seconds = 1")

    first = check_tree(tmp_path, cache=True)
    second = check_tree(tmp_path, cache=True)

    assert (first.problems, first.findings) == (second.problems, second.findings)
    assert second.files["parsed"] + second.files["from cache"] < second.files["read"] + 1
    assert [problem.reason for problem in second.problems] == [Reason.TIMEOUT]


def test_every_limit_is_documented_with_its_default() -> None:
    page = (REPOSITORY / "docs" / "reliability.md").read_text()
    defaults = Limits()
    for name in Limits.__struct_fields__:
        value = getattr(defaults, name)
        shown = f"{value:_}" if isinstance(value, int) else f"{value:g}"

        assert f"| `{name.replace('_', '-')}` | `{shown}` |" in page
