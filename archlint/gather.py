"""What is known of many files: from workers, and from one round of questions to the next."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archlint.code import joined
from archlint.facts import Facts
from archlint.model import WHOLE_FILE, Exclusion, Problem, Reason
from archlint.workers.pool import Demands, Workers

_BETWEEN_TICKS_S = 0.1


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of the files: facts by path, sorted, and the files that are not text."""

    facts: Mapping[str, Facts]
    exclusions: tuple[Exclusion, ...]


def gather(
    workers: Workers,
    demands_by_path: Demands,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Gathered:
    """Put to each file what is demanded of it. Raises ``WorkerError``.

    ``progress`` hears how many of how many files are done, at most ten times a second.
    """
    facts: dict[str, Facts] = {}
    exclusions: list[Exclusion] = []
    told = time.monotonic()
    for done, (path, found) in enumerate(workers.answers(demands_by_path), start=1):
        if isinstance(found, Exclusion):
            exclusions.append(found)
        else:
            facts[path] = found
        if time.monotonic() - told >= _BETWEEN_TICKS_S:
            progress(done, len(demands_by_path))
            told = time.monotonic()
    return Gathered({path: facts[path] for path in sorted(facts)}, tuple(sorted(exclusions)))


def merge(earlier: Facts, later: Facts) -> Facts:
    """What two rounds found out about one file. Facts of different bytes are none at all."""
    if earlier.digest and later.digest and earlier.digest != later.digest:
        message = "the file changed while archlint ran; run it again"
        problem = Problem(later.path, WHOLE_FILE, Reason.CHANGED, message)
        return Facts(later.path, later.digest, problems=(problem,))
    occurrences = {**dict.fromkeys(earlier.occurrences), **dict.fromkeys(later.occurrences)}
    return Facts(
        path=later.path,
        digest=later.digest or earlier.digest,
        occurrences=tuple(sorted(occurrences, key=lambda occurrence: occurrence.span)),
        borrowed=tuple(dict.fromkeys((*earlier.borrowed, *later.borrowed))),
        changes=tuple(dict.fromkeys((*earlier.changes, *later.changes))),
        exports=tuple(dict.fromkeys((*earlier.exports, *later.exports))),
        references=later.references or earlier.references,
        modules=later.modules or earlier.modules,
        entries=later.entries or earlier.entries,
        measures=later.measures or earlier.measures,
        matches=tuple(
            sorted({*earlier.matches, *later.matches}, key=lambda match: (match.span, match.pattern))
        ),
        searched=tuple(
            sorted({*earlier.searched, *later.searched}, key=lambda match: (match.span, match.pattern))
        ),
        workflow=later.workflow or earlier.workflow,
        action=later.action or earlier.action,
        scripts=later.scripts or earlier.scripts,
        licences=later.licences or earlier.licences,
        comments=later.comments or earlier.comments,
        code=joined((earlier.code, later.code)),
        problems=tuple(sorted({*earlier.problems, *later.problems})),
    )
