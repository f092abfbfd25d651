"""What to ask about the constants that a rule's files borrow: for rules that cannot say which constants they mean."""

from collections.abc import Callable

from archlint.code import Import
from archlint.facts import Demand, Export, ExportDemand, ImportDemand, Occurrence
from archlint.kinds.names import Marks
from archlint.model import Scope
from archlint.project import Project


def borrowed_demands(
    scope: Scope, names: Marks, is_asked: Callable[[Occurrence], bool], project: Project
) -> tuple[Demand, ...]:
    """What the files import for the sinks in question; then, file by file, what the lenders export.

    A file with such a sink holds what ``names`` says.
    """
    asked = ImportDemand(scope, needles=(names.needles,) if names.needles else (), mentions=names.mentions)
    waiting = [
        (facts.path, occurrence.origin)
        for facts in project.facts(scope)
        for occurrence in facts.borrowed
        if occurrence.origin is not None and is_asked(occurrence)
    ]
    lenders: dict[str, None] = {}
    seen: set[tuple[str, Import]] = set()
    while waiting:
        path, origin = waiting.pop()
        lender = project.loans.lead(path, origin.module)
        if lender is None or (lender, origin) in seen:
            continue
        seen.add((lender, origin))
        lenders[lender] = None
        facts = project.facts_by_path.get(lender)
        passed = [export for export in facts.exports if _may_lead_on(export, origin)] if facts else []
        waiting.extend((lender, export.origin) for export in passed if export.origin is not None)
    return (asked, *(demand for lender in sorted(lenders) for demand in _of(lender)))


def _may_lead_on(export: Export, origin: Import) -> bool:
    return export.origin is not None and (origin.name == "*" or export.name in ("*", "=", origin.name))


def _of(path: str) -> tuple[Demand, Demand]:
    scope = Scope((path,))
    return ExportDemand(scope, every=True), ImportDemand(scope)
