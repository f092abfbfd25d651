"""Every example in docs/values.md, docs/sinks.md and docs/following.md runs.

A section of a page is a tree: each code block whose first line of the fence names a file is that file. The rule
is the last YAML block before it. A line that ends in ``found AT`` (as a comment) gives one finding, whose message
has AT; all others give none. A console block is what the command prints there, or a part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archlint.facts import Sink
from archlint.model import Report
from tests.commands import archlint
from tests.trees import REPOSITORY, check_tree, write_tree

PAGES = tuple(REPOSITORY / "docs" / name for name in ("values.md", "sinks.md", "following.md"))
RULE = "retired-plan"
_HEADING = re.compile(r"^#+ (.*)$")
_FENCE = re.compile(r"^```(\w*) ?(\S*)$")
_FOUND = re.compile(r"\s*(?://|#|<!--) found (.*?)(?: -->)?$")
_SILENT = re.compile(r"[ \t]*(?://|#|/\*|<!--) silent: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of the page under one heading, with the rule in force."""

    title: str
    rule: str
    files: dict[str, str]
    """As they are shown, with the marks."""
    consoles: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.files.values())


def sections(page: Path) -> Iterator[Section]:
    rule = ""
    for part in re.split(r"^(?=#+ )", _without_comments_as_headings(page.read_text()), flags=re.MULTILINE):
        title = _HEADING.match(part.split("\n", 1)[0])
        files: dict[str, str] = {}
        consoles: list[str] = []
        for language, path, body in _blocks(part):
            if path:
                assert path not in files, path
                files[path] = body
            elif language == "yaml":
                rule = body
            elif language == "console":
                consoles.append(body)
        yield Section(_shown(title[1] if title else ""), rule, files, tuple(consoles))


_HASH = "\ufdd0"  # stands for a `#` that begins a line of code, so that it begins no heading


def _without_comments_as_headings(page: str) -> str:
    return re.sub(
        r"^```.*?^```$",
        lambda block: re.sub(r"^#", _HASH, block[0], flags=re.MULTILINE),
        page,
        flags=re.MULTILINE | re.DOTALL,
    )


def _blocks(part: str) -> Iterator[tuple[str, str, str]]:
    for fence, body in re.findall(r"^(```\w* ?\S*)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL):
        opened = _FENCE.match(fence)
        assert opened is not None, fence
        yield opened[1], opened[2], body.replace(_HASH, "#")


def _shown(title: str) -> str:
    return title.replace("`", "")


SECTIONS = tuple(section for page in PAGES for section in sections(page))
RUNNING = tuple(section for section in SECTIONS if section.files)


def tree(root: Path, section: Section) -> Path:
    """The section's files without its marks, and its rule."""
    files = {
        path: "".join(f"{_SILENT.sub('', _FOUND.sub('', line))}\n" for line in code.splitlines())
        for path, code in section.files.items()
    }
    is_whole = section.rule.startswith("rules:")
    body = "".join(f"    {line}" for line in section.rule.splitlines(keepends=True))
    rules = section.rule if is_whole else f"rules:\n  - id: {RULE}\n{body}"
    configuration = {"archlint.toml": 'rules = ["rules.yml"]\nexclude = ["rules.yml", "archlint.toml"]\n'}
    return write_tree(root, {**configuration, **files, "rules.yml": rules})


def marks(section: Section) -> Iterator[tuple[str, int, str]]:
    for path, code in section.files.items():
        for number, line in enumerate(code.splitlines(), start=1):
            if mark := _FOUND.search(line):
                yield path, number, mark[1]


@pytest.mark.parametrize("section", RUNNING, ids=lambda section: section.title)
def test_the_marked_lines_are_found_and_no_others(tmp_path: Path, section: Section) -> None:
    report = check_tree(tree(tmp_path, section), jobs=1)

    assert report.problems == ()
    assert unlike(report, [*marks(section)]) == ([], [])


def unlike(report: Report, expected: list[tuple[str, int, str]]) -> tuple[list[str], list[str]]:
    """What is found and not expected, and what is expected and not found."""
    missing, extra = expected, []
    for finding in report.findings:
        path, line = finding.place.path, finding.place.span.line
        fits = [mark for mark in missing if mark[:2] == (path, line) and mark[2] in finding.message]
        missing = [mark for mark in missing if mark not in fits]
        extra += [] if fits else [f"{path}:{line}: {finding.message}"]
    return extra, [f"{path}:{line}: {text}" for path, line, text in missing]


@pytest.mark.parametrize("section", RUNNING, ids=lambda section: section.title)
def test_a_section_shows_an_offence_and_what_is_none(section: Section) -> None:
    assert any(marks(section))
    assert _SILENT.search(section.text)


def test_every_sink_has_a_section_of_its_own() -> None:
    titles = {section.title for section in RUNNING}

    assert {sink.value for sink in Sink} | {"member"} <= titles


CONSOLES = tuple((section, console) for section in SECTIONS for console in section.consoles)


@pytest.mark.parametrize(("section", "console"), CONSOLES, ids=lambda value: getattr(value, "title", ""))
def test_a_command_prints_what_the_page_shows(tmp_path: Path, section: Section, console: str) -> None:
    command, shown = console.split("\n", 1)
    arguments = command.removeprefix("$ archlint ").split()

    run = archlint(*arguments, cwd=tree(tmp_path, section))

    assert shown in run.stdout
    assert run.stderr == ""
