"""One file's bytes become facts. Only worker processes call it: nothing else parses a checked file."""

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
    ModuleDemand,
)
from archlint.languages import TEXT, language_of, text
from archlint.languages.comments import NEEDLE, comments
from archlint.languages.specifiers import specifiers
from archlint.languages.wanted import asks
from archlint.limits import Limits
from archlint.model import WHOLE_FILE, Exclusion, Extent, Problem, Reason, Span
from archlint.regexes import may_be_part
from archlint.searches import PatternDemand, TextDemand
from archlint.source import Source

_WITH_NEEDLES = ConstantDemand | ExportDemand | ImportDemand | CodeDemand | ObjectDemand | ConditionDemand
_SNIFFED = 8192
# What is answered beside the language's own reading of the file.
_APART = (CommentDemand, LicenceDemand, ModuleDemand, TextDemand)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def analyse(source: Source, demands: tuple[Demand, ...], limits: Limits) -> Facts | Exclusion:
    """What the demands ask of a file; what cannot be known becomes a problem in the facts."""
    if source.data.startswith(_UTF16_MARKS):
        return _unread(source, Reason.ENCODING, "the file is UTF-16; convert it to UTF-8")
    if b"\0" in source.data[:_SNIFFED]:
        if language_of(source.path) is TEXT:
            return Exclusion(source.path, "binary")
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


def _may_be_answered(demand: Demand, source: Source) -> bool:
    """Whether the bytes hold one of each group of needles, or may hide it."""
    if isinstance(demand, CommentDemand):
        return NEEDLE in source.data
    if isinstance(demand, PatternDemand):
        from archlint.languages.patterns import may_match

        return may_match(demand, source)
    if not isinstance(demand, _WITH_NEEDLES) or source.spells_out:
        return True
    if isinstance(demand, ExportDemand) and not _may_lend(demand, source):
        return False
    # Over 20 MB `in` takes 0.008 s a needle; one expression for 4 takes 0.13 s, for 64 0.29 s (2,045 files).
    return all(any(needle in source.data for needle in group) for group in _in_bytes(demand.needles))


def _may_lend(demand: ExportDemand, source: Source) -> bool:
    """Whether the file may lend a constant that is asked for. A document lends all that it holds."""
    if b"export" not in source.data and Family.ENTRIES not in language_of(source.path).yields:
        return False
    return not demand.regex or may_be_part(demand.regex, source.data.decode("utf-8", "replace"))


@lru_cache(maxsize=1024)
def _in_bytes(needles: tuple[tuple[str, ...], ...]) -> tuple[tuple[bytes, ...], ...]:
    return tuple(tuple(needle.encode() for needle in group) for group in needles)


def _answer(source: Source, demands: tuple[Demand, ...], limits: Limits) -> Facts:
    patterns = tuple(demand.pattern for demand in demands if isinstance(demand, TextDemand))
    others = tuple(demand for demand in demands if not isinstance(demand, _APART))
    language = language_of(source.path)
    facts = Facts(source.path, source.digest)
    may_speak = asks(demands, CommentDemand)
    if (others or may_speak) and language is not TEXT and len(source.data) > limits.parse_bytes:
        facts = _unparsed(source, limits.parse_bytes, Extent.ALL if others and not patterns else Extent.PART)
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


def _licensed(facts: Facts, source: Source) -> Facts:
    from archlint.languages.licences import licences  # loaded when a rule asks

    stated, problems = licences(source)
    return msgspec.structs.replace(facts, licences=stated, problems=(*facts.problems, *problems))


def _unparsed(source: Source, limit: int, extent: Extent) -> Facts:
    message = (
        f"{len(source.data):,} bytes are over the limit of {limit:,} for parsing; see [limits] parse-bytes"
    )
    problem = Problem(source.path, WHOLE_FILE, Reason.TOO_LARGE, message, extent)
    return Facts(source.path, source.digest, problems=(problem,))


def _undecodable(source: Source, offset: int) -> Facts:
    first = source.lines.span(offset, offset)
    span = Span(first.line, first.column, first.line, first.column + 1)
    message = f"byte 0x{source.data[offset]:02X} is not UTF-8; convert the file to UTF-8"
    return _unread(source, Reason.ENCODING, message, span)


def _unread(source: Source, reason: Reason, message: str, span: Span = WHOLE_FILE) -> Facts:
    return Facts(source.path, source.digest, problems=(Problem(source.path, span, reason, message),))
