"""Makes a rule of a mapping in a rule file: its header, and the options of its one kind."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec.structs import replace

from archlint.config.checked import Checked
from archlint.config.code import code_mistakes
from archlint.config.foreign import tool_of
from archlint.config.pages import HEADER, IMPORTING, all_on_page, of_kind, on_page
from archlint.config.reading.tree import Node, found, nearest, strings
from archlint.config.selectors import check_name_patterns, check_selectors
from archlint.config.settings import Header, Tests, texts
from archlint.config.shape import convert, keys_of, salvage
from archlint.config.templates import check_template
from archlint.config.words import did_you_mean, either, shown, suggest
from archlint.errors import Mistake
from archlint.examples import Example, RuleTests
from archlint.extend import Kind
from archlint.kinds import KIND_OF
from archlint.model import Rule, Scope, SeverityIn

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH = re.compile(r"(?!.*:)(?!(.*/)?\.\.?(/|$))[^/\\\x00-\x1f]+(/[^/\\\x00-\x1f]+)*")
_EXPECTED = re.compile(r"(?:[^\n]+:)?[1-9][0-9]*: ")
# What archlint itself reports under.
_RESERVED = (
    "expired-suppression",
    "invalid-suppression",
    "stale-baseline",
    "unexplained-suppression",
    "unread-file",
    "unused-suppression",
    "vacuous-rule",
)
_LONGEST_ID = 100
_KNOWN = tuple(dict.fromkeys((*keys_of(Header), *KIND_OF)))
_REWRITTEN = ("text", "value")
_PLAIN = re.compile(r"[\w ./:@+-]+", re.ASCII)


def rules_in(document: Node) -> Checked[tuple[Node, ...]]:
    """The rules of a document: a list of them, a mapping that holds one under ``rules``, or one alone."""
    rules = document
    if document.entries.keys() == {"rules"}:
        rules = document.entries["rules"]
        if not isinstance(rules.value, tuple):
            hint = f"write - id: {next(iter(rules.entries))}" if rules.entries else ""
            yield rules.mistake(f"expected a list of rules, found {found(rules)}", hint)
            return ()
    nodes = rules.items if isinstance(rules.value, tuple) else (rules,)
    if not nodes:
        yield rules.mistake("the list of rules is empty")
    for node in nodes:
        if not isinstance(node.value, Mapping):
            yield node.mistake(f"expected a rule, which is a mapping, found {found(node)}")
    return tuple(node for node in nodes if isinstance(node.value, Mapping))


def ids_of(nodes: Iterable[Node]) -> frozenset[str]:
    """The ids of rules, the mistaken ones' too."""
    names = (node.below("id").value for node in nodes)
    return frozenset(name for name in names if isinstance(name, str))


def check_ids(nodes: Collection[Node]) -> Iterator[Mistake]:
    """Every id that is malformed, reserved, or another rule's."""
    first_of: dict[str, Node] = {}
    for node in nodes:
        name = node.below("id")
        if not isinstance(name.value, str):
            continue
        first = first_of.setdefault(name.value, name)
        if first is not name:
            origin = first.text.origin(first.at)
            hint = f"the first is at {origin.path}:{origin.line}:{origin.column}"
            yield name.mistake(f"a second rule has the id {shown(name.value)}", hint)
        elif name.value in _RESERVED:
            yield name.mistake(f"the id {shown(name.value)} is archlint's own")
        elif not _ID.fullmatch(name.value) or len(name.value) > _LONGEST_ID:
            hint = f"small letters and digits in words joined by '-', at most {_LONGEST_ID} characters"
            yield name.mistake(f"bad rule id {shown(name.value)}", hint)


def read_rule(node: Node, zones: Collection[str]) -> Checked[Rule[Any] | None]:
    """The rule that ``node`` holds; None if it is not even clear which."""
    foreign = tool_of(node)
    if foreign:
        hint = f"archlint import {foreign} {node.text.shown} writes it as a rule of archlint"
        yield replace(node.mistake(f"this is a rule of {foreign}", hint), page=IMPORTING)
        return None
    if not any(key in _KNOWN for key in node.entries):
        yield from all_on_page(HEADER, _nothing_known(node))
        return None
    kinds = [key for key, entry in node.entries.items() if _is_kind(key, entry)]
    yield from all_on_page(HEADER, _key_mistakes(node, kinds))
    header_keys = [key for key in node.entries if key in keys_of(Header) and key not in kinds]
    header_entries = {key: node.entries[key] for key in header_keys}
    header = yield from on_page(HEADER, salvage(replace(node, value=header_entries), Header))
    yield from all_on_page(HEADER, _header_mistakes(node, zones))
    if not kinds:
        return None
    kind = KIND_OF[kinds[0]]
    page = of_kind(kind.name)
    options = yield from on_page(page, _options(node.entries[kind.name], kind, zones))
    yield from all_on_page(page, _kind_mistakes(node, kind, options))
    if header is None:
        return None
    rule = _rule(header, node, kind.name, options)
    return replace(rule, selectors=tuple(_selected(node.entries[kind.name], kind)))


def _is_kind(key: str, entry: Node) -> bool:
    """``files`` is both: with globs it says where a rule of any kind looks, with a mapping it is the kind."""
    return key in KIND_OF and (key not in keys_of(Header) or isinstance(entry.value, Mapping))


def _nothing_known(node: Node) -> Iterator[Mistake]:
    """What holds no key of a rule is one mistake, at its first key."""
    for key, entry in islice(node.entries.items(), 1):
        hint = did_you_mean(key, _KNOWN) or "a rule begins with id: NAME"
        yield entry.key_mistake(f"unknown key {shown(key)}", hint)
    if not node.entries:
        yield node.mistake("this rule is empty", "a rule begins with id: NAME")


def _key_mistakes(node: Node, kinds: list[str]) -> Iterator[Mistake]:
    unknown = {key: suggest(key, _KNOWN) for key in node.entries if key not in _KNOWN}
    for key, hint in unknown.items():
        yield node.entries[key].key_mistake(f"unknown key {shown(key)}", hint)
    # A kind that is spelt wrong is one mistake, not two.
    if not kinds and not any(did_you_mean(key, tuple(KIND_OF)) for key in unknown):
        yield node.mistake(f"a rule needs one kind: {', '.join(KIND_OF)}")
    for second in kinds[1:]:
        yield node.entries[second].key_mistake(f'a rule has one kind; this one has "{kinds[0]}" already')


def _header_mistakes(node: Node, zones: Collection[str]) -> Iterator[Mistake]:
    """What the types of the header cannot say."""
    yield from check_selectors(node.below("files"), zones)
    yield from check_selectors(node.below("ignores"), zones)
    for item in node.below("severity-in").items:
        yield from check_selectors(item.below("files"), zones)
    yield from check_name_patterns(node.below("inside", "function"))
    for side in ("bad", "good"):
        for example in node.below("tests", side).items:
            yield from _example_mistakes(example)
            yield from _expectation_mistakes(example.below("expect"), side)


def _example_mistakes(example: Node) -> Iterator[Mistake]:
    paths = [example.below("path")] if isinstance(example.below("path").value, str) else []
    named = [(path, str(path.value)) for path in paths]
    named += [(file, name) for name, file in example.below("files").entries.items()]
    for node, path in named:
        if not _PATH.fullmatch(path):
            yield node.mistake(f"bad path {shown(path)}: it is relative to the root, with '/' between names")
    if example.entries and not {"code", "files"} & set(example.entries):
        yield example.mistake("an example needs code, or files")


def _expectation_mistakes(expect: Node, side: str) -> Iterator[Mistake]:
    if side == "good" and expect.value is not None:
        yield expect.key_mistake("a good example gives no finding to expect", "leave it out")
    for item, text in strings(expect):
        if not _EXPECTED.match(text):
            hint = "it is LINE: MESSAGE, or PATH:LINE: MESSAGE; archlint test --update writes it"
            yield item.mistake(f"no finding can be {shown(text)}", hint)


def _kind_mistakes(node: Node, kind: Kind[Any], options: Any) -> Iterator[Mistake]:  # noqa: ANN401 -- the kind's own type
    """What does not go with the kind. ``options`` are None if there is a mistake in them."""
    rewrite = node.below("rewrite")
    if isinstance(rewrite.value, str) and not _PLAIN.fullmatch(rewrite.value):
        hint = "letters, digits, spaces and ._:/@+- need no quoting in any language"
        yield rewrite.mistake(f"bad rewrite {shown(rewrite.value)}", hint)
    if "rewrite" in node.entries and kind.name not in _REWRITTEN:
        hint = f"it goes with {either(_REWRITTEN)}"
        yield rewrite.key_mistake(f'a finding of kind "{kind.name}" is no text to rewrite', hint)
    own = kind.own_fields(options) if kind.own_fields and options is not None else ()
    if options is not None or not kind.own_fields:
        yield from check_template(node.below("message"), (*kind.fields, *own, "message", "path"))
    if "inside" in node.entries and not kind.knows_functions:
        knowing = either(other.name for other in KIND_OF.values() if other.knows_functions)
        message = f'a rule of kind "{kind.name}" does not know what is inside a function'
        yield node.below("inside").key_mistake(message, f"it goes with {knowing}")


def _options(node: Node, kind: Kind[Any], zones: Collection[str]) -> Checked[Any]:
    options = yield from convert(node, kind.options)
    for selector in _selectors(node, kind):
        yield from check_selectors(selector, zones)
    for key, apart in kind.composed.items():
        for item, text in strings(node.below(key)):
            for part in apart(text):
                yield from check_selectors(replace(item, value=part), zones)
    if options is not None:
        for path, message in (*kind.mistakes(options), *code_mistakes(kind, options)):
            yield nearest(node, path).mistake(message)
    return options


def _selectors(node: Node, kind: Kind[Any]) -> Iterator[Node]:
    for key in kind.selectors:
        yield from _each_below(node, key.split("."))


def _selected(node: Node, kind: Kind[Any]) -> Iterator[str]:
    """The globs and zones among the options, each once."""
    selected = (selector for each in _selectors(node, kind) for _, selector in strings(each))
    yield from dict.fromkeys(selected)


def _each_below(node: Node, keys: Iterable[str]) -> tuple[Node, ...]:
    """The nodes at the end of ``keys``, in each item of the lists on the way."""
    nodes: tuple[Node, ...] = (node,)
    for key in keys:
        nodes = tuple(item.below(key) for holder in nodes for item in holder.items or (holder,))
    return nodes


def _rule(header: Header, node: Node, kind: str, options: Any) -> Rule[Any]:  # noqa: ANN401 -- the kind's own type
    return Rule(
        id=header.id,
        kind=kind,
        options=options,
        origin=node.text.origin(node.entries["id"].key_at),
        severity=header.severity,
        severity_in=tuple(SeverityIn(texts(item.files), item.severity) for item in header.severity_in),
        message=header.message,
        why=header.why,
        fix=header.fix,
        rewrite=header.rewrite,
        enforces=texts(header.enforces),
        scope=Scope(texts(header.files), texts(header.ignores)),
        inside=header.inside,
        allow_empty=header.allow_empty,
        tests=_tests(header.tests),
    )


def _tests(tests: Tests) -> RuleTests:
    def examples(items: tuple[str | Example, ...]) -> tuple[Example, ...]:
        return tuple(Example(item) if isinstance(item, str) else item for item in items)

    return RuleTests(examples(tests.bad), examples(tests.good))
