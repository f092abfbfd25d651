"""The small trees that rules are tried on: an example's files, and where code without a path stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archlint.examples import Example
from archlint.model import Rule
from archlint.plan import governed
from archlint.project import Project
from archlint.project.project import ZONE
from archlint.scope import expand_braces

SNIPPET = "src/snippet.tsx"
Zones = Mapping[str, tuple[str, ...]]


def tree_of(example: Example, snippet: str) -> dict[str, str]:
    """The files of an example by path. ``snippet`` is where code without a path stands."""
    alone = bool(example.files) and not example.code
    code = {} if alone else {example.path or snippet: example.code * example.repeat}
    return {**code, **example.files}


def snippet_path(rule: Rule[Any], zones: Zones) -> str:
    """Where code without a path stands so that the rule looks at it; the usual place if no better is found."""
    candidates = (SNIPPET, *(path for glob in _globs(rule.scope.files, zones) for path in _samples(glob)))
    return next((path for path in candidates if is_governed(path, rule, zones)), SNIPPET)


def is_governed(path: str, rule: Rule[Any], zones: Zones) -> bool:
    """Whether a rule would look at a file called so."""
    return bool(governed(rule, Project((path,), zones)))


def _globs(selectors: Iterable[str], zones: Zones) -> Iterator[str]:
    for selector in selectors:
        if selector.startswith(ZONE):
            yield from zones[selector.removeprefix(ZONE)]
        else:
            yield selector


def _samples(glob: str) -> Iterator[str]:
    """A path for each alternative of a glob; a folder's is a script in it."""
    for plain in expand_braces(glob):
        path = plain.replace("**/", "").replace("**", "snippet.tsx")
        name = path.rsplit("/", 1)[-1]
        filled = re.sub(r"\*|\[[^]]*\]", "snippet", path).replace("?", "x")
        yield filled
        if "*" in name or "." not in name:
            yield f"{filled}.tsx"
            yield f"{filled}/snippet.tsx"
