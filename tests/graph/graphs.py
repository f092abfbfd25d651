"""The boundary of the graph kinds for tests: references and options in, what is told out."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from archlint.facts import Facts, Link, Reference
from archlint.kinds import KIND_OF
from archlint.model import Hit, Origin, Rule, Scope, Span
from archlint.project import Project
from tests.resolution.modules import project_of

Refers = Mapping[str, Iterable[str | Reference]]

ORIGIN = Origin("rules.yml", 1, 1, "")


def reference(
    line: int,
    target: str,
    link: Link = Link.VALUE,
    names: tuple[str, ...] = (),
    *,
    is_conditional: bool = False,
) -> Reference:
    """A reference in a line; its specifier begins in column 1."""
    span = Span(line, 1, line, 1 + len(target))
    return Reference(target, link, span, names, link is Link.TYPE, is_conditional)


def tree(files: Refers, documents: Mapping[str, object] | None = None, **zones: tuple[str, ...]) -> Project:
    """Files with what they refer to, the n-th reference in line n, and documents that configure them."""
    base = project_of(documents or {})
    facts = {path: Facts(path, "", references=_references(some)) for path, some in files.items()}
    paths = tuple(sorted({*files, *base.paths}))
    return Project(paths, zones, facts_by_path={**base.facts_by_path, **facts})


def _references(some: Iterable[str | Reference]) -> tuple[Reference, ...]:
    return tuple(
        reference(line, each) if isinstance(each, str) else each for line, each in enumerate(some, start=1)
    )


def hits(kind: str, options: Mapping[str, object], project: Project, scope: Scope | None = None) -> list[Hit]:
    """What a rule says of a tree, sorted by place."""
    rule = rule_of(kind, options, scope)
    return sorted(KIND_OF[kind].check(rule, project), key=lambda hit: (hit.place, hit.text))


def rule_of(kind: str, options: Mapping[str, object], scope: Scope | None = None) -> Rule[Any]:
    """A rule without a file; its options are as in YAML."""
    made = msgspec.convert(options, KIND_OF[kind].options)
    return Rule("a-rule", kind, made, ORIGIN, scope=scope or Scope())


def told(kind: str, options: Mapping[str, object], project: Project, scope: Scope | None = None) -> list[str]:
    """The hits as ``path:line text``."""
    return [
        f"{hit.place.path}:{hit.place.span.line} {hit.text}" for hit in hits(kind, options, project, scope)
    ]


def vain(kind: str, options: Mapping[str, object], project: Project) -> list[str]:
    """What a rule looks for in vain."""
    return list(KIND_OF[kind].vacuous(rule_of(kind, options), project))
