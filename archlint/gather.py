"""What is known of many files: from workers, and from one round of questions to the next."""

import time
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from archlint.code import joined
from archlint.facts import Facts
from archlint.model import WHOLE_FILE, Exclusion, Problem, Reason
from archlint.workers.pool import Workers
from archlint.workers.work import Demands

if TYPE_CHECKING:
    from archlint.cache.cache import Cache

_BETWEEN_TICKS_S = 0.1


class Gathered(msgspec.Struct, frozen=True):
    """What became of the files: facts by path, sorted, and the files that are not text."""

    facts: Mapping[str, Facts]
    exclusions: tuple[Exclusion, ...]


def gather(
    workers: Workers,
    demands_by_path: Demands,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Gathered:
    """Put to each file what is demanded of it, unless the workers' cache has the answer. Raises ``WorkerError``.

    ``progress`` hears how many of how many files are done, at most ten times a second.
    """
    cache = workers.cache
    found = _known(cache, demands_by_path) if cache else {}
    asked = {path: demands for path, demands in demands_by_path.items() if path not in found}
    told = time.monotonic()
    once: dict[object, Any] = {}
    for answer in found.values():
        _share(answer, once)
    for path, answer in workers.answers(asked):
        _share(answer, once)
        found[path] = answer
        if cache:
            cache.keep(path, asked[path], answer)
        if time.monotonic() - told >= _BETWEEN_TICKS_S:
            progress(len(found), len(demands_by_path))
            told = time.monotonic()
    facts = {
        path: answer for path, answer in sorted(found.items(), key=itemgetter(0)) if isinstance(answer, Facts)
    }
    exclusions = sorted(answer for answer in found.values() if isinstance(answer, Exclusion))
    return Gathered(facts, tuple(exclusions))


def _share(
    answer: Facts | Exclusion, once: dict[object, Any]
) -> None:  # Any: a value is put where its equal was
    """Let references hold the same texts and names where these are equal: a tree imports few things many times."""
    for reference in answer.references if isinstance(answer, Facts) else ():
        # They are frozen to all who get them; nobody has them yet.
        force_setattr(reference, "target", once.setdefault(reference.target, reference.target))
        force_setattr(reference, "names", once.setdefault(reference.names, reference.names))


def _known(cache: "Cache", demands_by_path: Demands) -> dict[str, Facts | Exclusion]:
    answers = ((path, cache.answer(path, demands)) for path, demands in demands_by_path.items())
    return {path: answer for path, answer in answers if answer is not None}


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
