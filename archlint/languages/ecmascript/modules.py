"""What a script has of other modules."""

from collections.abc import Iterator

from tree_sitter import Node

from archlint.code import Import
from archlint.languages.ecmascript.following.arrivals import Bind
from archlint.languages.ecmascript.following.loads import Load
from archlint.languages.ecmascript.following.script import Script
from archlint.languages.ecmascript.literals import constant
from archlint.languages.ecmascript.names import first_operand
from archlint.languages.ecmascript.paths import Path, path_to, text
from archlint.languages.specifiers import meaning, mentions

_WHOLE = "*"
_TEXTS = frozenset({"string", "template_string"})


def borrowed(script: Script, modules: frozenset[str]) -> Iterator[tuple[str, Bind | tuple[Path, Load]]]:
    """What the script has of the modules (all if none are given), each with the name it exports it under or ''.

    A name is a ``Bind``; an expression (``require('./a')``, ``import('./a')``) stands at the end of a path.
    """
    data, root = script.source.data, script.tree.root_node
    found = mentions(data, root.start_byte, root.end_byte)
    for start, end in sorted((mention.start, mention.end) for mention in found):
        module = meaning(data[start:end])
        if module and (not modules or module in modules):
            path = path_to(script.tree, start, end)
            literal = next((at for at in range(len(path) - 1, 0, -1) if path[at].type in _TEXTS), 0)
            if literal and constant(path[literal]) == module:
                yield from _of_specifier(path[: literal + 1], module)


def _of_specifier(path: Path, module: str) -> Iterator[tuple[str, Bind | tuple[Path, Load]]]:
    match path[-2].type:
        case "import_statement":
            yield from _of_import(path[:-1], module)
        case "import_require_clause":
            name = first_operand(path[-2])
            if name is not None:
                yield "", Bind((*path[:-1], name), _load(module, _WHOLE))
        case "export_statement":
            yield from _of_reexport(path[:-1], module)
        case "arguments" if path[-3].type == "call_expression":
            callee = path[-3].child_by_field_name("function")
            if callee is not None and text(callee) in ("import", "require"):
                yield "", (path[:-2], _load(module, _WHOLE))


def _of_import(path: Path, module: str) -> Iterator[tuple[str, Bind | tuple[Path, Load]]]:
    clause = next((child for child in path[-1].children if child.type == "import_clause"), None)
    if clause is None or any(child.type in ("type", "typeof") for child in path[-1].children):
        return
    around = (*path, clause)
    for child in clause.named_children:
        if child.type == "identifier":
            yield "", Bind((*around, child), _load(module, "default"))
        elif child.type == "namespace_import" and (name := first_operand(child)) is not None:
            yield "", Bind((*around, child, name), _load(module, _WHOLE))
        elif child.type == "named_imports":
            for specifier in child.named_children:
                exported, local = _names(specifier)
                if exported is not None and local is not None:
                    yield "", Bind((*around, child, specifier, local), _load(module, _spelt(exported)))


def _names(specifier: Node) -> tuple[Node | None, Node | None]:
    """What an import or export specifier names there, and here; nothing for a type."""
    if any(child.type in ("type", "typeof") for child in specifier.children):
        return None, None
    name = specifier.child_by_field_name("name")
    return name, specifier.child_by_field_name("alias") or name


def _of_reexport(path: Path, module: str) -> Iterator[tuple[str, Bind | tuple[Path, Load]]]:
    statement = path[-1]
    if any(child.type == "type" for child in statement.children):
        return
    clause = next((child for child in statement.named_children if child.type == "export_clause"), None)
    space = next((child for child in statement.named_children if child.type == "namespace_export"), None)
    if clause is not None:
        for specifier in clause.named_children:
            name, alias = _names(specifier)
            if name is not None and alias is not None:
                yield _spelt(alias), ((*path, clause, specifier), _load(module, _spelt(name)))
    elif space is not None and (name := first_operand(space)) is not None:
        yield _spelt(name), ((*path, space), _load(module, _WHOLE))
    else:
        yield _WHOLE, (path, _load(module, _WHOLE))


def _spelt(name: Node) -> str:
    value = constant(name)
    return value if value is not None else text(name)


def _load(module: str, name: str) -> Load:
    return Load(origin=Import(module, name))
