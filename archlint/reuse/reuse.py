"""From findings of kind ``single-source`` to edits: the literal becomes a member of the artifact's import."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from archlint.edits import Edit, region
from archlint.facts import Demand, Facts
from archlint.gather import gather
from archlint.kinds.single_source import Options
from archlint.model import Finding, Place, Scope, Span
from archlint.project import Project
from archlint.project.graph import modules_of
from archlint.project.modules import Manner, config_demand
from archlint.project.modules.places import around, child, parent
from archlint.reuse.positions import (
    ATTRIBUTES,
    BARE,
    LITERALS,
    NAMES,
    READS,
    STATEMENT,
    STATEMENTS,
    SUFFIXES,
    imports_of,
    uses_of,
)
from archlint.run import Outcome
from archlint.searches import CodeMatch
from archlint.workers.pool import Workers

_WORD = re.compile(rb"[\w$\x80-\xff]")
_REST = re.compile(rb"[ \t]*;?[ \t]*(?://[^\r\n]*|/\*[^\r\n]*?\*/[ \t]*)?(?P<end>\r\n|\n|\r|\Z)")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


class Replacement(msgspec.Struct, frozen=True):
    """Code that gives way to an expression; or, where ``is_line``, after whose line another one is put in."""

    span: Span
    text: str
    is_line: bool = False

    def edit(self, data: bytes) -> Edit | None:
        """The change to the bytes of the file; None if the line does not end where it should."""
        start, end = region(data, self.span)
        if self.is_line:
            rest = _REST.match(data, end)
            if rest is None:
                return None
            line_end = rest["end"] or b"\n"
            return Edit(rest.start("end"), rest.start("end"), line_end + self.text.encode())
        before, behind = (
            b" " if _WORD.match(each) else b"" for each in (data[start - 1 : start], data[end : end + 1])
        )
        return Edit(start, end, before + self.text.encode() + behind)


def edits_of(replacements: Iterable[Replacement], data: bytes) -> tuple[Edit, ...]:
    """The changes to the bytes of a file: all of them, or none if one cannot be made."""
    edits = tuple(each.edit(data) for each in replacements)
    return tuple(edit for edit in edits if edit) if all(edits) else ()


class _Retyped(msgspec.Struct, frozen=True):
    """A constant that is typed again."""

    place: Place
    artifact: str
    member: str
    """What follows the artifact's name: ``.events.ready``."""


class _Import(msgspec.Struct, frozen=True):
    """A way to import the artifact."""

    path: str
    name: str
    source: str
    """The specifier with its quotes."""
    statement: str


def reused(outcome: Outcome, jobs: int) -> Mapping[str, tuple[tuple[Finding, Replacement], ...]]:
    """By file, the findings that edits would mend, each with its edit; an import that is missing stands with the first.

    Only in modules of scripts, for artifacts of JSON, and where the file imports the artifact already or another
    file of the same package shows how that is done here.
    """
    found = [
        (finding, retyped) for finding in outcome.report.findings for retyped in _retyped(outcome, finding)
    ]
    if not found:
        return {}
    with Workers(outcome.config.root, outcome.config.limits, jobs) as workers:
        desk = _Desk(workers, _configured(workers, outcome.judged.known.project))
        return {path: edits for path, edits in _edits(desk, found) if edits}


def _retyped(outcome: Outcome, finding: Finding) -> Iterator[_Retyped]:
    """What a finding says is typed again, if its artifact can be imported where it stands."""
    rule = next((rule for rule in outcome.config.rules if rule.id == finding.rule), None)
    if rule is None or not isinstance(rule.options, Options) or not is_module(finding.place.path):
        return
    for facts in outcome.judged.known.project.facts(Scope((rule.options.artifact,))):
        sequences = {entry.path for entry in facts.entries if entry.type == "sequence"}
        for entry in facts.entries:
            if facts.path.endswith(".json") and finding.identity == f"{'.'.join(entry.path)} {entry.value}":
                yield _Retyped(finding.place, facts.path, _member(entry.path, sequences))
                return


def is_module(path: str) -> bool:
    """Whether a file is a script that may import."""
    return path.endswith(SUFFIXES) and not path.endswith((".d.ts", ".d.mts"))


def _member(path: tuple[str, ...], sequences: set[tuple[str, ...]]) -> str:
    return "".join(_access(key, is_index=path[:depth] in sequences) for depth, key in enumerate(path))


def _access(key: str, *, is_index: bool) -> str:
    if is_index:
        return f"[{key}]"
    if _NAME.fullmatch(key):
        return f".{key}"
    escaped = key.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"['{escaped}']"


class _Desk(msgspec.Struct, frozen=True):
    workers: Workers
    project: Project

    def ask(self, paths: Iterable[str], *demands: Demand) -> Mapping[str, Facts]:
        """What the files answer; those that could not be read whole are left out."""
        facts = gather(self.workers, dict.fromkeys(paths, demands)).facts
        return {path: each for path, each in facts.items() if not each.problems}

    def leads(self, path: str, source: str, artifact: str) -> bool:
        """Whether a specifier, with its quotes, leads to the artifact."""
        return modules_of(self.project).resolve(path, source[1:-1], Manner.IMPORT).path == artifact


def _configured(workers: Workers, project: Project) -> Project:
    """The project with what says where specifiers lead."""
    asked: set[Demand] = set()
    while fresh := [demand for demand in config_demand(project) if demand not in asked]:
        asked.update(fresh)
        orders = {path: tuple(fresh) for demand in fresh for path in project.files(demand.scope)}
        project = project.knowing(gather(workers, orders).facts)
    return project


def _edits(
    desk: _Desk, found: list[tuple[Finding, _Retyped]]
) -> Iterator[tuple[str, tuple[tuple[Finding, Replacement], ...]]]:
    imports = {artifact: _imports(desk, artifact) for artifact in {retyped.artifact for _, retyped in found}}
    groups: defaultdict[tuple[str, str], list[tuple[Finding, _Retyped]]] = defaultdict(list)
    for finding, retyped in found:
        groups[retyped.place.path, retyped.artifact].append((finding, retyped))
    edits: defaultdict[str, list[tuple[Finding, Replacement]]] = defaultdict(list)
    for (path, artifact), group in sorted(groups.items(), key=lambda item: item[0]):
        known = imports[artifact]
        way = known.get(path) or _as_others_do(desk, path, artifact, known)
        edits[path] += _in_file(desk, path, group, way) if way else ()
    yield from ((path, tuple(each)) for path, each in edits.items())


def _imports(desk: _Desk, artifact: str) -> dict[str, _Import]:
    """The files that import an artifact as a whole, with how they do."""
    scripts = filter(is_module, desk.project.paths)
    answers = desk.ask(scripts, imports_of(posixpath.basename(artifact)))
    found = ((path, _import(path, match)) for path, facts in answers.items() for match in facts.searched)
    return {path: each for path, each in found if each and desk.leads(path, each.source, artifact)}


def _import(path: str, match: CodeMatch) -> _Import | None:
    captures = dict(match.captures)
    name, source = captures.get("NAME", ""), captures.get("SOURCE", "")
    is_plain = match.text.startswith(f"import {name} from {source}") and "\n" not in match.text
    return _Import(path, name, source, match.text) if is_plain and _NAME.fullmatch(name) else None


def _as_others_do(desk: _Desk, path: str, artifact: str, known: Mapping[str, _Import]) -> _Import | None:
    """How a file would import an artifact, by the first file of its package that does."""
    manifests = frozenset(each for each in desk.project.paths if each.endswith("package.json"))
    package = _package(manifests, path)
    way = next((known[each] for each in sorted(known) if _package(manifests, each) == package), None)
    if way is None:
        return None
    relative = posixpath.relpath(artifact, posixpath.dirname(path) or ".")
    near = relative if relative.startswith("../") else f"./{relative}"
    source = way.source[0] + near + way.source[-1] if way.source[1] == "." else way.source
    if not desk.leads(path, source, artifact):
        return None
    return _Import(way.path, way.name, source, way.statement.replace(way.source, source, 1))


def _package(manifests: frozenset[str], path: str) -> str:
    """The folder of the nearest package around a file; the top if none is."""
    return next((folder for folder in around(parent(path)) if child(folder, "package.json") in manifests), "")


def _in_file(
    desk: _Desk, path: str, group: list[tuple[Finding, _Retyped]], way: _Import
) -> list[tuple[Finding, Replacement]]:
    """The edits in one file, given how the artifact is imported there, or would be."""
    facts = desk.ask((path,), *LITERALS, *uses_of(way.name), STATEMENT).get(path)
    if facts is None:
        return []
    spans: defaultdict[str, dict[Span, Span]] = defaultdict(dict)
    for match in facts.searched:
        spans[match.pattern][_content(match)] = match.span
    is_new = way.path != path
    # A name that is there already means something else; one that is declared again may do so.
    if (is_new and (spans[NAMES] or not spans[STATEMENTS])) or set(spans[NAMES]) - set(spans[READS]):
        return []
    edits = []
    for finding, retyped in group:
        member, place = f"{way.name}{retyped.member}", retyped.place.span
        if place in spans[BARE]:
            edits.append((finding, Replacement(spans[BARE][place], member)))
        elif place in spans[ATTRIBUTES]:
            edits.append((finding, Replacement(spans[ATTRIBUTES][place], f"{{{member}}}")))
    if edits and is_new:
        edits.append((edits[0][0], Replacement(max(spans[STATEMENTS]), way.statement, is_line=True)))
    return edits


def _content(match: CodeMatch) -> Span:
    """What a finding points at: the text between the quotes of a string, else all of it."""
    span = match.span
    if match.text[:1] not in "\"'`":
        return span
    return Span(span.line, span.column + 1, span.end_line, span.end_column - 1)
