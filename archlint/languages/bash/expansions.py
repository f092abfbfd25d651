"""What words become once variables are known: templates in which ``${{ … }}`` stands for what is not.

A shell's ``$X`` and ``${X:-auth}`` are written as a workflow would: ``${{ env.X }}``, ``${{ env.X || 'auth' }}``.
"""

import posixpath
import re
from collections.abc import Mapping

from tree_sitter import Node as Syntax

from archlint.languages.bash.words import part, word

Variables = Mapping[str, str | None]
"""The variables that a text sets itself; None for one whose value is not constant."""

_EXPRESSION = re.compile(rb"\$\{\{.*?\}\}", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^'\"`$\\{}]*))?\})", re.ASCII)
_SETTING = frozenset({"getopts", "mapfile", "read", "readarray"})


def variables(root: Syntax) -> dict[str, str | None]:
    """The variables that a text sets. Constant is what is set once, whatever way the text goes."""
    found: dict[str, str | None] = {}
    pending = [root]
    while pending:
        syntax = pending.pop()
        pending.extend(syntax.named_children)
        for name, value in _set_by(syntax):
            found[name] = None if name in found else value
    return found


def _set_by(syntax: Syntax) -> list[tuple[str, str | None]]:
    if syntax.type == "for_statement":
        return [(_text(child), None) for child in syntax.named_children[:1]]
    if syntax.type == "command":
        words = [word(child) for child in syntax.named_children]
        return [(name, None) for name in words[1:] if name] if words[:1] and words[0] in _SETTING else []
    if syntax.type != "variable_assignment" or syntax.parent is None or syntax.parent.type == "command":
        return []
    name, value = assignment(syntax)
    holder = syntax.parent.parent if syntax.parent.type == "declaration_command" else syntax.parent
    return [(name, value if holder is not None and holder.type == "program" else None)]


def assignment(syntax: Syntax) -> tuple[str, str | None]:
    """The name and the value of ``VAR=x``; None for a value only the run time knows."""
    name, value = syntax.child_by_field_name("name"), syntax.child_by_field_name("value")
    appends = any(child.type == "+=" for child in syntax.children)
    known = "" if value is None else word(value)
    return (_text(name) if name else "", None if appends else known)


def template(syntax: Syntax, text: bytes, known: Variables) -> tuple[str, bool] | None:
    """A word with ``${{ … }}`` in it, and whether what that becomes is split at white space; None if neither can be told."""
    if syntax.type == "command_name":
        syntax = syntax.children[0]
    splits = False
    texts: list[str] = []
    for piece in syntax.children if syntax.type == "concatenation" else [syntax]:
        written = _piece(piece, text, known)
        if written is None:
            return None
        splits = splits or piece.type in ("simple_expansion", "expansion")
        texts.append(written)
    return "".join(texts), splits


def _piece(piece: Syntax, text: bytes, known: Variables) -> str | None:
    original = text[piece.start_byte : piece.end_byte]
    if piece.type in ("simple_expansion", "expansion"):
        return _expansion(original, known)
    if piece.type == "raw_string":
        return original[1:-1].decode(errors="replace")
    if piece.type != "string":
        plain = part(piece)
        return None if plain is None else plain.decode(errors="replace")
    texts = [
        _text(child) if child.type == "string_content" else _piece(child, text, known)
        for child in piece.children
        if child.type != '"'
    ]
    return None if any(written is None or "\\" in written for written in texts) else "".join(map(str, texts))


def _expansion(original: bytes, known: Variables) -> str | None:
    written = original.decode(errors="replace")
    if _EXPRESSION.match(original):
        return written
    variable = _VARIABLE.fullmatch(written)
    if variable is None:
        return None
    name = variable[1] or variable[2]
    if name in known:
        return known[name]
    return f"${{{{ env.{name} || '{variable[3]}' }}}}" if variable[3] else f"${{{{ env.{name} }}}}"


def after_cd(folder: str | None, words: tuple[str | None, ...], target: str | None) -> str | None:
    """The folder after a command; ``target`` is what it has for its first argument, as a template."""
    if words[:1] not in (("cd",), ("pushd",), ("popd",)):
        return folder
    if folder is None or target is None or target.startswith("-") or words[0] == "popd":
        return None
    return posixpath.join(folder, target)


def _text(syntax: Syntax) -> str:
    return (syntax.text or b"").decode(errors="replace")
