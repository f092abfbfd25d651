import os
import time
from pathlib import Path

import msgspec
import pytest

from archlint.discover import discover
from archlint.facts import (
    ConstantDemand,
    Demand,
    Facts,
    MeasureDemand,
    Occurrence,
    Sink,
)
from archlint.gather import gather, merge
from archlint.languages.text import MOST_MATCHES
from archlint.model import WHOLE_FILE, Exclusion, Extent, Outcome, Problem, Reason, Scope, Span
from archlint.searches import TextDemand, TextMatch
from archlint.workers.pool import Workers
from tests.running.workers import MEASURE, USUAL, ask, facts_of, limits, read_as
from tests.trees import write_tree

EVERY = ConstantDemand(Scope(), every=True)


def text(pattern: str) -> TextDemand:
    return TextDemand(Scope(), pattern)


def spans_of(root: Path, content: str | bytes, pattern: str) -> list[Span]:
    write_tree(root, {"a.md": content})
    return [match.span for match in facts_of(root, "a.md", text(pattern)).matches]


def problem_of(root: Path, path: str, content: bytes, *demands: Demand) -> Problem:
    write_tree(root, {path: content})
    (problem,) = facts_of(root, path, *demands or (EVERY,)).problems
    return problem


def test_every_file_asked_about_is_answered_for_in_order_of_path(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"{number}.md": "a\n\nb\n" for number in range(100)})

    facts = ask(tmp_path).facts

    assert list(facts) == sorted(f"{number}.md" for number in range(100))
    assert {each.measures.code_lines for each in facts.values() if each.measures} == {2}


def test_nothing_asked_is_nothing_done(tmp_path: Path) -> None:
    with Workers(tmp_path, USUAL, jobs=8) as workers:
        assert gather(workers, {}).facts == {}
        assert workers.pids == ()


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_the_number_of_jobs_changes_nothing(tmp_path: Path, jobs: int) -> None:
    write_tree(tmp_path, {f"{n}.ts": f"const a = {{ b: 'c{n}' }};\n" * (n % 7) for n in range(90)})
    write_tree(
        tmp_path, {"binary.md": b"\0", "latin.md": b"\xe9", "utf16.ts": b"\xff\xfea\0", "bad.ts": "(("}
    )
    demands = (EVERY, MeasureDemand(Scope()), text("c[0-9]"))

    assert ask(tmp_path, demands=demands, jobs=jobs) == ask(tmp_path, demands=demands, jobs=3)


def test_an_empty_file_is_analysed(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "", "a.md": "", "bom.md": "\ufeff"})

    facts = ask(tmp_path, demands=(EVERY, *MEASURE, text("x"))).facts

    assert {each.outcome for each in facts.values()} == {Outcome.ANALYSED}


def test_a_file_removed_after_listing_is_a_problem(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "", "b.ts": ""})
    paths = discover(tmp_path, ()).paths
    (tmp_path / "a.ts").unlink()

    facts = ask(tmp_path, *paths).facts

    assert [problem.reason for problem in facts["a.ts"].problems] == [Reason.VANISHED]
    assert facts["b.ts"].outcome is Outcome.ANALYSED


def test_what_took_a_files_place_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ts")
    (tmp_path / "b.ts").symlink_to("/dev/zero")
    (tmp_path / "c.ts").mkdir()
    (tmp_path / "d").write_text("a file where a folder was")

    facts = ask(tmp_path, "a.ts", "b.ts", "c.ts", "d/e.ts").facts

    assert [problem.reason for each in facts.values() for problem in each.problems] == [Reason.UNREADABLE] * 4


def test_a_name_that_is_not_utf8_comes_back_as_it_was_asked(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.ts")
    write_tree(tmp_path, {name: b"\xe9"})

    facts = facts_of(tmp_path, name)

    assert facts.path == name
    assert [problem.path for problem in facts.problems] == [name]


@pytest.mark.parametrize("content", ["a = 'x'".encode("utf-16"), "a = 'x'".encode("utf-16-be"), b"a\0b"])
def test_what_is_not_utf8_text_is_a_problem_in_a_known_language(tmp_path: Path, content: bytes) -> None:
    assert problem_of(tmp_path, "a.ts", content).reason is Reason.ENCODING


def test_a_nul_byte_in_plain_text_means_binary_which_is_no_problem(tmp_path: Path) -> None:
    write_tree(tmp_path, {"image.png": b"\x89PNG\0\0", "b.md": ""})

    gathered = ask(tmp_path)

    assert gathered.exclusions == (Exclusion("image.png", "binary"),)
    assert list(gathered.facts) == ["b.md"]


def test_plain_text_in_utf16_is_a_problem_and_not_binary(tmp_path: Path) -> None:
    assert problem_of(tmp_path, "a.md", "x".encode("utf-16"), *MEASURE).reason is Reason.ENCODING


def test_the_first_byte_that_is_not_utf8_is_pointed_at(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "a.ts", "ok\r\n\U0001f600 caf".encode() + b"\xe9 \xff")

    assert problem.span == Span(2, 7, 2, 8)
    assert problem.message == "byte 0xE9 is not UTF-8; convert the file to UTF-8"


def test_half_a_surrogate_pair_in_a_string_stops_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": r"const a = '\ud800'", "b.ts": "const a = 'b'"})

    facts = ask(tmp_path, demands=(EVERY,)).facts

    assert facts["b.ts"].occurrences


def test_a_file_without_a_needle_of_each_group_is_not_parsed(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "const subject = 'devstudio' // ((", "b.ts": "const x = 'devstudio' // "})
    write_tree(
        tmp_path, {"c.ts": b"const subject = 'caf\xe9' // not parsed, so its encoding does not matter"}
    )
    demand = ConstantDemand(Scope(), (("devstudio", "roma"), ("subject",)), every=True)

    facts = ask(tmp_path, demands=(demand,)).facts

    assert [path for path, each in facts.items() if each.occurrences] == ["a.ts"]
    assert {each.outcome for each in facts.values()} == {Outcome.ANALYSED}


def test_needles_are_looked_for_in_utf8(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "const a = 'größe'"})

    assert facts_of(tmp_path, "a.ts", ConstantDemand(Scope(), (("größe",),), every=True)).occurrences


def test_a_file_too_large_to_parse_still_has_its_text_matched(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "x" * 100 + "TODO"})

    facts = facts_of(tmp_path, "a.ts", EVERY, text("TODO"), limits=limits(parse_bytes=50))

    assert [(problem.reason, problem.extent) for problem in facts.problems] == [
        (Reason.TOO_LARGE, Extent.PART)
    ]
    assert facts.matches == (TextMatch("TODO", Span(1, 101, 1, 105)),)


def test_a_file_too_large_to_parse_is_not_analysed_where_only_its_tree_was_asked_for(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.ts": "x" * 100, "a.md": "x" * 100})

    constants = (ConstantDemand(Scope(), every=True),)
    facts = ask(tmp_path, demands=constants, limits=limits(parse_bytes=50)).facts

    assert facts["a.ts"].outcome is Outcome.NOT_ANALYSED
    assert facts["a.md"].outcome is Outcome.ANALYSED


def test_a_file_too_large_to_read_is_not_read(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "x" * 100})

    facts = facts_of(tmp_path, "a.md", text("x"), limits=limits(read_bytes=99))

    assert [problem.reason for problem in facts.problems] == [Reason.TOO_LARGE]
    assert facts.digest == ""


def test_places_count_utf16_units_from_a_lines_start(tmp_path: Path) -> None:
    assert spans_of(tmp_path, "\ufeffé\U0001f600 a\U0001f600a", "a\U0001f600?") == [
        Span(1, 5, 1, 8),
        Span(1, 8, 1, 9),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line_for_expressions_too(tmp_path: Path, end: str) -> None:
    content = end.join(["\ufefféa", "a", "", "ba"]) + end

    assert spans_of(tmp_path, content, "a$") == [Span(1, 2, 1, 3), Span(2, 1, 2, 2), Span(4, 2, 4, 3)]
    assert spans_of(tmp_path, content, "^a") == [Span(2, 1, 2, 2)]
    assert spans_of(tmp_path, content, "a\nb?") == [Span(1, 2, 2, 1), Span(2, 1, 3, 1), Span(4, 2, 5, 1)]


def test_an_expression_that_names_cr_sees_it(tmp_path: Path) -> None:
    assert spans_of(tmp_path, "a\r\nb\nc\r\n", r"\r\n") == [Span(1, 2, 2, 1), Span(3, 2, 4, 1)]


def test_a_line_of_five_megabytes_is_matched(tmp_path: Path) -> None:
    content = "é" + "x" * 5_000_000 + "TODO"

    assert spans_of(tmp_path, content, "TODO") == [Span(1, 5_000_002, 1, 5_000_006)]


def test_of_very_many_matches_the_last_spans_the_rest(tmp_path: Path) -> None:
    spans = spans_of(tmp_path, "é x\n" * (MOST_MATCHES + 50), "x")

    assert len(spans) == MOST_MATCHES + 1
    assert spans[-2:] == [
        Span(MOST_MATCHES, 3, MOST_MATCHES, 4),
        Span(MOST_MATCHES + 1, 3, MOST_MATCHES + 50, 4),
    ]


def test_progress_is_told_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"0.slow": "", "1.slow": "", "2.slow": "", **{f"{n}.md": "" for n in range(4)}})
    read_as(monkeypatch, ".slow", lambda _: time.sleep(0.07))
    told: list[tuple[int, int]] = []

    with Workers(tmp_path, USUAL, jobs=1) as workers:
        gather(workers, dict.fromkeys(discover(tmp_path, ()).paths, MEASURE), lambda *tick: told.append(tick))

    assert told
    assert len(told) <= 2
    assert {total for _, total in told} == {7}


def occurrence(value: str, line: int) -> Occurrence:
    return Occurrence(value, Sink.VARIABLE, "a", Span(line, 1, line, 2))


def test_what_two_rounds_found_is_merged_without_repeats() -> None:
    first, second, third = (occurrence(value, line) for line, value in enumerate("abc", start=1))
    problem = Problem("a.ts", WHOLE_FILE, Reason.SYNTAX, "", Extent.PART)
    earlier = Facts("a.ts", "1", occurrences=(first, third), problems=(problem,))
    later = Facts(
        "a.ts", "1", occurrences=(second, third), matches=(TextMatch("x", WHOLE_FILE),), problems=(problem,)
    )

    merged = merge(earlier, later)

    assert merged == msgspec.structs.replace(later, occurrences=(first, second, third))


def test_a_file_that_changed_between_two_rounds_is_not_analysed() -> None:
    merged = merge(Facts("a.ts", "1", occurrences=(occurrence("a", 1),)), Facts("a.ts", "2"))

    assert [problem.reason for problem in merged.problems] == [Reason.CHANGED]
    assert merged.occurrences == ()


def test_a_file_that_could_not_be_read_again_keeps_what_is_known_of_it() -> None:
    problem = Problem("a.ts", WHOLE_FILE, Reason.TIMEOUT, "")
    merged = merge(
        Facts("a.ts", "1", occurrences=(occurrence("a", 1),)), Facts("a.ts", "", problems=(problem,))
    )

    assert (merged.digest, len(merged.occurrences), merged.problems) == ("1", 1, (problem,))
