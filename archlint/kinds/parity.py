"""Kind ``parity``: what stands at paths of documents agrees with what stands at paths of others."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, EntryDemand, Facts
from archlint.kinds.entries.comparing import (
    Difference,
    Sides,
    beyond,
    disagreeing,
    displaced,
    shared,
    unequal,
)
from archlint.kinds.entries.mistakes import name_mistake, path_mistake, regex_mistake
from archlint.kinds.entries.sides import Contents, Side, Take, contents
from archlint.kinds.entries.walk import documents
from archlint.kinds.several import as_tuple
from archlint.model import Hit, Rule
from archlint.project import Project

_Group = list[list[Facts]]  # the files of each side
_COMPARISONS = {"equal": unequal, "subset": beyond, "same-order": displaced, "disjoint": shared}


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The sides, and what must hold between them."""

    sides: tuple[Side, ...]
    """What is compared: at least two, or one with `each`."""
    must: Literal["equal", "subset", "same-order", "disjoint", "agree"]
    """``subset``: each side is part of the next. ``agree``: a key has one value wherever it is."""
    keys: tuple[str, ...] = ()
    """Under ``agree``: the keys that are compared, and that every side must have."""
    per: Literal["file", "folder"] | None = None
    """Compare the sides within each file, or within each folder that holds files of all sides."""


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The entries of every side's files."""
    return tuple(EntryDemand(side.scope(rule.scope)) for side in rule.options.sides)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit for each element that differs; none while a side selects nothing, which is told of the rule."""
    if not rule.allow_empty and any(vacuous(rule, project)):
        return
    compare = _comparison(rule.options)
    for group in _groups(rule, project):
        for found in compare(list(_contents(rule.options, group))):
            identity = f"{rule.options.must} {found.key} {found.value}"
            fields = {"key": found.key, "value": found.value}
            yield Hit(found.place, found.text, identity, fields, found.related)


def _comparison(options: Options) -> Callable[[Sides], Iterator[Difference]]:
    if options.must == "agree":
        return partial(disagreeing, keys=options.keys)
    return _COMPARISONS[options.must]


def _groups(rule: Rule[Options], project: Project) -> Iterator[_Group]:
    """The files that are compared with each other."""
    options = rule.options
    files = [list(documents(side.scope(rule.scope), project)) for side in options.sides]
    if options.per is None:
        yield files
        return
    groups: defaultdict[str, _Group] = defaultdict(lambda: [[] for _ in options.sides])
    for number, side_files in enumerate(files):
        for facts in side_files:
            name = facts.path if options.per == "file" else str(PurePosixPath(facts.path).parent)
            groups[name][number].append(facts)
    yield from (groups[name] for name in sorted(groups) if all(groups[name]))


def _contents(options: Options, group: _Group) -> Iterator[Contents]:
    for side, files in zip(options.sides, group, strict=True):
        take = _take(options, side)
        for part in [[facts] for facts in files] if side.each else [files]:
            found = contents(side, part, take)
            if found.by_token or not (side.optional and found.is_whole):
                yield found


def _take(options: Options, side: Side) -> Take:
    return side.take or ("pairs" if options.must == "agree" else "values")


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Sides without files, and sides that select nothing in any of theirs."""
    options = rule.options
    needed = [side for side in options.sides if not side.optional]
    globs = [glob for side in needed for glob in as_tuple(side.files) if not project.selected(glob)]
    yield from (f"no file matches '{glob}'" for glob in dict.fromkeys(globs))
    if globs:
        return
    for side in needed:
        files = list(documents(side.scope(rule.scope), project))
        found = contents(side, files, _take(options, side))
        if not found.by_token and found.is_whole:
            yield f"{found.label} selects nothing"
    if not any(_has_two_sides(options, group) for group in _groups(rule, project)):
        yield "there are no two sides to compare" + (f" in any {options.per}" if options.per else "")


def _has_two_sides(options: Options, group: _Group) -> bool:
    """Whether there is something to compare; ``agree`` also compares what is on one side."""
    sides = sum(len(files) if side.each else 1 for side, files in zip(options.sides, group, strict=True))
    return sides > 1 or options.must == "agree"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Too few sides, keys and takes that do not go with what must hold, and each side's own mistakes."""
    if not options.sides or (len(options.sides) == 1 and not options.sides[0].each):
        yield ("sides",), "parity needs two sides, or one with `each: true`"
    if options.keys and options.must != "agree":
        yield ("keys",), "'keys' goes with `must: agree`"
    takes = {_take(options, side) for side in options.sides}
    if options.must == "agree" and takes - {"pairs"}:
        yield ("sides",), "`must: agree` compares pairs"
    if "pairs" in takes and len(takes) > 1:
        yield ("sides",), "pairs can be compared with pairs alone"
    for number, side in enumerate(options.sides):
        for where, message in _side_mistakes(side, _take(options, side)):
            if message:
                yield ("sides", number, *where), message


def _side_mistakes(side: Side, take: Take) -> Iterator[OptionMistake]:
    if not side.at:
        yield ("at",), "'at' says what of the files is compared"
    for number, path in enumerate(as_tuple(side.at)):
        yield ("at", number), path_mistake(path)
    for number, pattern in enumerate(as_tuple(side.only)):
        yield ("only", number), name_mistake(pattern)
    for number, pattern in enumerate(as_tuple(side.ignore)):
        yield ("ignore", number), name_mistake(pattern)
    for number, pattern in enumerate(as_tuple(side.ignore_values)):
        yield ("ignore-values", number), name_mistake(pattern)
    yield ("strip",), regex_mistake(side.strip)
    if side.words and take != "values":
        yield ("words",), f"words are taken from values, not from {take}"


KIND = Kind(
    name="parity",
    says="what stands at paths of documents agrees with what stands at paths of others",
    options=Options,
    needs=Family.ENTRIES,
    fields=("key", "value"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=("sides.files",),
    local=lambda _options: False,
)
