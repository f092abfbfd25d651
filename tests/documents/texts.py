"""The boundary of the document languages for tests: text in, facts out."""

from archlint.facts import ConstantDemand, Demand, Entry, EntryDemand, Facts, Sink
from archlint.languages import json, toml, yaml
from archlint.model import Extent, Scope
from archlint.source import Source
from tests.places import text_at

ANYTHING = Scope()
READERS = {"json": json.read, "toml": toml.read, "yaml": yaml.read}


def facts_of(language: str, text: str | bytes, *demands: Demand) -> Facts:
    data = text if isinstance(text, bytes) else text.encode()
    return READERS[language](Source(f"a.{language}", data), demands or (EntryDemand(ANYTHING),))


def values(language: str, text: str | bytes) -> list[tuple[str, str, str]]:
    """Each scalar as its path, its value and its type."""
    return [
        ("/".join(entry.path), entry.value, entry.type)
        for entry in facts_of(language, text).entries
        if entry.type not in ("mapping", "sequence")
    ]


def problems(language: str, text: str | bytes) -> list[tuple[str, int, int]]:
    """What could not be read: reason, line and column."""
    found = facts_of(language, text).problems
    assert all(problem.extent is Extent.PART for problem in found)
    return [(problem.reason.value, problem.span.line, problem.span.column) for problem in found]


def entry_at(text: str, path: str, language: str = "yaml") -> Entry:
    return next(entry for entry in facts_of(language, text).entries if "/".join(entry.path) == path)


def written(language: str, text: str, value: str) -> list[tuple[str, str, str]]:
    """The sinks of a constant: sink, name, and what stands at the place."""
    demand = ConstantDemand(ANYTHING, values=(value,))
    return [
        (found.sink.value, found.name, text_at(text, found.span))
        for found in facts_of(language, text, demand).occurrences
        if found.sink is not Sink.ANYWHERE
    ]
