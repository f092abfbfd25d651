"""What a file's bytes alone show that it does not hold, so that it need not be parsed for it."""

import re
from collections.abc import Callable
from functools import lru_cache

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.extend import Family
from archlint.facts import (
    CommentDemand,
    ConstantDemand,
    Demand,
    ExportDemand,
    ImportDemand,
    MeasureDemand,
)
from archlint.languages import language_of
from archlint.languages.comments import NEEDLE
from archlint.languages.ecmascript.remarks import without_remarks
from archlint.regexes import finder, spotter, spotters
from archlint.searches import PatternDemand
from archlint.source import Source, is_odd

_OfCode = ConstantDemand | ExportDemand | ImportDemand | CodeDemand | ObjectDemand | ConditionDemand
# What some files show by their bytes alone to hold nothing of.
_GATED = _OfCode | CommentDemand | MeasureDemand | PatternDemand
# What finds texts, and those of them that may be written otherwise.
_Finder = tuple[Callable[[bytes], bool], tuple[bytes, ...]]
_SNIFFED = 8192
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SCRIPTS = ("javascript", "tsx", "typescript")
_WRITTEN = re.compile(rb"[^\s][^\n\r]*")
# So many searches of a file take longer than finding its comments, and as many of what is left.
_MANY = 4


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
    groups = demand.needles if isinstance(demand, _OfCode) else ()
    return tuple(map(_encoded, groups[0])) if groups else ()


def _holds_nothing(source: Source, demands: tuple[Demand, ...]) -> bool:
    if not _is_text(source.data):
        return False
    return not any(may_answer(demand, source) for demand in demands) and _is_utf8(source.data)


def _is_text(data: bytes) -> bool:
    return not is_utf16(data) and not is_binary(data)


def is_utf16(data: bytes) -> bool:
    """Whether a file says of itself that it is UTF-16."""
    return data.startswith(_UTF16_MARKS)


def is_binary(data: bytes) -> bool:
    """Whether a file begins as no text does: with NUL bytes near its top, as git tells."""
    return data.find(b"\0", 0, _SNIFFED) >= 0


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def answerable(demands: tuple[Demand, ...], source: Source) -> tuple[Demand, ...]:
    """Those of the demands that the bytes may hold something for."""
    patterns = tuple(demand for demand in demands if isinstance(demand, PatternDemand))
    matched = {id(patterns[number]) for number in _may_be_matched(patterns, source)}
    code = tuple(demand for demand in demands if isinstance(demand, _OfCode))
    is_much = len(code) >= _MANY
    spoken = _may_be_spoken_of(code, _unremarked(source)) if is_much else ()
    spoken_of = {id(code[number]) for number in spoken}

    def may_be_answered(demand: Demand) -> bool:
        if isinstance(demand, PatternDemand):
            return id(demand) in matched
        if is_much and isinstance(demand, _OfCode):
            return id(demand) in spoken_of and _may_hold(demand, source)
        return may_answer(demand, source)

    return tuple(filter(may_be_answered, demands))


def _may_be_spoken_of(demands: tuple[_OfCode, ...], source: Source) -> frozenset[int]:
    """The positions of those demands of which some texts are there, as one pass over the bytes tells."""
    signs = _signs(tuple(demand.needles for demand in demands))
    spotted = frozenset({""}).union(
        *map(spotters(tuple(dict.fromkeys(filter(None, signs)))), source.readings)
    )
    return frozenset(position for position, sign in enumerate(signs) if sign in spotted)


@lru_cache(maxsize=256)
def _signs(needles: tuple[tuple[tuple[str, ...], ...], ...]) -> tuple[str, ...]:
    """For each demand's groups an expression that finds the texts of one; '' where they may be written otherwise."""
    plain = (
        next((group for group in groups if not any(map(is_odd, map(_encoded, group)))), ())
        for groups in needles
    )
    return tuple("|".join(map(re.escape, group)) for group in plain)


def _may_be_matched(demands: tuple[PatternDemand, ...], source: Source) -> frozenset[int]:
    if not demands:
        return frozenset()
    from archlint.languages.patterns import may_be_matched  # loaded where a rule has a pattern

    return may_be_matched(demands, source)


def may_answer(demand: Demand, source: Source) -> bool:
    """Whether the bytes hold what a file holds in which there is anything that is asked for, or may hide it."""
    match demand:
        case CommentDemand():
            return NEEDLE in source.data
        case PatternDemand():
            return bool(_may_be_matched((demand,), source))
        case MeasureDemand():
            return _exceeds(demand, source)
        case _ if isinstance(demand, _OfCode):
            return _speaks_of(demand, source) and _may_hold(demand, source)
        case _:
            return True


def _may_hold(demand: _OfCode, source: Source) -> bool:
    """Whether the code of a file, without its comments, may hold what is asked for."""
    code = _unremarked(source)
    return _speaks_of(demand, code) and _may_have(demand, code)


def _speaks_of(demand: _OfCode, source: Source) -> bool:
    match demand:
        case ObjectDemand() | ConditionDemand():
            return _holds(source, _finders(demand.needles))
        case ExportDemand(is_quoted=True) if language_of(source.path).name in _SCRIPTS:
            return _may_lend(source) and _holds(source, _finders(demand.needles, are_quoted=True))
        case ExportDemand() if not _may_lend(source):
            return False
        case ImportDemand(names=names) if names and not _may_borrow(demand, source):
            return False
        case _:
            return _holds(source, _finders(demand.needles)) and (
                not demand.mentions or _mentions(demand.mentions, source)
            )


def _may_borrow(demand: ImportDemand, source: Source) -> bool:
    """Whether a file mentions a name that is lent, or may have all of a module that lends it."""
    if _holds(source, _finders((demand.names,))):
        return True
    from archlint.languages.ecmascript.whole import may_have_whole  # loaded where something is lent

    return any(may_have_whole(reading, frozenset(demand.modules)) for reading in source.readings)


@lru_cache(maxsize=1)
def _unremarked(source: Source) -> Source:
    """The file without comments; the same file where they cannot be told without parsing it."""
    if (name := language_of(source.path).name) not in _SCRIPTS:
        return source
    data = without_remarks(source.data, has_markup=name != "typescript")
    return source if len(data) == len(source.data) else Source(source.path, data)


def _exceeds(demand: MeasureDemand, source: Source) -> bool:
    ceilings = (demand.lines, demand.code_lines, demand.bytes)
    if ceilings == (None, None, None) or (demand.bytes is not None and len(source.data) > demand.bytes):
        return True
    lines = source.data.count(b"\n") + source.data.count(b"\r") + 1
    if demand.lines is not None and lines > demand.lines:
        return True
    return demand.code_lines is not None and lines > demand.code_lines < _written_lines(source)


def _written_lines(source: Source) -> int:
    """How many lines hold more than white space, and no comment that is one for sure."""
    return len(_WRITTEN.findall(_unremarked(source).data))


def _holds(source: Source, finders: tuple[_Finder, ...]) -> bool:
    return all(any(map(find, source.readings)) or any(map(source.may_spell, odd)) for find, odd in finders)


@lru_cache(maxsize=1024)
def _finders(needles: tuple[tuple[str, ...], ...], *, are_quoted: bool = False) -> tuple[_Finder, ...]:
    """For each group what finds its texts as they are, or between quotes, and those that may be written otherwise."""
    groups = (tuple(map(_encoded, group)) for group in needles)
    return tuple(
        (finder(_quoted(group) if are_quoted else group), tuple(filter(is_odd, group))) for group in groups
    )


def _quoted(texts: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(quote + text + quote for text in texts for quote in (b"'", b'"', b"`"))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _mentions(names: str, source: Source) -> bool:
    """Whether the bytes hold a name that is meant: as it is, with escapes, or with backslashes that mean nothing."""
    return any(map(_spotter(names), source.readings))


def _may_have(demand: Demand, source: Source) -> bool:
    """Whether the bytes may hold a constant that is meant where nothing else tells."""
    match demand:
        case ConstantDemand(regex=regex) if regex and not (demand.needles or demand.mentions):
            return bool(demand.values or demand.every) or _may_match(regex, source)
        case ExportDemand(regex=regex, is_quoted=False) if regex:
            return _may_match(regex, source)
        case _:
            return True


def _may_lend(source: Source) -> bool:
    """Whether a file may export anything. A document lends all that it holds."""
    return b"export" in source.data or Family.ENTRIES in language_of(source.path).yields


@lru_cache(maxsize=4)  # files are looked at one after the other, by one demand after the other
def _may_match(regex: str, source: Source) -> bool:
    """Whether a constant may match the expression; one that is not written as what it means may be anything."""
    if language_of(source.path).name not in _SCRIPTS:
        return True
    from archlint.languages.ecmascript.building import may_match  # loaded where a rule has an expression

    return may_match(regex, source.data)


@lru_cache(maxsize=256)
def _spotter(names: str) -> Callable[[bytes], bool]:
    return spotter(f"(?m){names}")
