"""Which of the symbols that code defines a rule means."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from archlint.code import CodeDemand
from archlint.kinds.code.calls import Calls, call_marks, is_meant, told
from archlint.kinds.names import is_around, is_named, marks
from archlint.model import Inside, Scope
from archlint.project import Project
from archlint.project.code.flow import Flow
from archlint.project.code.lookup import Function

_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")


class Sort(StrEnum):
    """What a symbol is."""

    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"
    CONST = "const"
    VARIABLE = "variable"
    ENUM = "enum"
    TYPE = "type"


class Who(msgspec.Struct, frozen=True):
    """Symbols by name, sort, and the calls that they make; functions alone where it is about calls."""

    names: tuple[str, ...]
    sorts: tuple[Sort, ...]
    makes: Calls
    inside: Inside | None = None
    only_functions: bool = False
    """Whether they must have code of their own."""

    def demand(self, scope: Scope, *, arguments: bool) -> CodeDemand:
        """The files of a scope that may define one of them."""
        named, called = marks(self.names), call_marks(self.makes)
        groups = tuple(group for group in (named.needles, called.needles) if group)
        return CodeDemand(scope, groups, arguments, named.mentions or called.mentions)

    def __str__(self) -> str:
        """What messages call them."""
        named = " or ".join(f"'{name}'" for name in self.names)
        made = f"a function that calls {told(self.makes)}" if self.makes else ""
        return ": ".join(part for part in (named, made) if part)


def chosen(who: Who, scope: Scope, project: Project) -> tuple[Function, ...]:
    """The symbols in the files of ``scope``, by place."""
    flow = project.once(Flow)
    makers = _makers(who, flow) if who.makes else None
    found = dict.fromkeys(
        each
        for each in _defined(who, scope, project)
        if (makers is None or each in makers) and _is_inside(who, each, flow)
    )
    return tuple(sorted(found, key=lambda each: (each.path, each.definition.span)))


def _defined(who: Who, scope: Scope, project: Project) -> Iterator[Function]:
    for facts in project.facts(scope):
        if facts.code is None or facts.path.endswith(_DECLARATIONS):
            continue
        values = {each.name for each in facts.code.definitions if each.sort != Sort.TYPE}
        types: set[str] = set()
        for each in facts.code.definitions:
            is_sort = not who.sorts or each.sort in who.sorts
            is_sort = is_sort and (bool(each.branch) or not who.only_functions)
            if not (each.name and is_sort and (not who.names or is_named(who.names, each.name))):
                continue
            if each.sort == Sort.TYPE and not who.sorts and each.name in values:
                continue  # a type beside a value of its name says no more than that
            if each.sort == Sort.TYPE and each.name in types:
                continue  # parts of one interface
            types.update([each.name] if each.sort == Sort.TYPE else [])
            yield Function(facts.path, each)


def _makers(who: Who, flow: Flow) -> frozenset[Function]:
    """The nearest functions with a name around each such call."""
    makers: set[Function] = set()
    for path, call in flow.calls():
        if not call.is_handed and is_meant(who.makes, path, call, flow):
            named = (each for each in flow.around(path, call.branch) if each.definition.name)
            makers.update([nearest] if (nearest := next(named, None)) is not None else [])
    return frozenset(makers)


def _is_inside(who: Who, symbol: Function, flow: Flow) -> bool:
    if who.inside is None:
        return True
    outer = flow.around(symbol.path, symbol.definition.branch[:-1])
    return is_around(who.inside.function, (each.definition.name for each in outer if each.definition.name))
