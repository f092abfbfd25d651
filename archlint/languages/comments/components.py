"""The comments of component files: of their markup, of the code in braces there, of their scripts and styles."""

import re
from collections.abc import Iterator

from archlint.languages import astro, svelte, vue
from archlint.languages.comments import scripts
from archlint.languages.comments.pages import of_code, of_markup
from archlint.languages.components.scan import Dialect, scan
from archlint.languages.components.template import as_html
from archlint.languages.decoded import Region
from archlint.languages.html import page_of
from archlint.languages.html_nesting import page_tree
from archlint.languages.transcripts import Reading
from archlint.source import Source
from archlint.suppression import Comment

_DIALECTS = {"astro": astro.DIALECT, "svelte": svelte.DIALECT, "vue": vue.DIALECT}
_BEFORE = re.compile(rb"\{\s*\Z")
_AFTER = re.compile(rb"\s*\}")
_LONGEST_BEFORE = 100


def read(source: Source, language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    region = astro.frontmatter(source.data) if language == "astro" else None
    if region is not None:
        yield from scripts.of_region(source, region, "typescript")
    yield from _of_template(source, _DIALECTS[language], region)


def _of_template(source: Source, dialect: Dialect, region: Region | None) -> Iterator[Comment]:
    template = scan(source.data, dialect, region[1] if region else 0)
    hidden = (region, *template.hidden) if region else template.hidden
    page_source = Reading(source.path, as_html(source.data, hidden, template.comments), source)
    tree, _ = page_tree(page_source)
    page = page_of(page_source, tree)
    in_code = tuple(_with_braces(source.data, *comment) for comment in template.comments)
    yield from of_markup(source, page, tree, in_code)
    yield from of_code(page_source, page)


def _with_braces(data: bytes, start: int, end: int) -> Region:
    """``{/* … */}`` as a whole; a comment beside code as it is."""
    before = _BEFORE.search(data, max(0, start - _LONGEST_BEFORE), start)
    after = _AFTER.match(data, end)
    return (before.start(), after.end()) if before and after else (start, end)
