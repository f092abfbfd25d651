"""How every listed file ended, counted so that nothing is lost."""

from collections import Counter
from collections.abc import Iterable, Mapping

from archlint.facts import Facts
from archlint.model import Exclusion, Ledger, Listing, Outcome

NO_RULE = "no rule reads it"


def count(
    listing: Listing,
    facts_by_path: Mapping[str, Facts],
    binaries: Iterable[Exclusion],
    in_run: frozenset[str] | None,
) -> Ledger:
    """The ledger of a run over ``in_run`` (None: all that is listed).

    A file that was listed and that no rule asked about counts as excluded; so does a binary one. A folder that
    could not be listed counts as one file that was not analysed.
    """
    excluded = {exclusion.path: exclusion.reason for exclusion in (*listing.exclusions, *binaries)}
    excluded |= {
        path: NO_RULE for path in listing.paths if path not in facts_by_path and path not in excluded
    }
    reasons = Counter(reason for path, reason in excluded.items() if in_run is None or path in in_run)
    outcomes = Counter(facts.outcome for facts in facts_by_path.values())
    outcomes[Outcome.NOT_ANALYSED] += len(listing.problems)
    return Ledger(
        total=outcomes.total() + reasons.total(),
        analysed=outcomes[Outcome.ANALYSED],
        partial=outcomes[Outcome.PARTIAL],
        not_analysed=outcomes[Outcome.NOT_ANALYSED],
        excluded=reasons.total(),
        excluded_because=dict(sorted(reasons.items())),
    )
