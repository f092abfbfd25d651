"""Whether a script may have all of a module at once, so that it need mention no name of it. Told without parsing."""

import re
from collections.abc import Iterator

from archlint.languages.specifiers import GAP, IMPORT, Mention, meaning, mentions

_FARTHEST = 2000
# What stands before `from` or `require` where names are listed: `import { a, b as c }`, `const { a: b } =`.
_LISTED = re.compile(rb"\{[\w$\s,:]*\}\s*(?:=\s*)?\Z").search
# `import * as x`, `import type * as x`, `import x, * as y`, `import x`; and `const x = require(…)`.
_BOUND = re.compile(
    rb"(?<![\w$.])(?:import(?:\s+[\w$]+(?:\s*,)?)?(?:\s*\*\s*as)?\s+([\w$]+)\s*"
    rb"|(?:const|let|var|import)\s+([\w$]+)\s*=\s*)\Z"
).search
_EXPORTED = re.compile(rb"(?<![\w$.])export" + GAP + rb"\Z").search
_CALLED = re.compile(GAP + rb"\(").match
_IN_NAME = re.compile(rb"[\w$]").match
# Behind a name: more of it, or the member that is read.
_NAMED = re.compile(rb"[\w$]|\s*\.\s*[A-Za-z_$]").match


def may_have_whole(data: bytes, modules: frozenset[str]) -> bool:
    """Whether it may hand on, or look through, one of these modules, as it writes them, as one value.

    It may not where it says what it wants: ``import { a } from``, or ``import * as x from`` and ``x`` only in ``x.a``.
    """
    return any(
        _is_whole(data, mention)
        for mention in mentions(data, 0, len(data))
        if meaning(data[mention.start : mention.end]) in modules
    )


def _is_whole(data: bytes, mention: Mention) -> bool:
    """Whether what is imported may be all of the module."""
    if mention.word == IMPORT:
        return _CALLED(data, mention.at + len(IMPORT)) is not None  # `import "./x"` gives nothing
    begin = max(0, mention.at - _FARTHEST)
    before = data[begin : mention.at]
    if _LISTED(before):
        return False
    bound = _BOUND(before)
    if bound is None or _EXPORTED(before[: bound.start()]):
        return True
    group = bound.lastindex or 0
    itself = (begin + bound.start(group), *range(mention.start, mention.end))
    return any(at not in itself for at in _bare(data, bound[group]))


def _bare(data: bytes, name: bytes) -> Iterator[int]:
    """Where a name stands of which no member is read."""
    at = data.find(name)
    while at >= 0:
        end = at + len(name)
        is_part = at > 0 and (_IN_NAME(data, at - 1) or _is_member(data, at))
        if not is_part and not _NAMED(data, end):
            yield at
        at = data.find(name, end)


def _is_member(data: bytes, at: int) -> bool:
    return data[at - 1 : at] == b"." and data[max(0, at - 3) : at] != b"..."
