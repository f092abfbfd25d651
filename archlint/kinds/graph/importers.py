"""Files by who imports them: those that nobody does, and those that certain files do not lead to."""

from collections.abc import Iterator

from archlint.kinds.graph.selecting import Selection
from archlint.model import WHOLE_FILE, Hit, Place
from archlint.project import Project
from archlint.project.graph import Graph


def orphans(paths: frozenset[str], graph: Graph, project: Project) -> Iterator[Hit]:
    """A hit for each file that neither imports anything nor is imported. What could not be read is none."""
    for path in sorted(paths):
        facts = project.facts_by_path.get(path)
        alone = path not in graph.edges_into and path not in graph.edges_from
        if alone and facts is not None and not facts.problems:
            yield _hit(path, "imports nothing, and nothing imports it", "orphan")


def unreached(paths: frozenset[str], graph: Graph, roots: Selection, *, reachable: bool) -> Iterator[Hit]:
    """A hit for each file that is none of the ``roots`` and that none of them imports, or reaches."""
    known = {path for path in graph.paths if roots.has(path)}
    pending = sorted(known)
    for path in pending:
        targets = {edge.target for edge in graph.edges_from.get(path, ()) if edge.target} - known
        known |= targets
        pending += sorted(targets) if reachable else ()
    text = (
        "none of the files that must lead to it does"
        if reachable
        else "none of the files that must import it does"
    )
    yield from (_hit(path, text, "unreached") for path in sorted(paths - known))


def _hit(path: str, text: str, identity: str) -> Hit:
    return Hit(Place(path, WHOLE_FILE), text, identity, {"from": "", "to": path, "specifier": ""})
