"""GitHub's hash of a line, ours of a finding, and the lines that a report keeps."""

import base64
import json
import os
from pathlib import Path
from typing import TypedDict

import pytest

from archlint.excerpt import HASHED_BYTES, LINE_LIMIT, excerpts
from archlint.fingerprint import before_renames, line_hashes, stable_fingerprint
from archlint.model import WHOLE_FILE, Place, Problem, Reason, Remark, Span
from tests.reporting.reports import a_finding, at

DATA = Path(__file__).parent.parent / "data"
LIMIT = 1_000_000


class Case(TypedDict):
    case: str
    base64: str
    hashes: list[str]


CASES: list[Case] = json.loads((DATA / "line-hashes.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_line_hashes_are_those_of_github(case: Case) -> None:
    text = base64.b64decode(case["base64"]).decode("utf-8", "replace")
    expected = dict(enumerate(case["hashes"], start=1))

    assert expected == line_hashes(text, set(range(1, len(expected) + 10)))


def test_a_line_is_hashed_alone_as_among_others() -> None:
    text = "a\nb\na\nb\n"
    every = line_hashes(text, {1, 2, 3, 4, 5})

    assert [{line: every[line]} for line in every] == [line_hashes(text, {line}) for line in every]


def test_a_line_above_leaves_the_hash_and_a_line_below_changes_it() -> None:
    text = "import a\nimport b\n"
    (before,) = line_hashes(text, {2}).values()

    assert [before] == list(line_hashes("import z\n" + text, {3}).values())
    assert [before] != list(line_hashes(text + "import z\n", {2}).values())


def test_a_megabyte_is_hashed_in_linear_time() -> None:
    text = "const a = 1;\n" * 80_000

    assert line_hashes(text, {80_000})[80_000].endswith(":1")


def test_a_stable_fingerprint_tells_apart_what_differs_in_any_part() -> None:
    names = [
        ("r", "a", "i", 0),
        ("s", "a", "i", 0),
        ("r", "b", "i", 0),
        ("r", "a", "j", 0),
        ("r", "a", "i", 1),
    ]
    prints = [stable_fingerprint(*name) for name in names]

    assert len(set(prints)) == len(names)
    assert all(len(print_) == 32 for print_ in prints)
    assert prints == [stable_fingerprint(*name) for name in names]


def test_a_stable_fingerprint_is_public_and_does_not_change() -> None:
    assert (
        stable_fingerprint("devstudio-subject", "apps/a.ts", "property subject", 0)
        == "72443118abb30b2689c075e235ee1c78"
    )


def test_a_path_that_is_not_utf8_has_a_fingerprint() -> None:
    assert stable_fingerprint("r", "caf\udce9", "i", 0) != stable_fingerprint("r", "caf\udcea", "i", 0)


def test_an_excerpt_holds_a_line_of_context_around_a_primary_place(tmp_path: Path) -> None:
    _write(tmp_path, "a.ts", "one\r\ntwo\rthree\nfour\n")
    kept = excerpts(tmp_path, [a_finding(at("a.ts", line=2))], [], LIMIT)["a.ts"]

    assert kept.lines == {1: "one", 2: "two", 3: "three"}
    assert list(kept.line_hashes) == [2]


def test_an_excerpt_holds_the_first_lines_of_a_long_place(tmp_path: Path) -> None:
    _write(tmp_path, "a.ts", "".join(f"{line}\n" for line in range(1, 40)))
    place = Place("a.ts", Span(5, 1, 30, 1))
    kept = excerpts(tmp_path, [a_finding(place)], [], LIMIT)["a.ts"]

    assert list(range(4, 13)) == list(kept.lines)


def test_related_places_and_steps_bring_their_lines_without_context(tmp_path: Path) -> None:
    for name in ("a.ts", "b.ts", "c.ts"):
        _write(tmp_path, name, "1\n2\n3\n4\n")
    finding = a_finding(
        place=at("a.ts"), related=(Remark(at("b.ts"), ""),), flows=((Remark(at("c.ts", line=3), ""),),)
    )
    kept = excerpts(tmp_path, [finding], [], LIMIT)

    assert {p: list(e.lines) for p, e in kept.items()} == {"a.ts": [1, 2, 3], "b.ts": [2], "c.ts": [3]}
    assert kept["b.ts"].line_hashes == {}


def test_a_whole_file_keeps_no_line_but_is_hashed_at_its_first(tmp_path: Path) -> None:
    _write(tmp_path, "a.ts", "one\ntwo\n")
    kept = excerpts(tmp_path, [a_finding(Place("a.ts", WHOLE_FILE))], [], LIMIT)["a.ts"]

    assert kept.lines == {}
    assert list(kept.line_hashes) == [1]


def test_a_problem_has_an_excerpt_too(tmp_path: Path) -> None:
    _write(tmp_path, "a.yml", "a: [\n")
    problem = Problem("a.yml", Span(1, 4, 1, 5), Reason.SYNTAX, "unclosed")

    assert excerpts(tmp_path, [], [problem], LIMIT)["a.yml"].lines == {1: "a: ["}


def test_a_file_that_cannot_be_read_now_has_no_excerpt(tmp_path: Path) -> None:
    _write(tmp_path, "large.ts", "x" * 100)
    (tmp_path / "link.ts").symlink_to(tmp_path / "large.ts")
    os.mkfifo(tmp_path / "pipe.ts")
    findings = [a_finding(at(name)) for name in ("gone.ts", "link.ts", "pipe.ts", "large.ts")]

    assert excerpts(tmp_path, findings, [], limit_bytes=99) == {}


def test_a_minified_line_is_cut(tmp_path: Path) -> None:
    _write(tmp_path, "a.js", "x" * 50_000)
    kept = excerpts(tmp_path, [a_finding(at("a.js", line=1))], [], LIMIT)["a.js"]

    assert kept.lines[1] == "x" * LINE_LIMIT + "…"


def test_a_very_large_file_is_shown_but_not_hashed(tmp_path: Path) -> None:
    _write(tmp_path, "a.ts", "one\ntwo\n" + "x" * HASHED_BYTES)
    kept = excerpts(tmp_path, [a_finding(at("a.ts", line=1))], [], 2 * HASHED_BYTES)["a.ts"]

    assert kept.lines == {1: "one", 2: "two"}
    assert kept.line_hashes == {}


def test_a_line_beyond_the_file_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path, "a.ts", "")
    kept = excerpts(tmp_path, [a_finding(at("a.ts", line=7))], [], LIMIT)["a.ts"]

    assert (kept.lines, kept.line_hashes) == ({}, {})


def test_excerpts_are_ordered_by_path_and_line(tmp_path: Path) -> None:
    for name in ("b.ts", "a.ts"):
        _write(tmp_path, name, "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
    findings = [a_finding(at(name, line)) for name in ("b.ts", "a.ts") for line in (8, 2)]
    kept = excerpts(tmp_path, findings, [], LIMIT)

    assert list(kept) == ["a.ts", "b.ts"]
    assert list(kept["a.ts"].lines) == [1, 2, 3, 7, 8, 9]


def _write(root: Path, name: str, text: str) -> None:
    (root / name).write_bytes(text.encode())


def test_an_identity_is_put_under_old_names() -> None:
    before = before_renames({"src/new name.ts": "src/old name.ts", "a.ts": "b.ts", "src/a.ts": "lib/a.ts"})

    assert before("imports src/new name.ts twice") == "imports src/old name.ts twice"
    assert before("a.ts -> src/a.ts") == "b.ts -> lib/a.ts"
    assert before("'src/a.ts'.") == "'lib/a.ts'."


def test_a_path_within_a_longer_one_is_not_an_old_name() -> None:
    before = before_renames({"a.ts": "b.ts", "Makefile": "Make"})

    for other in ("a.tsx", "x/a.ts", "a.ts/c", "-a.ts", "Makefile.in", "a.ts-b"):
        assert before(other) == other
