"""Kind ``document``: values at paths of YAML, JSON and TOML files are there, are not, or are as they must be."""

from collections.abc import Iterator

from msgspec import field

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, Entry, EntryDemand, Facts
from archlint.kinds.entries.expectations import Count, Expectation, unmet
from archlint.kinds.entries.missing import gaps, holder_span
from archlint.kinds.entries.mistakes import path_mistake, regex_mistake
from archlint.kinds.entries.paths import EntryPath, parse_path
from archlint.kinds.entries.scalars import Scalar, shown_entry, spelled
from archlint.kinds.entries.walk import COLLECTIONS, Walk, documents, walk
from archlint.model import Hit, Outcome, Place, Rule, Span
from archlint.project import Project


class Options(Expectation, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What is expected of each of the rule's files."""

    holds: dict[str, Scalar] = field(default_factory=dict)
    """Scalars by the path at which each must stand."""


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The entries of the rule's files."""
    return (EntryDemand(rule.scope),)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each value that is not as it must be, and for each that is missing."""
    for facts in documents(rule.scope, project):
        for asked, path in _expectations(rule.options):
            yield from _check_path(asked, walk(path, facts.entries), facts)


def _expectations(options: Options) -> Iterator[tuple[Expectation, EntryPath]]:
    for text in options.paths:
        yield options, parse_path(text)
    for text, scalar in options.holds.items():
        yield Expectation(equals=scalar), parse_path(text)


def _check_path(asked: Expectation, found: Walk, facts: Facts) -> Iterator[Hit]:
    for entry in found.selected:
        key = spelled(entry.path)
        if asked.exists is False:
            span, text = entry.key_span, f"{_told(key)} must not be there"
            yield _hit(Place(facts.path, span), text, (entry.path, "not be there"), shown_entry(entry))
        for must in unmet(asked, entry):
            text = f"{_told(key)} is {shown_entry(entry)}; it must {must}"
            place = Place(facts.path, _span(entry))
            yield _hit(place, text, (entry.path, must), shown_entry(entry))
    # Of a file that was not read whole, nothing is known to be missing.
    is_whole = facts.outcome is Outcome.ANALYSED
    if is_whole and _requires(asked, found.path):
        for gap in gaps(found, facts.entries):
            yield _hit(Place(facts.path, gap.span), gap.text, (gap.where, f"have {found.path.text}"), "")
    if asked.counts:
        yield from _miscounted(asked.counts, found, facts, is_whole=is_whole)


def _told(key: str) -> str:
    return key or "the document"


def _span(entry: Entry) -> Span:
    return entry.key_span if entry.type in COLLECTIONS else entry.span


def _requires(asked: Expectation, path: EntryPath) -> bool:
    if asked.exists is not None:
        return asked.exists
    return asked.judges_values and path.names_one and not asked.optional


def _miscounted(counts: Count, found: Walk, facts: Facts, *, is_whole: bool) -> Iterator[Hit]:
    number = len(found.selected)
    least, most = counts.min, counts.max
    must = f"be {least}" if least == most else f"be at least {least}"
    if number < least and is_whole:
        span = holder_span(found, facts.entries)
    elif most is not None and number > most:
        must = must if least == most else f"be at most {most}"
        span = found.selected[most].key_span
    else:
        return
    text = f"{found.path.text} selects {number:,}; it must {must}"
    yield _hit(Place(facts.path, span), text, ((), f"{found.path.text} {must}"), str(number))


def _hit(place: Place, text: str, named: tuple[tuple[str, ...], str], value: str) -> Hit:
    where, must = named
    # Positions change as items come and go.
    steady = [segment for segment in where if not segment.isdecimal()]
    fields = {"key": spelled(where), "value": value, "expected": must}
    return Hit(place, text, f"{spelled(steady)} {value} {must}", fields)


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Paths whose values are judged if there are any, and that select nothing in any file."""
    files = tuple(project.facts(rule.scope))
    # A run that is confined to some files knows nothing of the others.
    if len(files) < len(project.files(rule.scope)) or any(facts.problems for facts in files):
        return
    for asked, path in _expectations(rule.options):
        judges = asked.judges_values and not _requires(asked, path)
        if judges and not any(walk(path, facts.entries).selected for facts in files):
            yield f"'{path.text}' selects nothing in its files"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Paths and expressions that cannot be meant, nothing asked, and what goes ill together."""
    asks = options.exists is not None or options.judges_values or options.count is not None
    if not asks and not options.paths and not options.holds:
        yield (), "document needs at, with what is asked of the values there, or holds"
    elif asks != bool(options.paths):
        asking = "exists, equals, one-of, none-of, matches, not-matches, type or count"
        yield ("at",), f"'at' says of which values, and one of {asking} what is asked of them"
    if options.exists is False and (options.judges_values or options.count is not None):
        yield ("exists",), "nothing else can be asked of what must not exist"
    if options.optional and not (options.exists is None and options.judges_values):
        yield ("optional",), "'optional' goes with what is asked of a value that may be missing"
    found = (*_text_mistakes(options), *_count_mistakes(options))
    yield from ((where, message) for where, message in found if message)


def _text_mistakes(options: Options) -> Iterator[OptionMistake]:
    for index, path in enumerate(options.paths):
        yield ("at", index), path_mistake(path)
    for path in options.holds:
        yield ("holds", path), path_mistake(path)
    yield ("matches",), regex_mistake(options.matches or "")
    yield ("not-matches",), regex_mistake(options.not_matches or "")


def _count_mistakes(options: Options) -> Iterator[OptionMistake]:
    counts = options.counts
    if counts is None:
        return
    if counts.min < 0 or (counts.max is not None and counts.max < counts.min):
        yield ("count",), "a count is zero or more, and its max no less than its min"
    for index, path in enumerate(options.paths):
        if not path_mistake(path) and parse_path(path).names_one:
            yield ("at", index), f"count is of the values a path selects, and '{path}' can select only one"


KIND = Kind(
    name="document",
    says="values at paths of YAML, JSON and TOML files are there, are not, or are as they must be",
    options=Options,
    needs=Family.ENTRIES,
    fields=("key", "value", "expected"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
)
