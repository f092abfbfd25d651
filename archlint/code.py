"""What one file's code defines, calls, builds and tests; with what can be asked of that.

Plain data, as in ``facts.py``. Where something stands in the flow of its file is a ``Branch``: one turn for each
function, and each way of a condition or loop, that is around it.
"""

from collections.abc import Iterable

import msgspec

from archlint.model import WHOLE_FILE, Scope, Span


class Import(msgspec.Struct, frozen=True, array_like=True):
    """What a file has from another: a name of a module, or a member of what has that name."""

    module: str
    """As written: ``./config``, ``@acme/config``."""
    name: str
    """The exported name, ``default``, or ``*`` for the module as an object."""
    members: tuple[str, ...] = ()
    """Names, ``[0]`` for an element, ``()`` for what a call gives."""


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A place on a value's way, with what happens there."""

    span: Span
    text: str


class Gap(msgspec.Struct, frozen=True, array_like=True):
    """A part of an object whose keys the file does not say: ``...rest``, a computed key."""

    span: Span
    text: str
    """As written."""
    origin: Import | None = None
    """What is spread, if another file has it."""
    without: tuple[str, ...] = ()
    """Keys of it that are left out, as ``Omit`` does."""
    only: tuple[str, ...] | None = None
    """The keys of it that are taken, as ``Pick`` does; None for all."""
    is_optional: bool = False
    """Whether it may be left out as a whole."""


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A key of an object with what it holds."""

    name: str
    span: Span
    """Of the key."""
    values: "tuple[Value, ...]"
    """What that may be."""
    is_optional: bool = False
    """Whether the object has it only sometimes."""


class Value(msgspec.Struct, frozen=True, array_like=True):
    """What an expression is, as far as the file says so."""

    type: str = ""
    """``string``, ``number``, ``boolean``, ``null``, ``undefined``, ``array``, ``function``, ``object``; '' if unknown."""
    text: str | None = None
    """A constant's text; None if it is not known."""
    span: Span = WHOLE_FILE
    """Where the constant or the object is written."""
    members: tuple[Member, ...] = ()
    """Of an object, in order; of a function ``()`` is what it returns."""
    gaps: tuple[Gap, ...] = ()
    origin: Import | None = None
    """Of a value that another file has: what is imported."""


Turn = tuple[int, int, int, int]
"""Line and column of what is around something, which of its ways that is in, and as bits the ways that lead on.

No bits where all of them may be passed by: a loop, an ``if`` without ``else``, a function.
"""
Branch = tuple[Turn, ...]


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A symbol that a file defines, or a function without a name."""

    name: str
    sort: str
    """``function``, ``method``, ``class``, ``const``, ``variable``, ``enum`` or ``type``."""
    span: Span
    """Of the name."""
    body: Span
    """Of a function the whole of it; of what is made from a function (``useCallback(…)``) that function."""
    branch: Branch = ()
    """Of a function with its own turn last."""
    exports: tuple[str, ...] = ()
    """The names that other files import it by."""


class Call(msgspec.Struct, frozen=True, array_like=True):
    """A call, or a ``new``."""

    callee: str
    """As written, without what is no name: ``frame.contentWindow.postMessage``."""
    span: Span
    """Of the callee."""
    end: tuple[int, int]
    """Line and column of its end: it happens before what ends later."""
    branch: Branch = ()
    arguments: tuple[tuple[Value, ...], ...] = ()
    """What each of them may be."""
    target: Span | None = None
    """The function of this file that it calls, by its ``body``."""
    origin: Import | None = None
    """What it calls of another file."""
    is_handed: bool = False
    """Whether it is not called here but handed to what may call it: ``retry(send)``."""


class Passed(msgspec.Struct, frozen=True, array_like=True):
    """What a file imports and exports again; ``*`` for all that a module exports."""

    name: str
    origin: Import


class Given(msgspec.Struct, frozen=True, array_like=True):
    """What an export of a file is."""

    name: str
    values: tuple[Value, ...]


class Taker(msgspec.Struct, frozen=True, array_like=True):
    """What takes an object: ``variable``, ``property``, ``argument``, ``return``, ``type`` or ``key``, by its name."""

    sort: str
    name: str
    argument: int = -1


class Built(msgspec.Struct, frozen=True, array_like=True):
    """An object at a place that takes it."""

    value: Value
    span: Span
    """Where it is taken."""
    takers: tuple[Taker, ...] = ()
    functions: tuple[str, ...] = ()
    """The named functions around it, outermost first."""
    is_part: bool = False
    """Whether it only serves to be spread into others."""


class Condition(msgspec.Struct, frozen=True, array_like=True):
    """A test on which it depends what is done, or what a value is."""

    span: Span
    reads: tuple[str, ...]
    """The names that are read to know it and are asked for, dotted: ``account.isPlatform``."""
    chooses: tuple[str, ...]
    """The names and constants that its ways mention, and what receives its value."""
    constants: tuple[str, ...] = ()
    """The constants in the test itself."""
    origins: tuple[Import, ...] = ()
    """Of the names that are read, those that other files lend."""
    way: tuple[Step, ...] = ()
    """The names that hold what is read, first to last."""
    functions: tuple[str, ...] = ()


class Tested(msgspec.Struct, frozen=True, array_like=True):
    """An export whose value, or what it returns, depends on names that are asked for."""

    name: str
    span: Span
    reads: tuple[str, ...]
    origins: tuple[Import, ...] = ()


class Code(msgspec.Struct, frozen=True):
    """All that was asked of a file's code."""

    definitions: tuple[Definition, ...] = ()
    calls: tuple[Call, ...] = ()
    passed: tuple[Passed, ...] = ()
    given: tuple[Given, ...] = ()
    built: tuple[Built, ...] = ()
    conditions: tuple[Condition, ...] = ()
    tested: tuple[Tested, ...] = ()


def joined(parts: Iterable[Code | None]) -> Code | None:
    """What several readings of one file have; None if nobody asked."""
    known = [part for part in parts if part is not None]
    if len(known) < 2:  # noqa: PLR2004 -- one is what it is
        return known[0] if known else None
    names = Code.__struct_fields__
    return Code(
        *(tuple(dict.fromkeys(each for part in known for each in getattr(part, name))) for name in names)
    )


class CodeDemand(msgspec.Struct, frozen=True, tag="code"):
    """What files in scope define, and whom they call. Needles as in ``ConstantDemand``."""

    scope: Scope
    needles: tuple[tuple[str, ...], ...] = ()
    arguments: bool = False
    """Whether it matters what calls are given."""
    mentions: str = ""
    """As in ``ConstantDemand``."""


class ObjectDemand(msgspec.Struct, frozen=True, tag="objects"):
    """The objects that files in scope build and that may have all ``keys``, and what certain exports are."""

    scope: Scope
    needles: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] | None = None
    """None for no objects, () for all of them."""
    exports: tuple[str, ...] = ()


class ConditionDemand(msgspec.Struct, frozen=True, tag="conditions"):
    """The tests in files in scope that read a name which matches one of the patterns, and exports that depend on such.

    So do those that read what is imported from ``modules``, as written.
    """

    scope: Scope
    needles: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
