"""Which page of the documentation a mistake is about, as ``archlint docs`` names it."""

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.config.checked import Checked, T
from archlint.errors import Mistake

SHEET = "reference/config"
HEADER = "reference/kinds#the-header"
RULE_FILES = "rules"
REQUIREMENTS = "rules#requirements-what-the-documents-state"
IMPORTING = "importing"
BASELINE = "adopting"


def of_kind(kind: str) -> str:
    """The page about the options of a kind."""
    return f"reference/kinds#{kind}"


def on_page(page: str, checked: Checked[T]) -> Checked[T]:
    """The same, with mistakes that name the page unless they name one already."""
    while True:
        try:
            mistake = next(checked)
        except StopIteration as end:
            value: T = end.value  # typeshed: what a generator returns is Any here
            return value
        yield mistake if mistake.page else replace(mistake, page=page)


def all_on_page(page: str, mistakes: Iterator[Mistake]) -> Iterator[Mistake]:
    """The mistakes, each with the page."""
    return (replace(mistake, page=mistake.page or page) for mistake in mistakes)
