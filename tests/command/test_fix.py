"""``archlint fix``: what is mended without a person, and that a file is either old or new."""

import stat
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.edits import Edit, applied, region, removal
from archlint.fix import fixes
from archlint.position import LineIndex
from archlint.run import Request
from tests.commands import archlint
from tests.trees import write_tree

RULES = """
rules:
  - id: retired
    rewrite: standard
    value: { forbid: legacy, at: [{ property: plan }, { key: plan }] }
  - { id: other, text: { forbid: 'OTHER\\w+' } }
"""
SHEET = 'rules = ["rules.yml"]\nexclude = ["rules.yml"]\n'
SAID = "archlint: allow retired -- why"

# What is there, and what is left of it.
TAKEN_BACK = {
    "own-line.ts": (f"a(); // {SAID}\nb();\n", "a();\nb();\n"),
    "alone.ts": (f"a();\n\n  // {SAID}\n  b();\n", "a();\n\n  b();\n"),
    "first.ts": (f"// {SAID}\r\nb();\r\n", "b();\r\n"),
    "bom.ts": (f"\ufeff// {SAID}\nb();\n", "\ufeffb();\n"),
    "last.ts": (f"a(); // {SAID}", "a();"),
    "between.ts": (f"a( /* {SAID} */ b);\nreturn/*{SAID}*/c;\n", "a( b);\nreturn c;\n"),
    "block.ts": (f"/*\n * {SAID}\n * and more\n */\na();\n", "a();\n"),
    "in-a-comment.ts": (f"/*\n * words\n *\n * {SAID}\n */\na();\n", "/*\n * words\n *\n */\na();\n"),
    "behind.py": (f"a()  # noqa: X  # {SAID}\n", "a()  # noqa: X\n"),
    "wide.tsx": (f"const é = <a>😀 {{/* {SAID} */}} </a>;\n", "const é = <a>😀 </a>;\n"),
    "markup.tsx": (f"<a>\n  {{/* {SAID} */}}\n  <b/>\n</a>;\n", "<a>\n  <b/>\n</a>;\n"),
    "page.html": (f"<p>a</p> <!-- {SAID} -->\n<!-- {SAID} -->\n<i></i>\n", "<p>a</p>\n<i></i>\n"),
    "a.yml": (f"a: 1 # {SAID}\n# {SAID}\nb: 2\n", "a: 1\nb: 2\n"),
    "expired.ts": (
        "f({ plan: 'legacy' }); // archlint: allow retired -- why until 2020-01-01\n",
        "f({ plan: 'legacy' });\n",
    ),
    "one-of-two.ts": (
        "f({ plan: 'legacy' }); // archlint: allow other, retired -- why #1\n",
        "f({ plan: 'legacy' }); // archlint: allow retired -- why #1\n",
    ),
    # What is of use, unknown, unexplained or no comment stays as it is.
    "used.ts": (f"f({{ plan: 'legacy' }}); // {SAID}\n",) * 2,
    "unknown.ts": ("a(); // archlint: allow retird -- why\n",) * 2,
    "text.ts": (f"a('// {SAID}');\n",) * 2,
}


def tree(root: Path, files: dict[str, str]) -> Path:
    return write_tree(root, {"archlint.toml": SHEET, "rules.yml": RULES, **files})


@pytest.mark.parametrize("path", TAKEN_BACK)
def test_a_suppression_that_allows_nothing_is_taken_back(tmp_path: Path, path: str) -> None:
    before, after = TAKEN_BACK[path]
    tree(tmp_path, {path: before})

    first = archlint("fix", "-j", "1", cwd=tmp_path)
    fixed = (tmp_path / path).read_bytes().decode()
    second = archlint("fix", "-j", "1", cwd=tmp_path)

    assert first.returncode == 0
    assert fixed == after
    assert (tmp_path / path).read_bytes().decode() == after
    assert "0 findings mended" in second.stdout


def test_a_diff_changes_nothing(tmp_path: Path) -> None:
    before, _ = TAKEN_BACK["own-line.ts"]
    tree(tmp_path, {"a.ts": before})

    run = archlint("fix", "--diff", cwd=tmp_path)

    assert run.returncode == 1
    assert run.stdout == (f"--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,2 @@\n-a(); // {SAID}\n+a();\n b();\n")
    assert (tmp_path / "a.ts").read_text() == before
    archlint("fix", cwd=tmp_path)
    assert archlint("fix", "--diff", cwd=tmp_path).returncode == 0


def test_only_the_files_named_are_mended_and_keep_their_mode(tmp_path: Path) -> None:
    before, after = TAKEN_BACK["own-line.ts"]
    rule = RULES.replace(
        "value: { forbid: legacy, at: [{ property: plan }, { key: plan }] }", "text: { forbid: legacy }"
    )
    tree(tmp_path, {"rules.yml": rule, "a.ts": before, "b.ts": before})
    (tmp_path / "a.ts").chmod(0o750)

    archlint("fix", "a.ts", cwd=tmp_path)

    assert (tmp_path / "a.ts").read_text() == after
    assert stat.S_IMODE((tmp_path / "a.ts").stat().st_mode) == 0o750
    assert (tmp_path / "b.ts").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ts", "archlint.toml", "b.ts", "rules.yml"]


def test_what_changes_the_program_is_done_only_when_asked(tmp_path: Path) -> None:
    tree(tmp_path, {"a.ts": "f({ plan: 'legacy', x: 'legacy' });\n", "b.yml": 'plan: "legacy"\n'})

    assert "0 findings mended, 2 left" in archlint("fix", cwd=tmp_path).stdout
    assert "2 findings mended, 0 left" in archlint("fix", "--unsafe", cwd=tmp_path).stdout
    assert (tmp_path / "a.ts").read_text() == "f({ plan: 'standard', x: 'legacy' });\n"
    assert (tmp_path / "b.yml").read_text() == 'plan: "standard"\n'


def test_a_change_that_would_bring_a_finding_is_left_out(tmp_path: Path) -> None:
    rules = RULES.replace("rewrite: standard", "rewrite: OTHERPLAN")
    tree(
        tmp_path,
        {"rules.yml": rules, "a.ts": "f({ plan: 'legacy' });\n", "b.ts": TAKEN_BACK["own-line.ts"][0]},
    )

    run = archlint("fix", "--unsafe", cwd=tmp_path)

    assert "left a.ts as it is" in run.stdout
    assert (tmp_path / "a.ts").read_text() == "f({ plan: 'legacy' });\n"
    assert (tmp_path / "b.ts").read_text() == TAKEN_BACK["own-line.ts"][1]


def test_a_change_that_would_break_the_syntax_is_left_out(tmp_path: Path) -> None:
    rules = "rules:\n  - { id: word, rewrite: '1 2', text: { forbid: WORD } }\n  - { id: many, size: { lines: 9 } }\n"
    tree(tmp_path, {"rules.yml": rules, "a.ts": "WORD();\n", "b.txt": "WORD\n"})

    run = archlint("fix", "--unsafe", cwd=tmp_path)

    assert "left a.ts as it is" in run.stdout
    assert (tmp_path / "a.ts").read_text() == "WORD();\n"
    assert (tmp_path / "b.txt").read_text() == "1 2\n"


def test_rules_that_rewrite_each_others_work_change_nothing(tmp_path: Path) -> None:
    rules = (
        "rules:\n  - { id: here, rewrite: there, text: { forbid: '\\bhere\\b' } }\n"
        "  - { id: there, rewrite: here, text: { forbid: '\\bthere\\b' } }\n"
    )
    tree(tmp_path, {"rules.yml": rules, "a.txt": "here\n"})

    run = archlint("fix", "--unsafe", cwd=tmp_path)

    assert "left a.txt as it is" in run.stdout
    assert (tmp_path / "a.txt").read_text() == "here\n"


NESTED = (
    "{ id: word, rewrite: W, text: { forbid: 'b' } }",
    "{ id: line, rewrite: L, text: { forbid: 'a b c' } }",
    "{ id: again, rewrite: W, text: { forbid: 'b' } }",
    "{ id: beside, rewrite: C, text: { forbid: ' c' } }",
)


@pytest.mark.parametrize("rules", list(permutations(NESTED)))
def test_the_order_of_rules_whose_edits_meet_does_not_matter(tmp_path: Path, rules: tuple[str, ...]) -> None:
    text = "rules:\n" + "".join(f"  - {rule}\n" for rule in rules)
    tree(tmp_path, {"rules.yml": text, "a.txt": "a b c\n", "b.txt": "x b c\n"})

    found = fixes(Request(tmp_path, jobs=1), unsafe=True)

    assert {change.path: change.after for change in found.changes} == {"a.txt": b"L\n", "b.txt": b"x WC\n"}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('{ id: a, rewrite: "it\'s", text: { forbid: x } }', 'bad rewrite "it\'s"'),
        ("{ id: a, rewrite: x, size: { lines: 1 } }", 'a finding of kind "size" is no text to rewrite'),
    ],
)
def test_a_rewrite_that_cannot_be_is_a_mistake(tmp_path: Path, rule: str, said: str) -> None:
    tree(tmp_path, {"rules.yml": f"rules: [{rule}]"})

    run = archlint("fix", cwd=tmp_path)

    assert run.returncode == 2
    assert said in run.stderr


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(max_size=3))))
def test_edits_never_overlap_and_their_order_does_not_matter(
    text: str, drawn: list[tuple[int, int, str]]
) -> None:
    data = text.encode("utf-8", "surrogatepass")
    edits = [
        Edit(min(start, len(data)), min(start + length, len(data)), new.encode("utf-8", "surrogatepass"))
        for start, length, new in drawn
    ]

    assert applied(data, edits) == applied(data, reversed(edits))
    assert applied(data, [Edit(0, 0)]) == data


@given(st.text(st.sampled_from("ab é😀\n\r\t"), max_size=30), st.data())
def test_a_place_means_the_bytes_it_was_made_of(text: str, data: st.DataObject) -> None:
    whole = text.encode()
    start = len(text[: data.draw(st.integers(0, len(text)))].encode())
    end = start + len(whole[start:].decode()[: data.draw(st.integers(0, 9))].encode())
    span = LineIndex(whole).span(start, end)

    assert region(whole, span) == (start, end) or b"\r\n" in whole


@given(st.text(st.sampled_from("a \t\n\r"), max_size=20), st.text(st.sampled_from("b \t\n\r"), max_size=20))
def test_taking_a_comment_out_leaves_every_word_and_no_blank_at_its_end(before: str, after: str) -> None:
    data = f"{before}#c{after}".encode()
    edit = removal(data, len(before), len(before) + 2)

    left = applied(data, [edit])

    assert left.split() == [*before.encode().split(), *after.encode().split()]
