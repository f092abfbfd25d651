"""The configuration as git's index or a commit holds it: what it says, which files it is made of, what changed in it."""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from archlint.config.load import FILE_NAMES, load
from archlint.config.settings import Config
from archlint.errors import ConfigError, Mistake
from archlint.fingerprint import stable_fingerprint
from archlint.model import WHOLE_FILE, Finding, Place, RuleCard, Severity
from archlint.request import Request
from archlint.source import Source, Tree, read

CHANGED = RuleCard(
    id="policy-changed",
    kind="built-in",
    severity=Severity.ERROR,
    summary="The configuration or a rule is changed.",
    why="A change that brings its own rules is judged by what it likes to be judged by.",
    fix="Merge changes of configuration and rules on their own, approved by those who own them.",
    enforces=(),
)
_LARGEST = 8_388_608
_RULE_FILES = (".yml", ".yaml")
_WILD = frozenset("*?[{")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands within a repository: the folder it looks from and its configuration, from the top."""

    folder: str
    """'' or a path that ends in '/'."""
    config: str = ""
    """The configuration that the user names; '' to look upwards."""


def standing(request: Request, top: Path) -> Standing | None:
    """Where a request stands below ``top``; None if the configuration it names lies elsewhere."""
    folder = _below(request.cwd / (request.root or ""), top)
    config = _below(request.cwd / request.config, top) if request.config else ""
    if folder is None or config is None:
        return None
    return Standing(f"{folder}/" if folder else "", config)


def _below(path: Path, top: Path) -> str | None:
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(top)):
        return None
    below = real.relative_to(os.path.realpath(top)).as_posix()
    return "" if below == "." else below


def policy_of(paths: Iterable[str], tree: Tree, where: Standing) -> Mapping[str, bytes]:
    """The configuration and rule files among ``paths``, all from the top, with what they hold."""
    paths = frozenset(paths)
    there = [path for path in sheets(where) if path in paths]
    wanted = {*there}
    for sheet in there[:1]:
        wanted.update(_named(sheet, _bytes(tree, sheet), paths))
    return {path: data for path in sorted(wanted) if (data := _bytes(tree, path)) is not None}


def sheets(where: Standing) -> Iterator[str]:
    """Where archlint.toml may be, the first to be taken first."""
    if where.config:
        yield where.config
        return
    folder = PurePosixPath(where.folder or ".")
    for each in (folder, *folder.parents):
        yield from ((each / name).as_posix() for name in FILE_NAMES)


def _bytes(tree: Tree, path: str) -> bytes | None:
    source = read(tree, path, _LARGEST)
    return source.data if isinstance(source, Source) else None


def _named(sheet: str, data: bytes | None, paths: frozenset[str]) -> Iterator[str]:
    """The files that ``rules`` of an archlint.toml may mean: more of them than it does, never fewer."""
    start = sheet.rpartition("/")[0]
    for entry in _entries(data or b""):
        path = os.path.normpath(f"{start}/{entry}" if start else entry)
        fixed = "/".join(_before_wildcard(path)) if path not in paths else path
        yield from (
            each
            for each in paths
            if each == path
            or (each.endswith(_RULE_FILES) and (each.startswith(f"{fixed}/") or fixed in ("", ".")))
        )


def _entries(data: bytes) -> tuple[str, ...]:
    try:
        rules: object = tomllib.loads(data.decode("utf-8-sig")).get("rules", ())
    except (ValueError, RecursionError):  # told when the configuration is read
        return ()
    entries = (rules,) if isinstance(rules, str) else rules
    return (
        tuple(each for each in entries if isinstance(each, str)) if isinstance(entries, list | tuple) else ()
    )


def _before_wildcard(path: str) -> Iterator[str]:
    for segment in path.split("/"):
        if _WILD & set(segment):
            return
        yield segment


def load_policy(policy: Mapping[str, bytes], where: Standing, request: Request, top: Path) -> Config:
    """What the user has decided, by the files of ``policy``. Raises ``ConfigError`` as ``load`` does.

    They are laid out in a folder of their own for as long as they are read; nothing else of a commit ever is.
    """
    with TemporaryDirectory(prefix="archlint-") as folder:
        shadow = Path(os.path.realpath(folder))
        for path, data in policy.items():
            target = shadow / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        cwd = shadow / where.folder
        cwd.mkdir(parents=True, exist_ok=True)
        root = cwd if request.root else None
        config = load(root, shadow / where.config if where.config else None, cwd, ceiling=shadow)
        return replace(config, root=top / config.root.relative_to(shadow))


def changes(
    before: Mapping[str, bytes], now: Mapping[str, bytes], ref: str, folder: str
) -> tuple[Finding, ...]:
    """A finding for each file of the policy that is not what it was. ``folder`` is the root's, from the top."""
    differing = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
    return tuple(_change(path, path in before, path in now, ref, folder) for path in differing)


def _change(path: str, was: bool, is_there: bool, ref: str, folder: str) -> Finding:  # noqa: FBT001 -- two facts
    what = "is changed" if was and is_there else "is new" if is_there else "is gone"
    shown = path.removeprefix(folder)
    return Finding(
        rule=CHANGED.id,
        severity=CHANGED.severity,
        place=Place(shown, WHOLE_FILE),
        message=f"'{path}' {what}; this run goes by the configuration and rules of '{ref}'",
        fingerprint=stable_fingerprint(CHANGED.id, shown, what, 1),
        identity=what,
    )


def refuse(option: str, message: str, hint: str = "") -> ConfigError:
    """A mistake in how an option is used."""
    return ConfigError((Mistake(f"{option}: {message}", hint),))
