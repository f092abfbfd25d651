"""Kind ``size``: a measure of a file has a ceiling."""

from collections.abc import Iterator

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, MeasureDemand
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Hit, Place, Rule
from archlint.project import Project


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Ceilings; a file may reach one, not pass it."""

    code_lines: int | None = None
    """Lines that hold more than white space and comments."""
    lines: int | None = None
    """All lines."""
    bytes: int | None = None
    """The file's size on disk."""
    longest_function: int | None = None
    """Lines of the longest function, first to last."""


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The sizes of the rule's files that may exceed a ceiling: no function is longer than its file."""
    options = rule.options
    of_lines = (options.lines, options.longest_function)
    lowest = min((ceiling for ceiling in of_lines if ceiling is not None), default=None)
    asks_functions = options.longest_function is not None
    return (MeasureDemand(rule.scope, lowest, options.bytes, options.code_lines, asks_functions),)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each ceiling a file passes."""
    for facts in project.facts(rule.scope):
        if facts.measures is not None:
            yield from _check_file(rule.options, facts.path, facts.measures)


def _check_file(options: Options, path: str, measures: Measures) -> Iterator[Hit]:
    table = (
        ("code lines", options.code_lines, measures.code_lines, WHOLE_FILE),
        ("lines", options.lines, measures.lines, WHOLE_FILE),
        ("bytes", options.bytes, measures.bytes, WHOLE_FILE),
        (
            "lines in one function",
            options.longest_function,
            measures.longest_function,
            measures.longest_function_at,
        ),
    )
    for measure, ceiling, value, span in table:
        if ceiling is not None and value > ceiling:
            yield _hit(Place(path, span), measure, (value, ceiling), measures.lines)


def _hit(place: Place, measure: str, numbers: tuple[int, int], lines: int) -> Hit:
    value, ceiling = (f"{number:,}" for number in numbers)
    in_all = f" ({lines:,} lines in all)" if measure == "code lines" else ""
    return Hit(
        place=place,
        text=f"{value} {measure}{in_all}; the ceiling is {ceiling}",
        identity=measure,
        fields={"value": value, "measure": measure, "ceiling": ceiling, "lines": f"{lines:,}"},
    )


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """A rule without a ceiling, or with one below zero."""
    ceilings = msgspec.structs.asdict(options)
    if all(ceiling is None for ceiling in ceilings.values()):
        yield (), "size needs at least one ceiling: code-lines, lines, bytes or longest-function"
    for name, ceiling in ceilings.items():
        if ceiling is not None and ceiling < 0:
            yield (name.replace("_", "-"),), "a ceiling is zero or more"


KIND = Kind(
    name="size",
    says="a measure of a file has a ceiling",
    options=Options,
    needs=Family.MEASURES,
    fields=("value", "measure", "ceiling", "lines"),
    demand=demand,
    check=check,
    mistakes=mistakes,
)
