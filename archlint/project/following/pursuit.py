"""What to ask next so that constants are followed from file to file.

A file that lends a wanted constant is asked for by those that may import it: which those are is read off the
bytes of all files, once. So a run parses a file only if something that can matter comes to it.
"""

from collections.abc import Collection, Iterable, Mapping

from archlint.facts import Demand, Facts, ImportDemand, ModuleDemand
from archlint.model import Scope
from archlint.project.following.loans import Loans
from archlint.project.project import Project

_EVERYWHERE = ModuleDemand(Scope())
_NAMELESS = frozenset({"default", "="})


class Pursuit:
    """Follows loans. Learns facts, says which demands to put to which files, and never says one twice."""

    def __init__(self) -> None:
        self.loans = Loans()
        self.circumstances = False
        """Whether it is asked under which circumstances a constant counts where it arrives."""
        self._waiting: list[Facts] = []
        self._asked: set[Demand] = set()
        self._importers: dict[str, list[tuple[str, str]]] | None = None
        self._heard: set[str] = set()
        """The lenders whose importers were asked if they mention what was lent then."""
        self._open: set[str] = set()
        """Those whose importers were asked whatever they mention."""

    def learn(self, facts: Iterable[Facts]) -> None:
        """Take in what files lend and borrow."""
        self._waiting.extend(each for each in facts if each.exports or each.borrowed or each.changes)

    def demands(self, project: Project) -> tuple[Demand, ...]:
        """What to know of the tree before anything can be followed; empty once it is known, or nothing is lent.

        From then on ``loans.lead`` says where specifiers lead: ask this before the rules, who go by it.
        """
        if not self._waiting or self._importers is not None:
            return ()
        from archlint.project.modules import config_demand

        wanted = (*config_demand(project), _EVERYWHERE)
        fresh = tuple(demand for demand in wanted if demand not in self._asked)
        self._asked.update(fresh)
        if not fresh:
            self._importers = self._find_importers(project)
        return fresh

    def orders(self) -> Mapping[str, tuple[Demand, ...]]:
        """By file what to ask now, once ``demands`` has nothing to ask."""
        if not self._waiting or self._importers is None:
            return {}
        for facts in self._waiting:
            self.loans.learn(facts)
        self._waiting.clear()
        orders: dict[str, set[tuple[str, frozenset[str]]]] = {}
        for lender in self.loans.fresh_lenders():
            if lender not in self._open:
                names = self._names(lender)
                for path, module in self._importers.get(lender, ()):
                    orders.setdefault(path, set()).add((module, names))
        return {path: (self._demand(asked),) for path, asked in sorted(orders.items())}

    def _names(self, lender: str) -> frozenset[str]:
        """The names of which importers mention one that have what is lent; none if they need not, or were asked once.

        What is lent later under another name is rare: whoever may have it is then asked for everything.
        """
        names = self.loans.names(lender)
        if lender in self._heard or names & _NAMELESS:
            self._open.add(lender)
            return frozenset()
        self._heard.add(lender)
        return names

    def _demand(self, asked: Collection[tuple[str, frozenset[str]]]) -> ImportDemand:
        modules = tuple(sorted({module for module, _ in asked}))
        is_open = not all(names for _, names in asked)
        names = () if is_open else tuple(sorted({name for _, names in asked for name in names}))
        return ImportDemand(Scope(), modules, circumstances=self.circumstances, names=names)

    def _find_importers(self, project: Project) -> dict[str, list[tuple[str, str]]]:
        from archlint.project.modules import Modules

        modules = project.once(Modules)
        self.loans.lead = lambda path, module: modules.resolve(path, module).path
        found: dict[str, list[tuple[str, str]]] = {}
        for path, facts in project.facts_by_path.items():
            for module in facts.modules:
                lender = self.loans.lead(path, module)
                if lender is not None:
                    found.setdefault(lender, []).append((path, module))
        return found
