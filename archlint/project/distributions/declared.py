"""Which distributions the files of a Python project declare.

After the specification of pyproject.toml (PEP 621), dependency groups (PEP 735), inline script metadata (PEP 723), and the
documentation of Poetry, PDM, uv and Hatch. Whoever mentions a distribution elsewhere (in requirements, ``setup.py``,
``tox.ini``, a workflow) is taken to declare it: these files are searched, not understood.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from archlint.facts import Demand, EntryDemand
from archlint.model import Scope
from archlint.project.distributions.providers import normalized, providers_of
from archlint.project.modules.places import around, child, parent
from archlint.project.modules.values import Documents, Value
from archlint.project.project import Project
from archlint.searches import TextDemand

_PYPROJECT = Scope(("**/pyproject.toml",))
_LISTING = (
    "**/*{requirements,reqs,dependencies}*.{txt,in,pip}",
    "**/{requirements,reqs,deps,dependencies}/*.{txt,in,pip}",
    "**/{Pipfile,pixi.toml}",
    "**/{environment,conda}*.{yml,yaml}",
)
"""Files that list distributions, as pyproject.toml does."""
_MENTIONING = (
    "**/*constraints*.txt",
    "**/{setup.py,setup.cfg,tox.ini,noxfile.py,hatch.toml,Dockerfile,meta.yaml}",
    ".github/workflows/*.{yml,yaml}",
)
"""Files that may name distributions too."""
_ELSEWHERE = Scope((*_LISTING, *_MENTIONING))
_IN_FOLDERS = frozenset({"requirements", "reqs", "deps", "dependencies"})
_SCRIPTS = TextDemand(Scope(("**/*.py",)), r"(?m)^# /// script\s*$")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?", re.ASCII)


def declaring_demand(project: Project, modules: Iterable[str]) -> tuple[Demand, ...]:
    """What has to be known to say which of these top-level modules, imported from outside, nobody declares."""
    names = sorted({name for module in modules for name in providers_of(module)})
    mentions = tuple(TextDemand(_ELSEWHERE, mention(name)) for name in names if project.files(_ELSEWHERE))
    return (EntryDemand(_PYPROJECT), *mentions, *((_SCRIPTS,) if names else ()))


def mention(name: str) -> str:
    """A regular expression that finds a distribution, however its name is written."""
    parts = map(re.escape, name.split("-"))
    return rf"(?i)\b{'[-_.]+'.join(parts)}\b"


class Distributions:
    """Answers what the projects around a file declare."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._documents = Documents(project)
        self._declared: dict[str, frozenset[str] | None] = {}
        self._known: dict[tuple[str, str, bool], bool] = {}

    def is_undeclared(self, path: str, module: str, *, nearest_only: bool) -> bool:
        """Whether a file imports a module that, for sure, no project around it (or not the nearest) declares.

        Nothing is undeclared where no project is around, nor where one leaves its dependencies to a build.
        """
        if not providers_of(module) or path in self._scripts:
            return False
        key = (parent(path), module, nearest_only)
        if key not in self._known:
            self._known[key] = self._lacks(*key)
        return self._known[key]

    def _lacks(self, place: str, module: str, nearest_only: bool) -> bool:  # noqa: FBT001 -- the parts of a key
        names = providers_of(module)
        stating = [folder for folder in around(place) if folder in self._folders]
        stating = stating[:1] if nearest_only else stating
        if not stating:
            return False
        declared = [self._names(folder) for folder in stating]
        stubs = {f"types-{name}" for name in names} | {f"{name}-stubs" for name in names}
        if any(some is None or some & (names | stubs) for some in declared):
            return False
        speaking = stating if nearest_only else around(place)
        patterns = frozenset(map(mention, names))
        return not any(patterns & self._mentioned.get(folder, frozenset()) for folder in speaking)

    @cached_property
    def _folders(self) -> frozenset[str]:
        stated = {parent(path) for path in self._project.files(_PYPROJECT) if self._is_project(path)}
        return frozenset({*stated, *map(_folder, self._project.files(Scope(_LISTING)))})

    def _is_project(self, path: str) -> bool:
        value = self._documents.value(path)
        return any(each.members for each in (value["project"], value["tool"]["poetry"]))

    @cached_property
    def _mentioned(self) -> dict[str, frozenset[str]]:
        """What was found in the files other than pyproject.toml, as patterns, by the folder they speak of."""
        found: dict[str, frozenset[str]] = {}
        for facts in self._project.facts(_ELSEWHERE):
            folder = _folder(facts.path)
            found[folder] = found.get(folder, frozenset()) | {match.pattern for match in facts.matches}
        return found

    @cached_property
    def _scripts(self) -> frozenset[str]:
        """The files that state their dependencies themselves."""
        asked = _SCRIPTS.pattern
        every = self._project.facts(_SCRIPTS.scope)
        return frozenset(
            facts.path for facts in every if any(match.pattern == asked for match in facts.matches)
        )

    def _names(self, folder: str) -> frozenset[str] | None:
        """The distributions that the pyproject.toml of a folder declares, and its own; None if that is not for it to say."""
        if folder not in self._declared:
            value = self._documents.value(child(folder, "pyproject.toml"))
            is_open = self._is_open(folder, value)
            self._declared[folder] = None if is_open else frozenset(map(normalized, _stated(value)))
        return self._declared[folder]

    def _is_open(self, folder: str, value: Value) -> bool:
        """Whether a build finds the dependencies, which may come from anywhere."""
        if {"dependencies", "optional-dependencies"} & set(value["project"]["dynamic"].texts):
            return True
        is_static = bool(value["project"].members or value["tool"]["poetry"].members)
        builds = (child(folder, name) for name in ("setup.py", "setup.cfg"))
        return not is_static and any(path in self._documents.paths for path in builds)


def _folder(path: str) -> str:
    """The folder that a list of requirements speaks of."""
    folder = parent(path)
    if folder == ".github/workflows":
        return ""
    return parent(folder) if folder.rpartition("/")[2] in _IN_FOLDERS else folder


def _stated(value: Value) -> Iterator[str]:
    tool = value["tool"]
    yield from (value["project"]["name"].text, tool["poetry"]["name"].text)
    for text in _requirements(value):
        found = _REQUIREMENT.match(text)
        if found:
            yield found[1]
            yield from (each.strip() for each in (found[2] or "").split(","))
    poetry = tool["poetry"]
    yield from (*poetry["dependencies"].members, *poetry["dev-dependencies"].members)
    for group in poetry["group"].members.values():
        yield from group["dependencies"].members


def _requirements(value: Value) -> Iterator[str]:
    """Every requirement that is written as one: ``name[extra] >=1``."""
    tool = value["tool"]
    lists = [
        value["project"]["dependencies"],
        value["build-system"]["requires"],
        tool["uv"]["dev-dependencies"],
    ]
    groups = (
        value["project"]["optional-dependencies"],
        value["dependency-groups"],
        tool["pdm"]["dev-dependencies"],
    )
    lists += (each for group in groups for each in group.members.values())
    for environment in tool["hatch"]["envs"].members.values():
        lists += [environment["dependencies"], environment["extra-dependencies"]]
    yield from (text for each in lists for text in each.texts)
