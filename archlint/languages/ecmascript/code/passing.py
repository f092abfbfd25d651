"""What a script imports and exports again."""

from collections.abc import Iterator

from archlint.code import Passed
from archlint.languages.ecmascript.code.origins import imported
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.modules import borrowed
from archlint.languages.ecmascript.paths import Path, text


def passed(script: Script) -> Iterator[Passed]:
    """By name, and ``*`` for all that a module exports."""
    for name, start in borrowed(script, frozenset()):
        if name and isinstance(start, tuple) and start[1].origin is not None:
            yield Passed(name, start[1].origin)
    for statement in script.tree.root_node.named_children:
        if statement.type == "export_statement" and statement.child_by_field_name("source") is None:
            yield from _listed(script, (script.tree.root_node, statement))


def _listed(script: Script, path: Path) -> Iterator[Passed]:
    """``import { a } from './a'; export { a as b };``"""
    value = path[-1].child_by_field_name("value")
    named = [("default", (*path, value))] if value is not None and value.type == "identifier" else []
    for clause in (child for child in path[-1].named_children if child.type == "export_clause"):
        for specifier in clause.named_children:
            name = specifier.child_by_field_name("name")
            alias = specifier.child_by_field_name("alias") or name
            if name is not None and alias is not None:
                named.append((constant(alias) or text(alias), (*path, clause, specifier, name)))
    for exported, name_path in named:
        binding = script.names.binding(name_path)
        declared = script.names.declarations(binding.name)[binding.scope][-1] if binding is not None else None
        origin = imported(declared) if declared is not None else None
        if origin is not None:
            yield Passed(exported, origin)
