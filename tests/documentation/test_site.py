"""The site is built without a complaint, and no page leads nowhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documentation.site import titled
from tests.documentation.test_docs import PAGES
from tests.trees import REPOSITORY

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_the_name_of_a_file_behind_a_fence_is_a_title() -> None:
    assert titled("```ts src/a.ts\nx\n```\n") == '```ts title="src/a.ts"\nx\n```\n'
    assert titled('```ts\nx\n```\n```ts title="a"\n') == '```ts\nx\n```\n```ts title="a"\n'


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)

    assert [link for link in _LINK.findall(prose) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_code_says_its_language(page: Path) -> None:
    opened = re.findall(r"^```(.*)\n(?:.*\n)*?```$", page.read_text(), re.MULTILINE)

    assert [info for info in opened if not re.match(r"\w+($| )", info)] == []


def test_every_page_has_its_place_in_the_site() -> None:
    shown = (REPOSITORY / "mkdocs.yml").read_text()
    docs = REPOSITORY / "docs"
    pages = [path.relative_to(docs).as_posix() for path in (*docs.glob("*.md"), *docs.glob("reference/*.md"))]

    assert [page for page in pages if f": {page}\n" not in shown] == []


@pytest.mark.slow
def test_the_site_is_built_without_a_warning() -> None:
    program = shutil.which("zensical", path=str(Path(sys.executable).parent)) or shutil.which("zensical")
    if program is None:
        pytest.skip("zensical is not installed: make docs installs it")
    subprocess.run([sys.executable, "-m", "tests.documentation.site"], cwd=REPOSITORY, check=True)
    build = [program, "build", "--strict", "--clean"]
    run = subprocess.run(build, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=300)

    assert run.returncode == 0, run.stdout + run.stderr
    assert (REPOSITORY / "out" / "site" / "tutorial.html").is_file()
