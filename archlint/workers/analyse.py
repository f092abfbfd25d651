"""One file's bytes become facts. Only worker processes call it: nothing else parses a checked file."""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.extend import Family
from archlint.facts import (
    CommentDemand,
    ConstantDemand,
    Demand,
    ExportDemand,
    Facts,
    ImportDemand,
    LicenceDemand,
    MeasureDemand,
    ModuleDemand,
)
from archlint.languages import TEXT, language_of, text
from archlint.languages.comments import NEEDLE, comments
from archlint.languages.specifiers import specifiers
from archlint.languages.wanted import asks
from archlint.limits import Limits
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Exclusion, Extent, Problem, Reason, Span
from archlint.regexes import finder, spotter, within_longer
from archlint.searches import PatternDemand, TextDemand
from archlint.source import Source, is_odd

_WITH_NEEDLES = ConstantDemand | ExportDemand | ImportDemand | CodeDemand | ObjectDemand | ConditionDemand
# What some files show by their bytes alone to hold nothing of.
_GATED = _WITH_NEEDLES | CommentDemand | MeasureDemand | PatternDemand
_SNIFFED = 8192
_SEPARATOR = re.compile(rb"(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])")
# What is answered beside the language's own reading of the file.
_APART = (CommentDemand, LicenceDemand, ModuleDemand, TextDemand)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def analyse(source: Source, demands: tuple[Demand, ...], limits: Limits) -> Facts | Exclusion:
    """What the demands ask of a file; what cannot be known becomes a problem in the facts."""
    if source.data.startswith(_UTF16_MARKS):
        return _unread(source, Reason.ENCODING, "the file is UTF-16; convert it to UTF-8")
    if b"\0" in source.data[:_SNIFFED]:
        if language_of(source.path) is TEXT:
            return Exclusion(source.path, "binary", source.digest)
        return _unread(source, Reason.ENCODING, "the file holds NUL bytes, so it is not UTF-8 text")
    asked = tuple(demand for demand in demands if _may_be_answered(demand, source))
    if all(
        isinstance(demand, ModuleDemand) for demand in asked
    ):  # found in the bytes, whatever their encoding
        return _answer(source, asked, limits)
    try:
        source.data.decode()
    except UnicodeDecodeError as error:
        return _undecodable(source, error.start)
    return _answer(source, asked, limits)


@lru_cache(maxsize=256)
def sieve(demands: tuple[Demand, ...]) -> Callable[[Source], bool]:
    """Says of a file whether the bytes alone show that it has nothing that is asked for, and no problem.

    Most files hold no text that any of the demands needs, which one search for all of those texts tells.
    """
    if not all(isinstance(demand, _GATED) for demand in demands):
        return lambda _source: False
    needed = [_needed(demand) for demand in demands]
    if not all(needed):
        return lambda source: _holds_nothing(source, demands)
    texts = tuple(dict.fromkeys(text for texts in needed for text in texts))
    find, odd = finder(texts), tuple(filter(is_odd, texts))

    def holds_nothing(source: Source) -> bool:
        if any(map(find, source.readings)) or any(map(source.may_spell, odd)):
            return _holds_nothing(source, demands)
        return _is_text(source.data) and _is_utf8(source.data)

    return holds_nothing


def _needed(demand: Demand) -> tuple[bytes, ...]:
    """Texts of which a file holds one if it holds anything that is asked for; none if there are no such texts."""
    if isinstance(demand, CommentDemand):
        return (NEEDLE,)
    groups = demand.needles if isinstance(demand, _WITH_NEEDLES) else ()
    return tuple(text.encode() for text in groups[0]) if groups else ()


def _holds_nothing(source: Source, demands: tuple[Demand, ...]) -> bool:
    if not _is_text(source.data):
        return False
    return not any(_may_be_answered(demand, source) for demand in demands) and _is_utf8(source.data)


def _is_text(data: bytes) -> bool:
    return not data.startswith(_UTF16_MARKS) and data.find(b"\0", 0, _SNIFFED) < 0


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _may_be_answered(demand: Demand, source: Source) -> bool:
    """Whether the bytes hold one of each group of needles, or may hide it."""
    if isinstance(demand, CommentDemand):
        return NEEDLE in source.data
    if isinstance(demand, PatternDemand):
        from archlint.languages.patterns import may_match

        return may_match(demand, source)
    if isinstance(demand, MeasureDemand):
        return _exceeds(demand, source.data)
    if not isinstance(demand, _WITH_NEEDLES):
        return True
    return _holds(source, demand.needles) and _mentions(demand, source) and _may_lend(demand, source)


def _exceeds(demand: MeasureDemand, data: bytes) -> bool:
    is_any = demand.lines is None and demand.bytes is None
    is_long = demand.lines is not None and data.count(b"\n") + data.count(b"\r") + 1 > demand.lines
    return is_any or is_long or (demand.bytes is not None and len(data) > demand.bytes)


def _holds(source: Source, needles: tuple[tuple[str, ...], ...]) -> bool:
    return all(
        any(map(find, source.readings)) or any(map(source.may_spell, odd)) for find, odd in _finders(needles)
    )


def _mentions(demand: Demand, source: Source) -> bool:
    """Whether the bytes hold what a demand without needles goes by instead."""
    if isinstance(demand, ConstantDemand | ImportDemand | CodeDemand) and demand.mentions:
        return any(map(spotter(f"(?m){demand.mentions}"), source.readings))
    if (
        isinstance(demand, ConstantDemand)
        and demand.regex
        and not (demand.needles or demand.values or demand.every)
    ):
        return _may_match(demand.regex, source)
    return True


def _may_lend(demand: Demand, source: Source) -> bool:
    """Whether a file that is asked what it exports may lend that. A document lends all that it holds."""
    if not isinstance(demand, ExportDemand):
        return True
    if b"export" not in source.data and Family.ENTRIES not in language_of(source.path).yields:
        return False
    return not demand.regex or _may_match(demand.regex, source)


def _may_match(regex: str, source: Source) -> bool:
    """Whether a constant that is written whole may match the expression; ``7_000`` means 7000."""
    find = spotter(f"(?m){within_longer(regex)}")
    return any(map(find, source.readings)) or bool(
        b"_" in source.data and find(_SEPARATOR.sub(b"", source.data))
    )


@lru_cache(maxsize=1024)
def _finders(
    needles: tuple[tuple[str, ...], ...],
) -> tuple[tuple[Callable[[bytes], bool], tuple[bytes, ...]], ...]:
    """For each group what finds its texts as they are, and those that may be written otherwise."""
    groups = (tuple(needle.encode("utf-8", "surrogatepass") for needle in group) for group in needles)
    return tuple((finder(group), tuple(filter(is_odd, group))) for group in groups)


def _answer(source: Source, demands: tuple[Demand, ...], limits: Limits) -> Facts:
    patterns = tuple(demand.pattern for demand in demands if isinstance(demand, TextDemand))
    others = _of_language(demands)
    language = language_of(source.path)
    facts = Facts(source.path, source.digest)
    may_speak = asks(demands, CommentDemand)
    if (others or may_speak) and language is not TEXT and len(source.data) > limits.parse_bytes:
        facts = _unparsed(source, limits.parse_bytes, is_measured=asks(demands, MeasureDemand))
        is_judged = not others or patterns or facts.measures
        facts = facts if is_judged else _whole(facts)
    else:
        facts = language.read(source, others) if others else facts
        said = comments(source, language.name) if may_speak else ()
        facts = msgspec.structs.replace(facts, comments=said) if said else facts
    if asks(demands, ModuleDemand):
        facts = msgspec.structs.replace(facts, modules=specifiers(source.data))
    if asks(demands, LicenceDemand):
        facts = _licensed(facts, source)
    found = text.matches(source, patterns) if patterns else ()
    return msgspec.structs.replace(facts, matches=found) if found else facts


def _of_language(demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
    """Those of the demands that a file's language answers."""
    return tuple(demand for demand in demands if not isinstance(demand, _APART))


def is_parsed(path: str, demands: tuple[Demand, ...]) -> bool:
    """Whether a file in which something may be is parsed, not only searched, for these demands."""
    return language_of(path) is not TEXT and bool(_of_language(demands))


def _licensed(facts: Facts, source: Source) -> Facts:
    from archlint.languages.licences import licences  # loaded when a rule asks

    stated, problems = licences(source)
    return msgspec.structs.replace(facts, licences=stated, problems=(*facts.problems, *problems))


def _unparsed(source: Source, limit: int, *, is_measured: bool) -> Facts:
    """What is known of a file without parsing it: which of its lines are comments is not."""
    message = (
        f"{len(source.data):,} bytes are over the limit of {limit:,} for parsing; see [limits] parse-bytes"
    )
    problem = Problem(source.path, WHOLE_FILE, Reason.TOO_LARGE, message, Extent.PART)
    sizes = Measures(len(source.lines), 0, len(source.data)) if is_measured else None
    return Facts(source.path, source.digest, measures=sizes, problems=(problem,))


def _whole(facts: Facts) -> Facts:
    """The facts of a file of which nothing was judged."""
    problems = tuple(msgspec.structs.replace(each, extent=Extent.ALL) for each in facts.problems)
    return msgspec.structs.replace(facts, problems=problems)


def _undecodable(source: Source, offset: int) -> Facts:
    first = source.lines.span(offset, offset)
    span = Span(first.line, first.column, first.line, first.column + 1)
    message = f"byte 0x{source.data[offset]:02X} is not UTF-8; convert the file to UTF-8"
    return _unread(source, Reason.ENCODING, message, span)


def _unread(source: Source, reason: Reason, message: str, span: Span = WHOLE_FILE) -> Facts:
    return Facts(source.path, source.digest, problems=(Problem(source.path, span, reason, message),))
