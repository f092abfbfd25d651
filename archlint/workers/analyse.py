"""One file's bytes become facts. Only worker processes call it: nothing else parses a checked file."""

import msgspec

from archlint.facts import (
    CommentDemand,
    Demand,
    Facts,
    LicenceDemand,
    MeasureDemand,
    ModuleDemand,
)
from archlint.languages import TEXT, language_of, text
from archlint.languages.comments import comments
from archlint.languages.specifiers import specifiers
from archlint.languages.wanted import asks
from archlint.limits import Limits
from archlint.measures import Measures
from archlint.model import WHOLE_FILE, Exclusion, Extent, Problem, Reason, Span
from archlint.searches import TextDemand
from archlint.source import Source
from archlint.workers.gates import answerable, is_binary, is_utf16

# What is answered beside the language's own reading of the file.
_APART = (CommentDemand, LicenceDemand, ModuleDemand, TextDemand)


def analyse(source: Source, demands: tuple[Demand, ...], limits: Limits) -> Facts | Exclusion:
    """What the demands ask of a file; what cannot be known becomes a problem in the facts."""
    if is_utf16(source.data):
        return _unread(source, Reason.ENCODING, "the file is UTF-16; convert it to UTF-8")
    if is_binary(source.data):
        if language_of(source.path) is TEXT:
            return Exclusion(source.path, "binary", source.digest)
        return _unread(source, Reason.ENCODING, "the file holds NUL bytes, so it is not UTF-8 text")
    asked = answerable(demands, source)
    if all(isinstance(demand, ModuleDemand) for demand in asked):  # found whatever the bytes' encoding
        return _answer(source, asked, limits)
    try:
        source.data.decode()
    except UnicodeDecodeError as error:
        return _undecodable(source, error.start)
    return _answer(source, asked, limits)


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
