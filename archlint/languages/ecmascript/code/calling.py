"""The calls in a script, with the functions that they mean."""

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.code import Call
from archlint.languages.ecmascript.code.branches import Branches
from archlint.languages.ecmascript.code.calls import operands
from archlint.languages.ecmascript.code.targets import Targets
from archlint.languages.ecmascript.code.values import Values
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.names import dotted
from archlint.languages.ecmascript.paths import Path

CALLS = frozenset({"call_expression", "new_expression"})
_HANDED = frozenset({"identifier", "member_expression"})


class Calling:
    """Makes calls of nodes. ``values`` says what they are given; None if that does not matter."""

    def __init__(self, script: Script, branches: Branches, values: Values | None) -> None:
        self._lines = script.source.lines
        self._branches = branches
        self._values = values
        self._targets = values.targets if values is not None else Targets(script)

    def of(self, path: Path) -> Iterator[Call]:
        """The call at the end of the path, and those that may be made of the functions which it is handed."""
        node = path[-1]
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        if callee is None or callee.type in ("import", "super"):
            return
        given = operands(path)
        arguments = tuple(map(self._values.of, given)) if self._values is not None else ()
        made = self._call((*path, callee), path)
        yield replace(made, arguments=arguments)
        for each in given:
            handed = self._call(each, path) if each[-1].type in _HANDED else made
            if handed is not made and (handed.target is not None or handed.origin is not None):
                yield replace(handed, is_handed=True)

    def _call(self, callee: Path, path: Path) -> Call:
        node, call = callee[-1], path[-1]
        target = self._targets.of(callee)
        end = self._lines.span(call.end_byte, call.end_byte)
        found = Call(
            callee=dotted(node),
            span=self._lines.span(node.start_byte, node.end_byte),
            end=(end.line, end.column),
            branch=self._branches.of(path),
        )
        if isinstance(target, tuple):
            at = self._lines.span(target[-1].start_byte, target[-1].end_byte)
            return replace(found, target=at)
        return replace(found, origin=target)
