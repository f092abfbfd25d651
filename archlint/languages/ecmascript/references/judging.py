"""Whether what looks like a reference is one: what the tree says of the place it stands at."""

import re
from functools import cache, cached_property

from tree_sitter import Node, Tree

from archlint.languages.ecmascript.following.scopes import Names
from archlint.languages.ecmascript.names import FUNCTIONS
from archlint.languages.ecmascript.paths import Path, text
from archlint.languages.ecmascript.references.forms import DIRECTIVE, MEMBER, Form
from archlint.languages.ecmascript.references.places import Spot

_TEXTS = frozenset(
    {
        "comment",
        "escape_sequence",
        "hash_bang_line",
        "html_comment",
        "jsx_text",
        "regex",
        "regex_flags",
        "regex_pattern",
        "string",
        "string_fragment",
        "template_literal_type",
        "template_string",
    }
)
_TYPES = frozenset(
    {
        "constraint",
        "default_type",
        "extends_type_clause",
        "implements_clause",
        "index_signature",
        "mapped_type_clause",
        "nested_type_identifier",
        "type_alias_declaration",
        "type_annotation",
        "type_arguments",
        "type_identifier",
        "type_parameter",
        "type_predicate",
        "type_query",
        "tuple_parameter",
    }
)
# What is around the keyword or its stand-in (gaps.py), and what reads members off the module.
_LOADED = frozenset({"call_expression", "identifier", "import", "member_expression", "nested_identifier"})
_HOLDERS = frozenset({"call_expression", "member_expression"})
_KNOWN = frozenset({"globalThis", "jest", "navigator", "vi", "vitest", "window"})


class Judge:
    """What one script says of its forms."""

    def __init__(self, data: bytes, tree: Tree) -> None:
        self._data = data
        self._tree = tree
        self._names = Names(data, tree)
        self._may_declare: dict[str, bool] = {}
        self._known: dict[int, bool] = {}

    def is_meant(self, form: Form, spot: Spot) -> bool:
        """Whether a form is what it looks like."""
        leaf = spot.path[-1]
        if form.word == DIRECTIVE:
            return leaf.type == "comment" and leaf.end_byte <= self._top
        if leaf.type in _TEXTS:
            return False
        if form.word == MEMBER:
            return self._is_of_known(spot.path)
        if leaf.type in ("property_identifier", "private_property_identifier"):
            return False
        return not form.word or not self._is_declared(form.word, spot.path)

    @cached_property
    def _top(self) -> int:
        """Where the first thing begins that is no comment."""
        first = next((node for node in self._tree.root_node.children if node.type not in _TEXTS), None)
        return first.start_byte if first is not None else self._tree.root_node.end_byte

    def _is_of_known(self, path: Path) -> bool:
        """Whether the member at the end of the path is a test runner's or the browser's: ``jest.mock('a').mock('b')``."""
        node: Node | None = path[-2] if len(path) > 1 else None
        holders: list[int] = []
        while node is not None and node.id not in self._known and node.type in _HOLDERS:
            holders.append(node.id)
            node = node.child_by_field_name("function") or node.child_by_field_name("object")
        if node is None:
            return False
        is_known = self._known[node.id] if node.id in self._known else text(node) in _KNOWN
        self._known.update(dict.fromkeys(holders, is_known))
        return is_known

    def _is_declared(self, word: str, path: Path) -> bool:
        """Whether the word means something of the script's own."""
        if word not in self._may_declare:
            self._may_declare[word] = may_declare(self._data, word)
        if not self._may_declare[word]:
            return False
        declared = self._names.declarations(word)
        nearest = next((declared[node.id] for node in reversed(path) if node.id in declared), [])
        return any(not _is_the_usual(each) for each in nearest)


def may_declare(data: bytes, word: str) -> bool:
    """Whether a script may give the word a meaning of its own: it stands where nothing is called or read."""
    return any(pattern.search(data) for pattern in _declarations(word.encode()))


@cache
def _declarations(word: bytes) -> tuple[re.Pattern[bytes], ...]:
    uncalled = word + rb"(?<![\w$.]" + word + rb")(?![\w$])(?!\s*[(.])"
    return re.compile(uncalled), re.compile(rb"function[\s*]++" + word + rb"(?![\w$])")


def is_type(path: Path) -> bool:
    """Whether the ``import`` at the end of the path is a part of a type."""
    index = len(path) - 1
    while index > 0 and path[index].type in _LOADED:
        index -= 1
    around, within = path[index], path[min(index + 1, len(path) - 1)]
    if around.type in ("as_expression", "satisfies_expression"):
        return around.named_children[0] != within
    if around.type == "unary_expression":  # what the grammars make of `f<typeof import('a')>(b)`
        return around.children[0].type == "typeof"
    return around.type in _TYPES or around.type.endswith("_type")


def _is_the_usual(declaration: Path) -> bool:
    """Whether a declaration of ``require`` is what everybody calls so.

    ``const require = createRequire(import.meta.url)``, ``declare const require: any``, and the parameter of the
    function that AMD's ``define(function (require) { … })`` is given.
    """
    parent = declaration[-2]
    if any(node.type == "ambient_declaration" for node in declaration):
        return True
    if parent.type == "variable_declarator":
        value = parent.child_by_field_name("value")
        return value is not None and "createRequire" in text(value)
    function = next((index for index in range(len(declaration) - 1, 1, -1) if _takes(declaration[index])), 0)
    call = declaration[function - 2]
    callee = call.child_by_field_name("function") if function and call.type == "call_expression" else None
    return callee is not None and text(callee) == "define"


def _takes(node: Node) -> bool:
    return node.type in FUNCTIONS
