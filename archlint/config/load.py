"""Finds the configuration and joins its files to one ``Config``."""

import os
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from archlint.config import pages
from archlint.config.aliases import check_aliases, joined_aliases
from archlint.config.checked import Checked, settle
from archlint.config.files import RECOMMENDED, near, pack_files, pack_folders, rule_files, shipped_packs
from archlint.config.known import baseline_path, read_baseline
from archlint.config.pages import all_on_page, on_page
from archlint.config.reading.text import Naming, Text, read_text
from archlint.config.reading.tree import Node
from archlint.config.reading.yaml import LARGEST, Memo, parse_yaml
from archlint.config.requirements import read_requirements, requirement_files
from archlint.config.rules import check_ids, ids_of, read_rule, rules_in
from archlint.config.selectors import check_selectors, check_zones
from archlint.config.settings import Config, Settings, texts
from archlint.config.shape import keys_of
from archlint.config.sheet import (
    Sheet,
    allowed,
    check_allowed,
    check_overrides,
    is_on,
    overridden,
    parse_sheet,
    read_sheet,
)
from archlint.errors import Mistake
from archlint.model import Rule
from archlint.requirements import Requirements

FILE_NAMES = ("archlint.toml", ".archlint.toml")
_NOTICE = f'no archlint.toml found: the pack "{RECOMMENDED}" runs; archlint init writes an archlint.toml'


def load(
    root: Path | None,
    config: Path | None,
    cwd: Path,
    packs: Path | None = None,
    ceiling: Path | None = None,
) -> Config:
    """What the user has decided. Raises ``ConfigError`` with every mistake in every file.

    Without ``config``, archlint.toml is looked for from ``root`` or ``cwd`` upwards; without ``root``, the
    folder it is in is the root. Without either, the root is ``cwd`` and the recommended pack runs.
    ``packs`` is the folder of the shipped packs; ``ceiling`` is the last folder in which archlint.toml is looked for.
    """
    path = settle(_config_file(root, config, cwd, ceiling))
    folder = settle(_root(root, path, cwd))
    return _settled(_load(path, Naming(folder, cwd, packs or shipped_packs()), judges=True))


def load_known(root: Path | None, config: Path | None, cwd: Path, memo: Memo) -> Config:
    """As ``load``, given what is known of rule files that were read before."""
    path = settle(_config_file(root, config, cwd, None))
    folder = settle(_root(root, path, cwd))
    return _settled(_load(path, Naming(folder, cwd, shipped_packs()), memo, judges=True))


def load_with_rules_or_without(root: Path | None, config: Path | None, cwd: Path) -> Config:
    """As ``load``, for those who look at a tree and do not judge it: no rule need be named or on."""
    path = settle(_config_file(root, config, cwd, None))
    folder = settle(_root(root, path, cwd))
    return _settled(_load(path, Naming(folder, cwd, shipped_packs()), judges=False))


def _settled(loading: Checked[Config | None]) -> Config:
    loaded = settle(loading)
    assert loaded is not None, "only a mistake leaves nothing loaded"
    return loaded


def folder_of(root: Path | None, config: Path | None, cwd: Path) -> Path:
    """The root of the tree, found as ``load`` does. Raises ``ConfigError``."""
    return settle(_root(root, settle(_config_file(root, config, cwd, None)), cwd))


def load_requirements(
    root: Path | None, config: Path | None, cwd: Path, packs: Path | None = None
) -> Requirements:
    """What the documents behind the rules state: each requirements.yml beside a rule file. Raises as ``load``."""
    path = settle(_config_file(root, config, cwd, None))
    naming = Naming(settle(_root(root, path, cwd)), cwd, packs or shipped_packs())
    return settle(_requirements(path, naming))


def _requirements(path: Path | None, naming: Naming) -> Checked[Requirements]:
    sheet = yield from _own_sheet(path, naming)
    if sheet is None:
        return Requirements()
    folders = yield from pack_folders(sheet.node.below("packs"), naming.packs)
    files = requirement_files((yield from _rule_files(sheet, path, folders, naming)))
    if not files:
        hint = "one states what the documents demand, with ids that rules cite under `enforces`"
        yield Mistake("no requirements.yml stands beside the rule files", hint, page=pages.REQUIREMENTS)
    return (yield from on_page(pages.REQUIREMENTS, read_requirements(files, naming)))


def _config_file(
    root: Path | None, config: Path | None, cwd: Path, ceiling: Path | None
) -> Checked[Path | None]:
    if config is not None:
        if not os.path.lexists(cwd / config):
            yield Mistake(f"--config {config}: no such file", near(cwd / config), page=pages.SHEET)
        return cwd / config
    start = cwd / (root or "")
    folders = [
        folder for folder in (start, *start.parents) if ceiling is None or folder.is_relative_to(ceiling)
    ]
    candidates = (folder / name for folder in folders for name in FILE_NAMES)
    return next((path for path in candidates if os.path.lexists(path)), None)


def _root(root: Path | None, config: Path | None, cwd: Path) -> Checked[Path]:
    if root is None:
        return config.parent if config else cwd
    if not os.path.isdir(cwd / root):  # noqa: PTH112 -- Path.is_dir raises on a name that is too long
        is_there = os.path.lexists(cwd / root)
        message = "not a directory" if is_there else "no such directory"
        yield Mistake(f"--root {root}: {message}", "" if is_there else near(cwd / root))
    return cwd / root


def _load(
    path: Path | None, naming: Naming, memo: Memo | None = None, *, judges: bool
) -> Checked[Config | None]:
    sheet = yield from on_page(pages.SHEET, _own_sheet(path, naming))
    if sheet is None:
        return None
    folders = yield from on_page(pages.SHEET, pack_folders(sheet.node.below("packs"), naming.packs))
    sheets = (*(yield from _pack_sheets(folders, naming)), sheet)
    zones = {name: node for each in sheets for name, node in each.zones.items()}
    yield from all_on_page(pages.SHEET, check_zones(zones))
    for each in sheets:
        yield from all_on_page(pages.SHEET, check_selectors(each.node.below("exclude"), zones))
        yield from all_on_page(pages.SHEET, check_aliases(each.node.below("aliases"), naming.root))
    files = yield from on_page(pages.SHEET, _rule_files(sheet, path, folders, naming))
    nodes = yield from on_page(pages.RULE_FILES, _rule_nodes(files, naming, memo))
    yield from all_on_page(pages.HEADER, check_ids(nodes))
    yield from all_on_page(pages.SHEET, check_overrides(sheet, ids_of(nodes), zones))
    yield from all_on_page(pages.SHEET, check_allowed(sheet, ids_of(nodes), zones))
    rules = yield from _rules(nodes, zones)
    yield from all_on_page(pages.SHEET, _emptiness(sheet, rules)) if judges else ()
    accepted = yield from baseline_path(
        sheet.node.below("baseline"), path.parent if path else naming.root, naming.root
    )
    baseline = yield from on_page(pages.BASELINE, read_baseline(accepted, naming))
    config = _config(sheets, rules, naming, path)
    # It repeats what it accepts, so no rule may read it.
    exclude = (*config.exclude, baseline.shown) if baseline else config.exclude
    return replace(config, baseline_path=accepted, baseline=baseline, exclude=exclude)


def _own_sheet(path: Path | None, naming: Naming) -> Checked[Sheet | None]:
    if path is None:
        return (yield from parse_sheet(Text("", f'packs = ["{RECOMMENDED}"]')))
    return (yield from read_sheet(path, naming.shown(path)))


def _pack_sheets(folders: tuple[Path, ...], naming: Naming) -> Checked[tuple[Sheet, ...]]:
    sheets: list[Sheet] = []
    for path in (folder / FILE_NAMES[0] for folder in folders):
        if path.exists():
            sheet = yield from read_sheet(path, naming.shown(path))
            sheets += [sheet] if sheet else []
    return tuple(sheets)


def _rule_files(
    sheet: Sheet, path: Path | None, folders: tuple[Path, ...], naming: Naming
) -> Checked[tuple[Path, ...]]:
    own = yield from rule_files(sheet.node.below("rules"), path.parent if path else naming.root)
    files = (*chain.from_iterable(map(pack_files, folders)), *own)
    return tuple({os.path.realpath(file): file for file in files}.values())


def _rule_nodes(paths: Iterable[Path], naming: Naming, memo: Memo | None) -> Checked[tuple[Node, ...]]:
    nodes: list[Node] = []
    for path in paths:
        text = yield from read_text(path, naming.shown(path), LARGEST)
        if text is not None:
            nodes += yield from _nodes_in(text, memo)
    return tuple(nodes)


def _nodes_in(text: Text, memo: Memo | None) -> Checked[list[Node]]:
    nodes: list[Node] = []
    documents = yield from parse_yaml(text, memo)
    if documents == ():
        yield text.mistake(0, "the file holds no rules")
    for document in documents or ():
        nodes += yield from rules_in(document)
    return nodes


def _rules(nodes: Iterable[Node], zones: Collection[str]) -> Checked[tuple[Rule[Any], ...]]:
    rules: list[Rule[Any]] = []
    for node in nodes:
        rule = yield from read_rule(node, zones)
        rules += [rule] if rule else []
    return tuple(rules)


def _emptiness(sheet: Sheet, rules: tuple[Rule[Any], ...]) -> Iterator[Mistake]:
    """A run that would judge nothing."""
    is_understood = all(key in keys_of(Settings) for key in sheet.node.entries)
    if all(sheet.node.below(key).value in (None, ()) for key in ("packs", "rules")):
        if not is_understood or sheet.node.below("rule").items:
            return  # the mistake in the key says it
        hint = f'for example packs = ["{RECOMMENDED}"]'
        yield sheet.node.mistake("no rules: neither packs nor rules are named", hint)
    elif rules and not any(is_on(sheet, rule) for rule in rules):
        yield sheet.node.entries["rule"].key_mistake("every rule is turned off")


def _config(
    sheets: tuple[Sheet, ...], rules: tuple[Rule[Any], ...], naming: Naming, path: Path | None
) -> Config:
    own = sheets[-1]
    return Config(
        root=naming.root,
        shown=own.node.text.shown,
        zones={name: texts(globs) for each in sheets for name, globs in each.settings.zones.items()},
        aliases=joined_aliases(each.settings.aliases for each in sheets),
        exclude=tuple(dict.fromkeys(glob for each in sheets for glob in texts(each.settings.exclude))),
        limits=own.settings.limits,
        rules=tuple(overridden(own, rule) for rule in rules if is_on(own, rule)),
        disabled=tuple(rule.id for rule in rules if not is_on(own, rule)),
        notices=() if path else (_NOTICE,),
        allowed=allowed(own),
    )
