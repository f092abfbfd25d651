"""How every listed file ended, counted so that nothing is lost."""

from collections import Counter
from collections.abc import Iterable

from archlint.model import Exclusion, Ledger, Listing, Outcome, Problem
from archlint.project import Project

NO_RULE = "no rule reads it"


def problems_of(listing: Listing, project: Project) -> tuple[Problem, ...]:
    """Everything that could not be read, sorted."""
    of_files = (problem for facts in project.facts_by_path.values() for problem in facts.problems)
    return tuple(sorted({*listing.problems, *of_files}))


def count(
    listing: Listing, project: Project, binaries: Iterable[Exclusion], chosen: frozenset[str] | None
) -> Ledger:
    """The ledger of a run over the ``chosen`` files (None: all that are listed) and all that were read for them.

    A file that was listed and that no rule asked about counts as excluded; so does a binary one. A folder that
    could not be listed counts as one file that was not analysed. Manifests of installed packages are not listed,
    and do not count.
    """
    listed = frozenset(listing.paths)
    read = {path: facts for path, facts in project.facts_by_path.items() if path in listed}
    reason_of = {path: NO_RULE for path in listing.paths if path not in read}
    reason_of |= {exclusion.path: exclusion.reason for exclusion in (*listing.exclusions, *binaries)}
    because = Counter(
        reason
        for path, reason in reason_of.items()
        if path not in read and (chosen is None or path in chosen)
    )
    outcomes = Counter(facts.outcome for facts in read.values())
    outcomes[Outcome.NOT_ANALYSED] += len(listing.problems)
    return Ledger(
        total=outcomes.total() + because.total(),
        analysed=outcomes[Outcome.ANALYSED],
        partial=outcomes[Outcome.PARTIAL],
        not_analysed=outcomes[Outcome.NOT_ANALYSED],
        excluded=because.total(),
        excluded_because=dict(sorted(because.items())),
    )
