"""Reads the rules of ast-grep as they are: a folder of them, or a project by its sgconfig.yml. To rules of kind ``pattern``.

https://ast-grep.github.io/reference/yaml.html and https://ast-grep.github.io/reference/sgconfig.html.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from archlint.config.checked import Checked, settle
from archlint.config.code import code_mistakes
from archlint.config.policy import refuse
from archlint.config.reading.text import Naming, read_text
from archlint.config.reading.tree import Node, nearest
from archlint.config.reading.yaml import LARGEST, parse_yaml
from archlint.config.selectors import check_globs
from archlint.config.settings import Config
from archlint.config.shape import convert
from archlint.config.words import shown
from archlint.errors import Mistake
from archlint.kinds import KIND_OF
from archlint.model import Rule, Scope, Severity
from archlint.patterns.dialects import grammars_of
from archlint.patterns.rule import CodeRule
from archlint.patterns.transforming import OPERATIONS, Transform
from archlint.patterns.written import names_kept
from archlint.request import Request

SHEET_NAMES = ("sgconfig.yml", "sgconfig.yaml")
_SUFFIXES = (".yml", ".yaml")
_SEVERITY = {
    "hint": Severity.NOTE,
    "info": Severity.NOTE,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
_VARIABLE = re.compile(r"\$(?:\$\$)?([A-Z_][A-Z0-9_]*)")
_LEFT_OUT = ("rewriters", "labels")


class _Util(msgspec.Struct, frozen=True):
    """A utility rule for all rules of its language."""

    id: str
    language: str
    rule: CodeRule
    utils: dict[str, CodeRule] = {}
    constraints: dict[str, CodeRule] = {}


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule. Any: ``fix`` is kept for later, ``metadata`` and ``labels`` are what others make of them."""

    id: str
    language: str
    rule: CodeRule
    constraints: dict[str, CodeRule] = {}
    utils: dict[str, CodeRule] = {}
    severity: Literal["hint", "info", "warning", "error", "off"] = "hint"
    message: str = ""
    note: str = ""
    files: str | tuple[str, ...] = ()
    ignores: str | tuple[str, ...] = ()
    url: str = ""
    fix: Any = None
    transform: Any = None
    rewriters: Any = None
    labels: Any = None
    metadata: Any = None


class _Sheet(msgspec.Struct, frozen=True, rename="camel"):
    """sgconfig.yml. What it says of other languages and of tests is not asked."""

    rule_dirs: tuple[str, ...]
    util_dirs: tuple[str, ...] = ()


_Found = tuple[tuple[Rule[Any], ...], tuple[str, ...]]  # Any: as Config.rules
"""Rules, and what of them could not be carried over, a sentence each."""


def judged_by(config: Config, request: Request) -> Config:
    """The configuration, with the ast-grep rules that a request names in place of its own. Raises ``ConfigError``."""
    if request.ast_grep_rules is None:
        return config
    if request.gate:
        raise refuse(
            "--gate", "ast-grep rules are read from the tree that is judged", "leave one of them out"
        )
    folder = request.cwd / request.ast_grep_rules
    rules, notices = settle(_load(folder, Naming(config.root, request.cwd, request.cwd)))
    return replace(config, rules=rules, notices=notices)


def _load(folder: Path, naming: Naming) -> Checked[_Found]:
    rule_folders, util_folders = yield from _folders(folder, naming)
    utils: dict[tuple[str, ...], dict[str, CodeRule]] = {}
    for node in (yield from _documents(util_folders, naming)):
        util = yield from _util(node)
        if util is not None:
            utils.setdefault(grammars_of(util.language), {})[util.id] = util.rule
    rules: list[Rule[Any]] = []
    notices: list[str] = []
    nodes = yield from _documents(rule_folders, naming)
    yield from _same_ids(nodes)
    for node in nodes:
        written = yield from convert(node, _Written)
        if written is not None and written.severity != "off":
            notices.extend(_notices(node, written))
            rule = yield from _rule(node, written, utils.get(grammars_of(written.language), {}))
            rules += [rule] if rule else []
    if not nodes:
        yield Mistake(f"{naming.shown(folder)}: no ast-grep rule is in this folder")
    return tuple(rules), tuple(notices)


def _folders(folder: Path, naming: Naming) -> Checked[tuple[tuple[Path, ...], tuple[Path, ...]]]:
    sheets = [folder / name for name in SHEET_NAMES if os.path.lexists(folder / name)]
    if not sheets:
        return (folder,), ()
    text = yield from read_text(sheets[0], naming.shown(sheets[0]), LARGEST)
    documents = (yield from parse_yaml(text)) if text is not None else None
    sheet = (yield from convert(documents[0], _Sheet)) if documents else None
    if sheet is None:
        return (), ()
    return tuple(folder / name for name in sheet.rule_dirs), tuple(folder / name for name in sheet.util_dirs)


def _documents(folders: Iterable[Path], naming: Naming) -> Checked[tuple[Node, ...]]:
    """Every document of every YAML file below the folders, sorted by path."""
    nodes: list[Node] = []
    for folder in folders:
        if not folder.is_dir():
            yield Mistake(f"{naming.shown(folder)}: no such folder")
        for path in sorted(_files(folder)):
            text = yield from read_text(path, naming.shown(path), LARGEST)
            nodes += (yield from parse_yaml(text)) or () if text is not None else ()
    return tuple(nodes)


def _files(folder: Path) -> Iterator[Path]:
    """Follows no links to folders."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        yield from (
            Path(parent) / name for name in names if name.endswith(_SUFFIXES) and name not in SHEET_NAMES
        )


def _same_ids(nodes: Iterable[Node]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for node in nodes:
        name = node.below("id")
        if isinstance(name.value, str) and name.value in seen:
            yield name.mistake(f"a second rule has the id {shown(name.value)}")
        seen.add(str(name.value))


def _util(node: Node) -> Checked[_Util | None]:
    util = yield from convert(node, _Util)
    for key in ("utils", "constraints"):
        if util is not None and node.below(key).entries:
            yield node.below(key).key_mistake(
                f'a utility rule with "{key}" of its own cannot be carried over'
            )
    return util


def _notices(node: Node, written: _Written) -> Iterator[str]:
    """What of a rule is left out."""
    name = f"ast-grep rule '{written.id}'"
    if not grammars_of(written.language):
        yield f"{name} was not run: archlint reads no patterns in {written.language}"
        return
    for key in _LEFT_OUT:
        if key in node.entries:
            yield f"{name}: `{key}` is not carried out"
    for key in node.below("transform").entries:
        if key not in transforms_in(node).entries:
            yield f"{name}: `transform` of {key} is not carried out"


def transforms_in(node: Node) -> Node:
    """The transformations of a rule that are known here: not ``rewrite``, nor what is written as a call."""
    transforms = node.below("transform")
    known = {key: entry for key, entry in transforms.entries.items() if {*entry.entries} & {*OPERATIONS}}
    return replace(transforms, value=known)


def _rule(node: Node, written: _Written, utils: dict[str, CodeRule]) -> Checked[Rule[Any] | None]:
    if not grammars_of(written.language):
        return None
    transforms = yield from convert(transforms_in(node), dict[str, Transform])
    kind = KIND_OF["pattern"]
    options = kind.options(
        language=written.language,
        forbid=written.rule,
        constraints=written.constraints,
        utils={**utils, **written.utils},
        transform=transforms or {},
    )
    for path, message in (*kind.mistakes(options), *code_mistakes(kind, options)):
        yield nearest(node, ("rule", *path[1:]) if path[:1] == ("forbid",) else path).mistake(message)
    for key in ("files", "ignores"):
        yield from check_globs(node.below(key))
    return Rule(
        id=written.id,
        kind=kind.name,
        options=options,
        origin=node.text.origin(node.entries["id"].key_at),
        severity=_SEVERITY[written.severity],
        message=_message(written.message, (*names_kept(options.search), *options.transform)),
        why=written.note.strip(),
        fix=f"See {written.url}" if written.url else "",
        scope=Scope(_texts(written.files), _texts(written.ignores)),
    )


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.removeprefix("./") for each in ((value,) if isinstance(value, str) else value))


def _message(message: str, names: tuple[str, ...]) -> str:
    """A template of archlint's: what stands for code is in braces, and braces are doubled."""
    plain = message.strip().replace("{", "{{").replace("}", "}}")
    return _VARIABLE.sub(lambda match: f"{{{match[1]}}}" if match[1] in names else match[0], plain)
