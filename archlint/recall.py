"""What an earlier run said of the very same tree, by the same terms: then nothing is read, and nothing judged.

The tree is the same if it lists the same, and if the status of each of its files proves that nobody wrote to it.
What a run says is only kept if it holds as long as that is so.
"""

import time
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec.structs import replace

from archlint.cache.keys import judging_state
from archlint.cache.memo import OUTCOMES, Memo
from archlint.cache.statuses import Statuses, statuses
from archlint.clock import Clock, today
from archlint.judge import Judgement, Listed, Terms, judge_listed, listed, may_keep
from archlint.learn import Known, Progress
from archlint.model import Finding, Ledger, Problem, Suppressed
from archlint.selection import project_of
from archlint.source import Tree
from archlint.suppress import Trial
from archlint.suppression import Suppression

_MOST_UNUSED = 4


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What was said, and of which tree."""

    tree: bytes
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    useless: tuple[tuple[Suppression, frozenset[str]], ...]
    ledger: Ledger
    is_idle: bool
    files: int
    """How many files that run knew, read or from earlier runs."""


_decoder = msgspec.msgpack.Decoder(_Kept)


def judge_or_recall(tree: Tree, terms: Terms, clock: Clock, progress: Progress) -> Judgement:
    """As ``judge``. Of what an earlier run said, the facts that it went by are not known."""
    terms = replace(terms, request=replace(terms.request, today=terms.request.today or today()))
    started_ns = time.time_ns()
    with clock.stage("discover"):
        there = listed(tree, terms)
    if there.chosen is not None or not (may_keep(tree, terms) and isinstance(tree, Path)):
        return judge_listed(tree, there, terms, clock, progress)
    with clock.stage("recall"):
        memo = Memo(tree, OUTCOMES, judging_state(), _MOST_UNUSED)
        now = statuses(tree, there.listing.paths, started_ns)
        names = _names(there, terms, now)
        kept = _read(memo, *names) if names else None
    if kept is not None:
        return _recalled(kept, there, terms)
    there = replace(there, started_ns=started_ns, statuses=now.of if now else {})
    judged = judge_listed(tree, there, terms, clock, progress)
    if names and now and now.are_old and judged.is_lasting:
        _keep(memo, *names, judged)
    return judged


def _names(there: Listed, terms: Terms, now: Statuses | None) -> tuple[bytes, bytes] | None:
    """What names the terms, and what names the tree as it is now; None where nothing can."""
    config = terms.config
    decisive = (
        terms.rules, sorted(config.ids), config.zones, config.aliases, config.limits, config.allowed, terms.request.today
    )  # fmt: skip
    try:
        return (_digest(decisive), _digest((now.digest, there.listing))) if now else None
    except UnicodeEncodeError:  # a path that is not UTF-8
        return None


def _digest(value: object) -> bytes:
    return blake2b(msgspec.msgpack.encode(value), digest_size=16).digest()


def _read(memo: Memo, terms: bytes, tree: bytes) -> _Kept | None:
    payload = memo.get(terms)
    try:
        kept = _decoder.decode(payload) if payload is not None else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return kept if kept is not None and kept.tree == tree else None


def _keep(memo: Memo, terms: bytes, tree: bytes, judged: Judgement) -> None:
    kept = _Kept(
        tree,
        judged.problems,
        judged.findings,
        judged.suppressed,
        judged.useless,
        judged.ledger,
        judged.is_idle,
        judged.files["read"] + judged.files["from cache"],
    )
    try:
        memo.keep(terms, msgspec.msgpack.encode(kept))
    except UnicodeEncodeError:  # a constant that is no text
        return
    memo.close()


def _recalled(kept: _Kept, there: Listed, terms: Terms) -> Judgement:
    project = project_of(there.listing, terms.config)
    assert terms.request.today is not None
    return Judgement(
        there.listing,
        there.chosen,
        Known(project),
        kept.problems,
        kept.findings,
        kept.suppressed,
        Trial(terms.rules, terms.config.ids, project, terms.request.today, kept.problems, there.chosen),
        kept.ledger,
        is_idle=kept.is_idle,
        useless=kept.useless,
        files={"read": 0, "parsed": 0, "from cache": kept.files},
    )
