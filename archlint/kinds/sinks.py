"""How rules select sinks: the ``at`` entries that ``value`` and ``single-source`` share."""

from collections.abc import Iterator

import msgspec

from archlint.facts import Occurrence, Sink
from archlint.kinds.names import Marks, is_around, mention, needle, needles
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.regexes import BadRegexError
from archlint.scope import BadGlobError, matches_name


class Argument(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """An argument of a call, by the callee's last segment and the position from 0 (any if left out)."""

    call: OneOrMany
    """The last part of the callee's name."""
    index: int | None = None
    """The position, from 0; any if not said."""


class PathSegment(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The segment of a URL's path that follows one of these."""

    after: OneOrMany
    """What the segment before it is."""


class Member(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A member of something by its holder's name: ``{ workspace: { id: … } }``, an enum's member."""

    of: OneOrMany
    """What holds the member: an object, an enum, a call."""
    name: OneOrMany = "*"
    """What the member is called."""


class At(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Sinks by name. Names are globs (``*WorkspaceId``) or ``/regexes/``; several keys are alternatives."""

    property: OneOrMany = ()
    """A property: `{ plan: v }`, `x.plan = v`, `<Open plan={v}>`, a class field, a default in destructuring."""
    variable: OneOrMany = ()
    """What a variable is given: `const plan = v`."""
    parameter: OneOrMany = ()
    """A parameter: its default (`function f(plan = v)`), and what the file calls its own function with (`f(v)`)."""
    argument: Argument | None = None
    """An argument of a call: `setPlan(v)`."""
    member: Member | None = None
    """A member of something by its holder's name: `{ workspace: { id: v } }`."""
    query: OneOrMany = ()
    """A URL's query parameter: `'/x?plan=v'`, `searchParams.set('plan', v)`, a link in HTML."""
    path: PathSegment | None = None
    """A segment of a URL's path, by the one before it."""
    header: OneOrMany = ()
    """An HTTP header, in any case: `headers.set('x-plan', v)`."""
    compare: OneOrMany = ()
    """What something is compared with: `plan === v`, a `case` of `switch (plan)`, `[v].includes(plan)`."""
    return_: OneOrMany = msgspec.field(default=(), name="return")
    """What a function of the name returns."""
    type: OneOrMany = ()
    """A literal type (`type Plan = 'v'`, `plan: 'v'` in an interface), and what is declared to be of a type of the
    name: `const a: Plan = v`, `v as Plan`, `(): Plan => v`."""
    attribute: OneOrMany = ()
    """An attribute of HTML."""
    key: OneOrMany = ()
    """A key of a YAML, JSON or TOML file."""
    env: OneOrMany = ()
    """An environment variable, in shell, `.env` files and `env:` of workflows."""
    identifier: OneOrMany = ()
    """A name that may not be declared or read at all, whatever its value."""
    anywhere: bool = False
    """Any string or number constant; never a comment."""
    inside: OneOrMany = ()
    """Of all these sinks, only those inside functions of such names."""


def names_at(at: At, sink: Sink) -> tuple[str, ...]:
    """The name patterns an entry gives for one sink."""
    match sink:
        case Sink.ARGUMENT:
            return as_tuple(at.argument.call) if at.argument else ()
        case Sink.PATH:
            return as_tuple(at.path.after) if at.path else ()
        case Sink.RETURN:
            return as_tuple(at.return_)
        case Sink.ANYWHERE:
            return ("*",) if at.anywhere else ()
    names: OneOrMany = getattr(at, sink.value)
    return as_tuple(names)


def selects(at: tuple[At, ...], occurrence: Occurrence) -> bool:
    """Whether any entry selects the sink that the occurrence stands at."""
    return any(_selects(entry, occurrence) for entry in at)


def _selects(at: At, occurrence: Occurrence) -> bool:
    if at.inside and not is_around(at.inside, occurrence.functions):
        return False
    if at.member is not None and occurrence.owner and _is_member(at.member, occurrence):
        return True
    names = names_at(at, occurrence.sink)
    if occurrence.sink is Sink.ARGUMENT and at.argument is not None:
        names = names if at.argument.index in (None, occurrence.argument) else ()
    if occurrence.sink is Sink.HEADER:
        names = tuple(name.lower() for name in names)  # as the facts have them
    return any(matches_name(pattern, occurrence.name) for pattern in names)


def _is_member(member: Member, occurrence: Occurrence) -> bool:
    of = any(matches_name(pattern, occurrence.owner) for pattern in as_tuple(member.of))
    return of and any(matches_name(pattern, occurrence.name) for pattern in as_tuple(member.name))


def named_sinks(at: tuple[At, ...]) -> Iterator[tuple[str, str]]:
    """Each sink that the entries select, with a name pattern."""
    for entry in at:
        yield from ((sink.value, name) for sink in Sink for name in names_at(entry, sink))
        if entry.member is not None:
            yield from (("member", name) for name in as_tuple(entry.member.name))


def told_sinks(at: tuple[At, ...]) -> str:
    """The sinks that the entries select, in words."""
    sinks = dict.fromkeys(f"{sink} '{name}'" for sink, name in named_sinks(at))
    return "anywhere" if any(entry.anywhere for entry in at) else f"at {' or '.join(sinks)}"


def name_marks(at: tuple[At, ...]) -> Marks:
    """How to see that a file may hold something that the entries select."""
    # A sink that counts in some functions alone stands in a file that names one of them.
    names = [name for entry in at for name in as_tuple(entry.inside)]
    free = [entry for entry in at if not entry.inside]
    sinks = [sink for sink in Sink if sink is not Sink.HEADER]
    names += [name for entry in free for sink in sinks for name in names_at(entry, sink)]
    names += [name for entry in free if entry.member for name in as_tuple(entry.member.of)]
    headers = [name for entry in free for name in as_tuple(entry.header)]
    found = [mention(names), mention(headers, any_case=True)]
    sides = [each for each, asked in zip(found, (names, headers), strict=True) if asked]
    mentions = "|".join(f"(?:{side})" for side in sides) if all(sides) else ""
    if needles((*names, *headers)):
        words = (word for name in headers for word in _header_needles(name))
        return Marks(tuple(dict.fromkeys((*needles(names), *words))), mentions if headers else "")
    return Marks(mentions=mentions)


def member_marks(at: tuple[At, ...]) -> Marks:
    """How to see that a file may hold an object whose members act where it is handed over whole: ``headers: SHARED``."""
    taking = tuple(
        each
        for entry in at
        if (each := At(property=entry.property, query=entry.query, header=entry.header, member=entry.member))
        != At()
    )
    return name_marks(taking)


def _header_needles(pattern: str) -> tuple[str, str]:
    """One of these stands in every usual spelling of a header's name: ``X-Plan``, ``x-plan``, ``X-PLAN``."""
    word = max(needle(pattern).split("-"), key=len)
    return word[1:].lower(), word.upper()


def mistakes_at(at: tuple[At, ...], option: str = "at") -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Entries that select nothing, and name patterns that cannot be meant as written."""
    for index, entry in enumerate(at):
        if entry == At(inside=entry.inside):
            yield (
                (option, index),
                f"an entry of '{option}' names at least one sink, such as property or query",
            )
        named = [(sink.value, pattern) for sink in Sink for pattern in names_at(entry, sink)]
        if entry.member:
            named += [("member", name) for name in (*as_tuple(entry.member.of), *as_tuple(entry.member.name))]
        named += [("inside", name) for name in as_tuple(entry.inside)]
        for key, pattern in named:
            try:
                matches_name(pattern, "")
            except (BadRegexError, BadGlobError) as error:
                yield (option, index, key), f"bad name pattern {pattern!r}: {error}"
