"""archlint docs: every page and section, on paper and on a terminal; and mistakes name what it can print."""

import re
import tomllib
from pathlib import Path

import pytest

from archlint import manual
from archlint.git.repository import PAGE
from tests.commands import archlint
from tests.config.test_config_pages import NAMED
from tests.trees import REPOSITORY

DOCS = REPOSITORY / "docs"
NAMES = sorted(
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in (*DOCS.glob("*.md"), *DOCS.glob("reference/*.md"))
)


def test_without_a_page_every_page_is_listed_with_its_title_in_the_groups_of_the_site(tmp_path: Path) -> None:
    told = archlint("docs", cwd=tmp_path).stdout

    assert sorted(re.findall(r"^  (\S+)  +\S", told, re.MULTILINE)) == NAMES
    assert re.findall(r"^[A-Z].*$", told, re.MULTILINE) == ["Do", "Write rules", "Understand", "Look up"]
    assert "\n  rules                Writing rules\n" in told


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_is_piped_is_its_markdown(tmp_path: Path, name: str) -> None:
    assert archlint("docs", name, cwd=tmp_path).stdout == (DOCS / f"{name}.md").read_text()


@pytest.mark.parametrize("asked", ["docs/reference/kinds.md", "kinds", "reference/kinds", "Kinds"])
def test_a_page_is_found_by_its_file_and_by_its_last_part(tmp_path: Path, asked: str) -> None:
    assert archlint("docs", asked, cwd=tmp_path).stdout.startswith("<!-- Made by `make reference`")


def test_a_section_ends_where_the_next_of_its_depth_begins(tmp_path: Path) -> None:
    text = "# A\n\n## B\n\nb\n\n### C\n\n```sh\n# no heading\n```\n\n## B `d`: e\n\nd\n"

    assert [(each.anchor, each.text) for each in manual.sections(text)] == [
        ("a", text),
        ("b", "## B\n\nb\n\n### C\n\n```sh\n# no heading\n```\n"),
        ("c", "### C\n\n```sh\n# no heading\n```\n"),
        ("b-d-e", "## B `d`: e\n\nd\n"),
    ]
    assert archlint("docs", "rules#which-kind", cwd=tmp_path).stdout.startswith("## Which kind\n")
    assert "\n## " not in archlint("docs", "reference/kinds#value", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ruls", 'no page is called "ruls"; did you mean "rules"?'),
        ("size", 'no page is called "size"; read archlint docs reference/kinds#size'),
        ("zzzz", 'no page is called "zzzz"; archlint docs lists them'),
        ("rules#the-heder", 'page "rules" has no section "the-heder"; did you mean "the-header"?'),
        ("cache#zzzz", 'page "cache" has no section "zzzz"; it has '),
        ("../README", 'no page is called "../README"'),
    ],
)
def test_what_is_not_there_is_told_with_what_is(tmp_path: Path, asked: str, said: str) -> None:
    run = archlint("docs", asked, cwd=tmp_path)

    assert (run.returncode, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())


@pytest.mark.parametrize("columns", [60, 80])
def test_on_a_terminal_a_page_fits_and_its_links_name_what_to_read(tmp_path: Path, columns: int) -> None:
    told = archlint("docs", "howto", "--color", "always", cwd=tmp_path, COLUMNS=str(columns)).stdout
    plain = re.sub(r"\x1b\[[\d;]*m", "", told)

    assert plain != told
    assert max(map(len, plain.splitlines())) <= columns
    assert "(archlint docs adopting" in " ".join(plain.split())
    assert "](" not in plain
    assert "<!--" not in plain


@pytest.mark.parametrize("page", [*NAMED, PAGE, "formats", "importing"])
def test_what_a_mistake_says_to_read_can_be_read(tmp_path: Path, page: str) -> None:
    run = archlint("docs", page, cwd=tmp_path)

    assert (run.returncode, run.stderr) == (0, "")
    name, _, anchor = page.partition("#")
    assert not anchor or run.stdout != (DOCS / f"{name}.md").read_text()


def test_the_wheel_brings_every_page() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    brought = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    pages = {f"docs/{name}.md" for name in NAMES if "/" not in name}
    assert pages | {"docs/reference"} == {path for path in brought if path.startswith("docs")}
    assert all(target == f"archlint/{path}" for path, target in brought.items() if path in pages)
    assert sorted(page.name for page in manual.pages()) == NAMES
