"""Kind ``imports``: what files must not, may only, or must import; and by whom they must be imported."""

from collections.abc import Iterator

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand
from archlint.kinds.graph.aliases import unused_aliases
from archlint.kinds.graph.counting import Counting, counted, demand, mistakes_of
from archlint.kinds.graph.ends import Ends, Goal, ends_mistakes, ends_of, unlicensed
from archlint.kinds.graph.importers import orphans, unreached
from archlint.kinds.graph.selecting import Binding, Selection, capture_mistakes
from archlint.kinds.graph.telling import FIELDS, through, told, verb
from archlint.kinds.several import OneOrMany, as_tuple
from archlint.model import WHOLE_FILE, Hit, Place, Rule
from archlint.project import Project
from archlint.project.graph import Edge, Graph, Hop, declared_demand, hops, licence_demand, way

_WAYS = ("forbid", "only", "require", "imported-by", "orphans", "unused-aliases")


class Options(Counting, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Say one of ``forbid``, ``only``, ``require``, ``imported-by``, ``orphans`` and ``unused-aliases``."""

    from_: OneOrMany = msgspec.field(default=(), name="from")
    """The files that import: globs with captures, and zones. Without it, the rule's files."""
    forbid: OneOrMany | Ends | None = None
    """They may not import these."""
    only: OneOrMany | Ends | None = None
    """Of files, or of packages, they may import these alone, and each other."""
    require: OneOrMany | Ends | None = None
    """Each must import one of these."""
    imported_by: OneOrMany = ()
    """Each must be imported by one of these files."""
    orphans: bool = False
    """None may be without both: imports of its own, and files that import it."""
    unused_aliases: bool = False
    """No ``paths`` of a tsconfig.json stands for nothing: some import is written with each."""
    reachable: bool = False
    """Whether what other files import for them counts too."""
    via: OneOrMany = ()
    """Of ways that are forbidden: the doors. A way through one of these files is fine."""


class _Judged:
    """What a rule looks at: its files with what their captures stand for, and the edges that count."""

    def __init__(self, rule: Rule[Options], project: Project) -> None:
        self.graph: Graph = counted(rule.options, project)
        files = project.files(rule.scope)
        selection = Selection(as_tuple(rule.options.from_), project)
        stated = bool(rule.options.from_)
        self.bindings = {path: selection.bindings(path) if stated else ((),) for path in files}
        self.paths = frozenset(path for path, bindings in self.bindings.items() if bindings)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each specifier by which a file imports, or reaches, what it must not; or at the file that lacks it."""
    options, judged = rule.options, _Judged(rule, project)
    if options.unused_aliases:
        yield from unused_aliases(project.files(rule.scope), project)
    elif options.orphans:
        yield from orphans(judged.paths, judged.graph, project)
    elif options.imported_by:
        roots = Selection(as_tuple(options.imported_by), project)
        yield from unreached(judged.paths, judged.graph, roots, reachable=options.reachable)
    elif (only := ends_of(options.only)) is not None:
        yield from _strays(judged, Goal(only, project))
    elif (required := ends_of(options.require)) is not None:
        yield from _lacking(options, judged, Goal(required, project))
    elif (forbidden := ends_of(options.forbid)) is not None:
        goal = Goal(forbidden, project)
        yield from _direct(judged, goal)
        if options.reachable:
            yield from _indirect(judged, goal, Selection(as_tuple(options.via), project))


def _outgoing(judged: _Judged) -> Iterator[tuple[Edge, Binding]]:
    for path in sorted(judged.paths):
        for edge in judged.graph.edges_from.get(path, ()):
            yield from ((edge, binding) for binding in judged.bindings[path])


def _direct(judged: _Judged, goal: Goal) -> Iterator[Hit]:
    for edge, binding in _outgoing(judged):
        said = goal.met_by(edge, binding)
        if said:
            yield told((edge,), f"{verb(edge)} '{edge.ends}', which is {said}")


def _indirect(judged: _Judged, goal: Goal, doors: Selection) -> Iterator[Hit]:
    """Ways of more than one edge. They are told of the last of the rule's files that they lead through."""

    def passes(path: str) -> bool:
        return path not in judged.paths and not doors.has(path)

    into = judged.graph.edges_into
    last = [each for each in judged.graph.edges if goal.may_be_met_by(each) and passes(each.source)]
    leading = hops(into, last, passes)
    onwards_of: dict[Binding, dict[str, Hop]] = {}
    for edge, binding in _outgoing(judged):
        if edge.target not in leading or goal.met_by(edge, binding):
            continue
        if binding not in onwards_of:
            onwards_of[binding] = hops(into, [each for each in last if goal.met_by(each, binding)], passes)
        if edge.target in onwards_of[binding]:
            found = way(edge, onwards_of[binding])
            said = goal.met_by(found[-1], binding)
            yield told(found, f"reaches '{found[-1].ends}'{through(found)}; it is {said}")


def _strays(judged: _Judged, goal: Goal) -> Iterator[Hit]:
    """Edges that lead elsewhere, other than to files with the same captures."""
    ends = goal.ends
    under = (f"what is under {', '.join(as_tuple(ends.licences))}",) if ends.licences else ()
    allowed = ", ".join((*as_tuple(ends.files), *as_tuple(ends.packages), *under))
    rest = f"only {allowed} may be imported" if allowed else "no package may be imported"
    for edge, binding in _outgoing(judged):
        is_own = binding in judged.bindings.get(edge.target, ())
        if goal.judges(edge) and not is_own and not goal.allows(edge, binding):
            licence = goal.licensed(edge)
            said = f", which is {licence}" if licence else ""
            yield told((edge,), f"{verb(edge)} '{edge.ends}'{said}; {rest}")


def _lacking(options: Options, judged: _Judged, goal: Goal) -> Iterator[Hit]:
    wanted = ", ".join(
        (*as_tuple(goal.ends.files), *as_tuple(goal.ends.packages), *as_tuple(goal.ends.specifiers))
    )
    word = "reaches" if options.reachable else "imports"
    candidates = [each for each in judged.graph.edges if goal.may_be_met_by(each)]
    onwards_of: dict[Binding, dict[str, Hop]] = {}
    for path in sorted(judged.paths):
        for binding in judged.bindings[path]:
            edges = judged.graph.edges_from.get(path, ())
            if any(goal.met_by(edge, binding) for edge in edges):
                continue
            if options.reachable and binding not in onwards_of:
                last = [each for each in candidates if goal.met_by(each, binding)]
                onwards_of[binding] = hops(judged.graph.edges_into, last, lambda _path: True)
            if path not in onwards_of.get(binding, {}):
                fields = {"from": path, "to": wanted, "specifier": ""}
                yield Hit(Place(path, WHOLE_FILE), f"{word} none of {wanted}", f"require {wanted}", fields)


def _demand(rule: Rule[Options], project: Project) -> tuple[Demand, ...]:
    """The whole graph, licences where the rule speaks of them, and what Python projects declare."""
    forbidden, only = ends_of(rule.options.forbid), ends_of(rule.options.only)
    of_licences = bool((forbidden and forbidden.licences) or (only and only.licences))
    of_manifests = bool(forbidden and forbidden.undeclared)
    return (
        *demand(rule, project),
        *(licence_demand(project) if of_licences else ()),
        *(declared_demand(project) if of_manifests else ()),
    )


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Globs and zones that no file matches, and files that are told apart from the rule's."""
    options = rule.options
    stated = (ends_of(options.forbid), ends_of(options.only), ends_of(options.require))
    texts = [options.from_, options.via, options.imported_by, *(ends.files for ends in stated if ends)]
    vain = list(dict.fromkeys(each for some in texts for each in Selection(as_tuple(some), project).vain()))
    yield from vain
    judged = _Judged(rule, project)
    if options.from_ and not vain and not judged.paths:
        yield "none of the files that `from` means is one of the rule's files"
    forbidden = ends_of(options.forbid)
    if forbidden and forbidden.licences:
        yield from unlicensed(Goal(forbidden, project), [edge for edge, _ in _outgoing(judged)])


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Not exactly one way to say what is asked, and keys that do not go with it."""
    given = [way for way in _WAYS if getattr(options, way.replace("-", "_"))]
    if len(given) != 1:
        yield (), f"imports needs exactly one of {', '.join(_WAYS)}"
    yield from mistakes_of(options)
    yield from capture_mistakes("from", as_tuple(options.from_))
    for where in ("forbid", "only", "require"):
        yield from ends_mistakes(where, ends_of(getattr(options, where)))
    if options.reachable and given in (["only"], ["orphans"], ["unused-aliases"]):
        yield ("reachable",), f"'reachable' does not go with '{given[0]}'"
    if options.via and not (options.reachable and given == ["forbid"]):
        yield ("via",), "'via' goes with `forbid` and `reachable: true`"
    for where in ("only", "require"):
        ends = ends_of(getattr(options, where))
        if ends and (ends.unresolved or ends.undeclared or ends.dev_only or ends.cross_package):
            yield (where,), "unresolved, undeclared, dev-only and cross-package can only be forbidden"
    required = ends_of(options.require)
    if required and required.licences:
        yield ("require", "licences"), "licences can be forbidden, or be the only ones"


KIND = Kind(
    name="imports",
    says="what files must not, may only, or must import, directly or through others",
    options=Options,
    needs=Family.REFERENCES,
    fields=FIELDS,
    demand=_demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    selectors=(
        "from",
        "via",
        "imported-by",
        "forbid",
        "only",
        "require",
        "forbid.files",
        "only.files",
        "require.files",
    ),
    local=lambda _options: False,
)
