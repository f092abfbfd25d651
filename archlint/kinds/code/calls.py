"""How rules name calls: by the callee, and by constants among the arguments."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from archlint.code import Call, Value
from archlint.extend import OptionMistake
from archlint.kinds.names import Marks, last_segments, marks, name_mistakes
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.project.code.flow import Flow
from archlint.project.code.lookup import Lookup
from archlint.scope import matches_name


class CallPattern(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A call by its callee, and by what it is called with."""

    call: OneOrMany
    """The callee's last segment, or several (``location.assign``); or what it is called where it is defined."""
    arguments: dict[str, OneOrMany] = {}
    """Constants by position from 0, or by the property of an object among the arguments."""


Values = tuple[Value, ...]
Known = Callable[[Values], Values]
Calls = str | CallPattern | tuple[str | CallPattern, ...]


def patterns(calls: Calls) -> tuple[CallPattern, ...]:
    """What a rule says of calls, written in full."""
    several = (calls,) if isinstance(calls, str | CallPattern) else calls
    return tuple(CallPattern(each) if isinstance(each, str) else each for each in several)


def told(calls: Calls) -> str:
    """What a message calls them."""
    return " or ".join(f"'{name}'" for each in patterns(calls) for name in as_tuple(each.call))


def call_marks(calls: Calls) -> Marks:
    """How to see that a file may name what is called."""
    return marks(last_segments(name for each in patterns(calls) for name in as_tuple(each.call)) or ())


def asks_arguments(*several: Calls) -> bool:
    """Whether it matters what some of the calls are given."""
    return any(pattern.arguments for calls in several for pattern in patterns(calls))


def is_meant(calls: Calls, path: str, call: Call, flow: Flow) -> bool:
    """Whether a call in the file at ``path`` is one of those."""
    names = [*_names(path, call, flow.lookup)]
    return any(_is_one(each, call, names, partial(_known, flow, path)) for each in patterns(calls))


def _names(path: str, call: Call, lookup: Lookup) -> Iterator[str]:
    """All that the call may go by: what is written, and what the function is called where it is defined."""
    written = call.callee.split(".")
    yield from (".".join(written[start:]) for start in range(len(written)))
    if call.origin is not None:
        imported = (call.origin.name, *call.origin.members)
        yield from (".".join(imported[start:]) for start in range(len(imported)))
    function = lookup.called(path, call)
    if function is not None and function.definition.name:
        yield function.definition.name


def _is_one(pattern: CallPattern, call: Call, names: Iterable[str], known: Known) -> bool:
    is_called = any(matches_name(name, each) for name in as_tuple(pattern.call) for each in names)
    return is_called and all(
        _is_given(call, where, as_tuple(wanted), known) for where, wanted in pattern.arguments.items()
    )


def _is_given(call: Call, where: str, wanted: tuple[str, ...], known: Known) -> bool:
    if where.isdecimal():
        position = int(where)
        values = call.arguments[position] if position < len(call.arguments) else ()
        return has_constant(known(values), wanted)
    objects = (value for argument in call.arguments for value in argument)
    members = (member for value in objects for member in value.members if member.name == where)
    return any(has_constant(known(member.values), wanted) for member in members)


def _known(flow: Flow, path: str, values: Values) -> Values:
    """The values with what other files lend."""
    found = (
        flow.objects.lent(path, value.origin) or (value,) if value.origin else (value,) for value in values
    )
    return tuple(each for several in found for each in several)


def has_constant(values: Iterable[Value], wanted: tuple[str, ...]) -> bool:
    """Whether one of the values is a constant that matches one of the patterns."""
    texts = [value.text for value in values if value.text is not None]
    return any(matches_name(pattern, text) for pattern in wanted for text in texts)


def call_mistakes(where: tuple[str | int, ...], calls: Calls) -> Iterator[OptionMistake]:
    """Patterns that cannot be meant as written."""
    several = (calls,) if isinstance(calls, str | CallPattern) else calls
    for number, each in enumerate(several):
        at = (*where, number) if isinstance(calls, tuple) else where
        if isinstance(each, str):
            yield from name_mistakes(at, each)
            continue
        yield from name_mistakes((*at, "call"), each.call)
        if not as_tuple(each.call):
            yield (*at, "call"), "a call is named by its callee"
        for key, wanted in each.arguments.items():
            yield from name_mistakes((*at, "arguments", key), wanted)
