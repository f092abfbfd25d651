"""What must be true of the reading of any file, whatever its language."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

import msgspec
from msgspec import structs

from archlint.code import CodeDemand, ConditionDemand, ObjectDemand
from archlint.facts import (
    CommentDemand,
    ConstantDemand,
    Demand,
    EntryDemand,
    ExportDemand,
    Facts,
    ImportDemand,
    LicenceDemand,
    MeasureDemand,
    ModuleDemand,
    Occurrence,
    ReferenceDemand,
    ScriptDemand,
    Sink,
    WorkflowDemand,
)
from archlint.limits import Limits
from archlint.members import ANY as ANY_MEMBER
from archlint.model import Exclusion, Outcome, Span
from archlint.regexes import BadRegexError
from archlint.searches import PatternDemand, TextDemand
from archlint.source import Source
from archlint.workers.analyse import analyse
from archlint.workers.gates import sieve
from tests.fuzz.demands import ANY, demands_on
from tests.fuzz.facts import assert_inside, assert_kept_whole, outlines
from tests.fuzz.target import RejectedError

LIMITS = Limits()
_NO_NAME = "name-of-nothing"
# The facts that answer a demand, whatever else is asked. Exports are lent by what is exported and what is passed on.
_ANSWERED: dict[type, tuple[str, ...]] = {
    ConstantDemand: ("occurrences",),
    ImportDemand: ("borrowed", "changes"),
    ModuleDemand: ("modules",),
    ReferenceDemand: ("references",),
    EntryDemand: ("entries",),
    MeasureDemand: ("measures",),
    TextDemand: ("matches",),
    WorkflowDemand: ("workflow", "action"),
    ScriptDemand: ("scripts",),
    LicenceDemand: ("licences",),
    CommentDemand: ("comments",),
}
_OF_CODE: dict[type, tuple[str, ...]] = {
    CodeDemand: ("definitions", "calls", "passed"),
    ConditionDemand: ("conditions", "tested"),
    ObjectDemand: ("built", "given"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of a language are tried."""

    path: str
    oracle: Callable[[str, Facts], None] = lambda _text, _found: None
    """Compares with what somebody else reads."""
    comment: str = ""
    """What may stand at the end of any file that is without a mistake, and changes nothing."""
    any_line_end: bool = True
    """Whether LF and CRLF mean the same."""
    reads_prefix: bool = False
    """Whether what stands behind the last import is not read for references: a mistake there hides none."""

    def __call__(self, data: bytes) -> Iterable[str]:
        """Hold all that is true of any file."""
        demands = demands_on(self.path)
        found = _read(self.path, data, demands)
        if isinstance(found, Exclusion):
            return (found.reason,)
        text = data.decode("utf-8", "replace")
        assert_inside(found, text)
        try:
            assert_kept_whole(found)
        except UnicodeEncodeError:  # half of a surrogate pair; serve.py says so of the file
            return ("half a pair",)
        chance = crc32(data)
        references = next((each for each in demands if isinstance(each, ReferenceDemand)), demands[0])
        self._alone(data, found, demands[chance // 2 % len(demands)] if chance % 2 else references)
        self._by_needle(data, found, chance)
        self._by_expression(data, found, chance)
        self._by_size(data, found)
        self._by_borrowed_name(data, found)
        if not found.problems:
            if chance % 3 == 0:
                self._with_other_ends(data, found, demands)
            if chance % 3 == 1:
                self._with_comment(data, found, demands)
            self.oracle(text, found)
        return outlines(found)

    def _alone(self, data: bytes, found: Facts, demand: Demand) -> None:
        """What answers a demand does not depend on what else is asked."""
        if isinstance(demand, ModuleDemand) and found.outcome is Outcome.NOT_ANALYSED:
            return  # specifiers are found in the bytes, whatever their encoding
        alone = _read(self.path, data, (demand,))
        assert isinstance(alone, Facts)
        if found.problems and self.reads_prefix and isinstance(demand, ReferenceDemand):
            return
        for name in _ANSWERED.get(type(demand), ()):
            assert getattr(alone, name) == getattr(found, name), f"{name} alone and together differ"
        for name in _OF_CODE.get(type(demand), ()):
            one, all_ = (getattr(each.code, name) if each.code else () for each in (alone, found))
            assert one == all_, f"{name} alone and together differ"
        if isinstance(demand, PatternDemand):
            own = tuple(each for each in found.searched if each.pattern == demand.key)
            assert alone.searched == own, "matches alone and together differ"
        if isinstance(demand, ExportDemand):
            assert set(alone.exports) <= set(found.exports), "exports alone and together differ"

    def _by_needle(self, data: bytes, found: Facts, chance: int) -> None:
        """A constant that is there is found when only it is asked for."""
        # A text that is made of several literals is not looked for: it stands nowhere as a whole.
        texts = [each for each in found.occurrences if not each.is_number and each.sink is Sink.ANYWHERE]
        if not texts:
            return
        value = texts[chance % len(texts)].value
        source, written = Source("", data), value.encode("utf-8", "replace")
        if not value or not (any(written in each for each in source.readings) or source.may_spell(written)):
            return
        demand = ConstantDemand(ANY, ((value,),), (value,), circumstances=True)
        only = _read(self.path, data, (demand,))
        assert isinstance(only, Facts)
        # Of a text that is made of several, `every` tells each part; a value is looked for where it stands.
        expected = {_role(each) for each in found.occurrences if each.value == value and _is_whole(each)}
        there = {_role(each) for each in only.occurrences if _is_whole(each)}
        assert not (expected and sieve((demand,))(Source(self.path, data))), "passed over unread"
        assert there == expected, "asked for by its value it differs"

    def _by_expression(self, data: bytes, found: Facts, chance: int) -> None:
        """A constant that is there is found by an expression that means it alone."""
        values = [each.value for each in found.occurrences if each.value and not each.way and _is_whole(each)]
        if not values:
            return
        value = values[chance % len(values)]
        try:
            demand = ConstantDemand(ANY, regex=re.escape(value))
            only = _read(self.path, data, (demand,))
        except BadRegexError:  # longer than an expression may be
            return
        assert isinstance(only, Facts)
        assert value in {each.value for each in only.occurrences}, "not found by an expression"

    def _by_size(self, data: bytes, found: Facts) -> None:
        """A file that is larger than a ceiling is not passed over."""
        source, sizes = Source(self.path, data), found.measures
        for name in ("lines", "code_lines", "bytes") if sizes is not None else ():
            demand = structs.replace(MeasureDemand(ANY), **{name: getattr(sizes, name) - 1})
            assert not sieve((demand,))(source), f"passed over unread for its {name}"

    def _by_borrowed_name(self, data: bytes, found: Facts) -> None:
        """What has something of a module, and is passed over unless it mentions a name, mentions that name."""
        sinks, passed = (each.origin for each in found.borrowed), (each.origin for each in found.exports)
        # A module as a whole is no constant, so that none reaches a sink by it.
        reached = (each for each in sinks if each and (each.name != "*" or each.members))
        for origin in {*reached, *filter(None, passed), *found.changes}:
            members = origin.members if origin.name == "*" else (origin.name, *origin.members)
            is_by_name = members[:1] not in ((), (ANY_MEMBER,), ("default",))
            demand = ImportDemand(ANY, (origin.module,), names=members[:1] if is_by_name else (_NO_NAME,))
            is_open = members[:1] == (
                "default",
            )  # who lends by default is asked for whatever importers mention
            assert is_open or not sieve((demand,))(Source(self.path, data)), f"{origin} passed over unread"

    def _with_other_ends(self, data: bytes, found: Facts, demands: tuple[Demand, ...]) -> None:
        if b"\r" in data or not self.any_line_end:
            return
        other = _read(self.path, data.replace(b"\n", b"\r\n"), demands)
        _assert_alike(found, other, "CRLF", lambda span: span)

    def _with_comment(self, data: bytes, found: Facts, demands: tuple[Demand, ...]) -> None:
        if self.comment:
            other = _read(self.path, data + f"\n{self.comment}\n".encode(), demands)
            if (
                b"archlint:" not in data and b"<<" not in data
            ):  # a here-document may go on to the end of a file
                _assert_alike(found, other, "a comment at the end", lambda span: (span.line, span.column))


def _is_whole(occurrence: Occurrence) -> bool:
    """Whether it is a constant that is all written in its place, not put together with what stands elsewhere."""
    span = occurrence.span
    is_there = span.end_line > span.line or span.end_column - span.column >= len(occurrence.value)
    return occurrence.sink is not Sink.IDENTIFIER and (is_there or occurrence.is_number)


def _role(occurrence: Occurrence) -> tuple[object, ...]:
    return (
        occurrence.value,
        occurrence.sink,
        occurrence.name,
        occurrence.argument,
        occurrence.functions,
        occurrence.owner,
    )


def _assert_alike(found: Facts, other: Facts | Exclusion, why: str, place: Callable[[Span], object]) -> None:
    assert isinstance(other, Facts)
    for name in Facts.__struct_fields__:
        if name not in ("digest", "measures", "matches"):
            ours, theirs = (_plain(getattr(each, name), place) for each in (found, other))
            assert ours == theirs, f"{name}: {why} makes a difference"


def _plain(value: object, place: Callable[[Span], object]) -> object:
    """A value whose line ends are LF and whose spans are what is compared of them."""
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, msgspec.Struct):
        return (
            type(value).__name__,
            *(_plain(getattr(value, name), place) for name in value.__struct_fields__),
        )
    if isinstance(value, tuple):
        return tuple(_plain(each, place) for each in value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _read(path: str, data: bytes, demands: tuple[Demand, ...]) -> Facts | Exclusion:
    try:
        return analyse(Source(path, data), demands, LIMITS)
    except (RecursionError, UnicodeEncodeError) as error:  # documented: serve.py says so of the file
        raise RejectedError from error
