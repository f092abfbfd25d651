"""Pages that are a session go as they say."""

import shutil
from pathlib import Path

import pytest

from tests.documentation.pages import agree, follow
from tests.trees import REPOSITORY

SESSIONS = (
    "README.md",
    "docs/adopting.md",
    "docs/explain.md",
    "docs/git.md",
    "docs/graph.md",
    "docs/howto.md",
    "docs/trying.md",
    "docs/tutorial.md",
)


@pytest.mark.skipif(shutil.which("git") is None, reason="the pages use git")
@pytest.mark.parametrize("page", SESSIONS)
def test_the_page_goes_as_it_says(tmp_path: Path, page: str) -> None:
    assert follow(REPOSITORY / page, tmp_path) == (REPOSITORY / page).read_text().count("\n$ ")


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("main …: 1\n", "main (1f): 1\n", True),
        ("a …\n", "a\nb\n", False),
        ("…\nb\n", "a\na\nb\n", True),
        ("…\nb\n", "a\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_three_dots_stand_for_what_a_page_leaves_out(shown: str, printed: str, *, expected: bool) -> None:
    assert agree(shown, printed) is expected
