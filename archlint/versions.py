"""Which version of the files a run judges, by which version of the rules, and what it compares the result with."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from archlint.config import folder_of, load, load_known
from archlint.config.policy import Standing, changes, load_policy, policy_of, refuse, sheets, standing
from archlint.config.settings import Config
from archlint.discover import discover
from archlint.errors import ConfigError, Mistake
from archlint.git.repository import Repository, repository
from archlint.git.stored import LINK, StoredFiles
from archlint.model import Exclusion, Finding
from archlint.request import Request
from archlint.source import Tree


class Earlier(msgspec.Struct, frozen=True):
    """The files that a change started from."""

    tree: Tree
    name: str
    """For messages: the ref, and the commit where the change parted from it."""
    old_path: Mapping[str, str]
    """Of files that are called otherwise by now; relative to the root, as all paths of a run."""


class Versions(msgspec.Struct, frozen=True):
    """What a run judges, by what, and what it compares the result with (None: with nothing)."""

    config: Config
    tree: Tree
    earlier: Earlier | None = None
    findings: tuple[Finding, ...] = ()
    """What is to be said of the configuration itself."""


@contextmanager
def versions(request: Request) -> Iterator[Versions]:
    """The versions that a request means; their files can be read until this is left. Raises ``ConfigError``.

    Without ``staged``, ``since`` and ``gate`` git is not asked.
    """
    if not request.staged and request.since is None and request.gate is None:
        config = _known_config(request)
        yield Versions(config, config.root)
        return
    _check(request)
    start = request.cwd / (request.root or (request.config.parent if request.config else ""))
    if not start.is_dir():
        load(request.root, request.config, request.cwd)  # says what is not there
    with repository(start, _option(request), request.cwd) as home:
        yield _stored(request, home)


def _stored(request: Request, home: Repository) -> Versions:
    index = home.index() if request.staged else None
    where = standing(request, home.top)
    config = _config(request, home, index, where)
    folder = _folder(config.root, home, request)
    findings = _changes(request.gate, home, index, where, folder) if request.gate and where else ()
    tree: Tree = config.root if index is None else index.below(folder)
    return Versions(config, tree, _earlier(request, home, folder), findings)


def _known_config(request: Request) -> Config:
    """The configuration on disk; rule files that were read before are not read as YAML again."""
    if not request.cache:
        return load(request.root, request.config, request.cwd)
    from archlint.cache.keys import yaml_state
    from archlint.cache.memo import RULES, Memo

    memo = Memo(folder_of(request.root, request.config, request.cwd), RULES, yaml_state())
    config = load_known(request.root, request.config, request.cwd, memo)
    memo.close()
    return config


def _check(request: Request) -> None:
    if request.gate and request.incomplete_passes:
        raise refuse("--gate", "an incomplete run does not pass a gate", "leave --incomplete warn out")
    if request.gate and request.since and request.gate != request.since:
        raise refuse("--gate", "--since and --gate name different commits", "give both the same")
    for option, ref in (("--since", request.since), ("--gate", request.gate)):
        if ref is not None and (not ref.strip() or ref.startswith("-")):
            raise refuse(option, f"'{ref}' names no commit", "for example origin/main")


def _option(request: Request) -> str:
    return "--gate" if request.gate else "--since" if request.since else "--staged"


def _config(request: Request, home: Repository, index: StoredFiles | None, where: Standing | None) -> Config:
    """The gate's configuration, or the index's; the one on disk where neither has a say, as with one named elsewhere."""
    files = home.files_of(home.commit(request.gate)) if request.gate else index
    if files is None or where is None:
        return load(request.root, request.config, request.cwd)
    _refuse_links(files, where, request)
    try:
        return load_policy(policy_of(files.blobs, files, where), where, request, home.top)
    except ConfigError as error:
        whose = f"'{request.gate}'" if request.gate else "git's index"
        about = Mistake(f"{_option(request)}: this is the configuration of {whose}")
        raise ConfigError((*error.mistakes, about)) from None


def _refuse_links(files: StoredFiles, where: Standing, request: Request) -> None:
    for path in sheets(where):
        if Exclusion(path, LINK) in files.exclusions:
            raise refuse(_option(request), f"'{path}' is a symbolic link, and those are not followed in git")


def _folder(root: Path, home: Repository, request: Request) -> str:
    where = standing(Request(root), home.top)
    if where is None:
        raise refuse(_option(request), f"the root {root} is not in the repository {home.top}")
    return where.folder


def _changes(
    ref: str, home: Repository, index: StoredFiles | None, where: Standing, folder: str
) -> tuple[Finding, ...]:
    parted = home.files_of(home.merge_base(ref))
    before = policy_of(parted.blobs, parted, where)
    now: Tree = home.top if index is None else index
    return changes(before, policy_of(discover(now, ()).paths, now, where), ref, folder)


def _earlier(request: Request, home: Repository, folder: str) -> Earlier | None:
    ref = request.since or request.gate
    if not ref:
        return None
    commit = home.merge_base(ref)
    below = {
        new.removeprefix(folder): old.removeprefix(folder)
        for new, old in home.renamed_since(commit).items()
        if new.startswith(folder) and old.startswith(folder)
    }
    return Earlier(home.files_of(commit).below(folder), f"{ref} ({commit[:12]})", below)
