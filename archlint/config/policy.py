"""The configuration as git's index or a commit holds it: what it says, which files it is made of, what changed in it."""

import os
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from archlint.baseline import FILE_NAME
from archlint.config.files import is_rule_file
from archlint.config.load import FILE_NAMES, load
from archlint.config.settings import Config
from archlint.errors import ConfigError, Mistake
from archlint.fingerprint import stable_fingerprint
from archlint.model import WHOLE_FILE, Finding, Place, RuleCard, Severity
from archlint.request import Request
from archlint.scope import BadGlobError, matching
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


class Standing(msgspec.Struct, frozen=True):
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


class Policy(msgspec.Struct, frozen=True):
    """The configuration and rule files of one version, from the top, with what they hold."""

    files: Mapping[str, bytes]
    folders: tuple[str, ...] = ()
    """Those that the configuration names and that are there."""
    baseline: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """The file of accepted findings. It is no policy: one that shrinks is what everybody wants."""


def policy_of(paths: Iterable[str], tree: Tree, where: Standing) -> Policy:
    """What decides how ``tree`` is judged. ``paths`` are all of its files, from the top."""
    paths = frozenset(paths)
    there = [path for path in sheets(where) if path in paths]
    if not there:
        return Policy({})
    start = there[0].rpartition("/")[0]
    base = f"{start}/" if start else ""
    said = _said(_bytes(tree, there[0]) or b"")
    below = {path.removeprefix(base) for path in paths if path.startswith(base)}
    rules = {base + path for entry in _texts(said.get("rules")) for path in _named(entry, below)}
    files = {path: _bytes(tree, path) for path in sorted({*there, *rules})}
    folders = {base + name for name in _tables(said.get("aliases")) if _is_folder(name, below)}
    accepted = [base + os.path.normpath(name) for name in _texts(said.get("baseline"))]
    accepted += [base + FILE_NAME, where.folder + FILE_NAME] if not accepted else []
    baseline = {path: _bytes(tree, path) or b"" for path in accepted if path in paths}
    held = {path: data for path, data in files.items() if data is not None}
    return Policy(held, tuple(sorted(folders)), baseline)


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


def _said(data: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # told when the configuration is read
        return {}


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(each for each in values if isinstance(each, str))


def _tables(value: object) -> tuple[str, ...]:
    entries = value.items() if isinstance(value, dict) else ()
    return tuple(name for name, entry in entries if isinstance(entry, dict))


def _named(entry: str, paths: Collection[str]) -> Iterable[str]:
    """The files among ``paths`` that an entry of ``rules`` means: a file, the rule files in a folder, or a glob's."""
    plain = os.path.normpath(entry)
    if plain in paths:
        return (plain,)
    candidates = tuple(path for path in paths if is_rule_file(path))
    if _is_folder(plain, paths):
        return tuple(path for path in candidates if plain == "." or path.startswith(f"{plain}/"))
    try:
        return matching(entry, candidates)
    except BadGlobError:  # told when the configuration is read
        return ()


def _is_folder(name: str, paths: Collection[str]) -> bool:
    plain = os.path.normpath(name)
    return plain == "." or any(path.startswith(f"{plain}/") for path in paths)


def load_policy(policy: Policy, where: Standing, request: Request, top: Path) -> Config:
    """What the user has decided, by the files of ``policy``. Raises ``ConfigError`` as ``load`` does.

    They are laid out in a folder of their own for as long as they are read; nothing else of a commit ever is.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="archlint-") as folder:
        shadow = Path(os.path.realpath(folder))
        for path, data in {**policy.files, **policy.baseline}.items():
            target = shadow / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        cwd = shadow / where.folder
        for each in (cwd, *(shadow / name for name in policy.folders)):
            each.mkdir(parents=True, exist_ok=True)
        root = cwd if request.root else None
        named = Path(os.path.relpath(where.config, where.folder or ".")) if where.config else None
        config = load(root, named, cwd, ceiling=shadow)
        accepted = top / os.path.relpath(config.baseline_path, shadow)
        return replace(config, root=top / os.path.relpath(config.root, shadow), baseline_path=accepted)


def changes(before: Policy, now: Policy, ref: str, folder: str) -> tuple[Finding, ...]:
    """A finding for each file of the policy that is not what it was. ``folder`` is the root's, from the top."""
    then, later = before.files, now.files
    differing = sorted(path for path in {*then, *later} if then.get(path) != later.get(path))
    return tuple(_change(path, path in then, path in later, ref, folder) for path in differing)


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
