"""Package scripts that are gates by their names."""

import re

from archlint.project import Project
from archlint.project.graph import modules_of
from archlint.project.modules.packages import MANIFEST
from archlint.project.modules.places import parent

_GATE = re.compile(r"(test|lint|check|typecheck|type-check|verify|validate|e2e)([:._-].+)?")
_WATCHING = re.compile(r"\b(watch|dev|ui|debug|update|fix)\b")
_MOST = 60
WORKFLOWS = ".github/workflows/*.{yml,yaml}"


def gate_scripts(project: Project) -> tuple[str, ...]:
    """The names of scripts in any ``package.json`` that check something and end by themselves; sorted."""
    packages = modules_of(project).packages
    folders = [parent(path) for path in project.paths if path.rpartition("/")[2] == MANIFEST]
    found = (package for folder in folders if (package := packages.at(folder)) is not None)
    names = {name for package in found for name in package.manifest["scripts"].members}
    return tuple(sorted(name for name in names if _GATE.fullmatch(name) and not _WATCHING.search(name)))[
        :_MOST
    ]
