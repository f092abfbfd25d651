"""The comments of HTML, and of the scripts and style sheets in it."""

from collections.abc import Iterator
from itertools import chain

from tree_sitter import Tree

from archlint.languages import json
from archlint.languages.comments import scripts, styles
from archlint.languages.comments.data import of_document
from archlint.languages.comments.nodes import outermost
from archlint.languages.comments.said import said
from archlint.languages.decoded import Region
from archlint.languages.html import DATA_SCRIPTS, Page, page_of
from archlint.languages.html_nesting import page_tree
from archlint.source import Source
from archlint.suppression import Comment


def read(source: Source, _language: str) -> Iterator[Comment]:
    """Those of a whole file."""
    tree, _ = page_tree(source)
    page = page_of(source, tree)
    return chain(of_markup(source, page, tree), of_code(source, page))


def of_markup(source: Source, page: Page, tree: Tree, others: tuple[Region, ...] = ()) -> Iterator[Comment]:
    """Those between the elements; ``others`` are comments of another sort that stand there."""
    own = (region for region in page.comments if source.data.startswith(b"<!--", region[0]))
    return said(source, sorted({*own, *others}), outermost(tree))


def of_code(source: Source, page: Page) -> Iterator[Comment]:
    """Those of scripts and style sheets."""
    for lang, region in page.styles:
        yield from styles.of_region(source, region, lang)
    for grammar, region in page.scripts:
        if grammar in DATA_SCRIPTS:
            yield from of_document(source, json.document(source, region))
        else:
            yield from scripts.of_region(source, region, grammar)
