"""Whether a script may have all of a module at once, so that it need mention no name of it. Told without parsing."""

import re
from collections.abc import Iterator

from archlint.languages.specifiers import FROM, GAP, IMPORT, REQUIRE, Mention, meaning, mentions

# A module is imported once or twice; the whole script is searched for each name that it has there.
_MOST = 200
_LONGEST_LIST = 2000
_LONGEST_START = 300
# What may stand before a word that begins a statement, or is around it in a file that holds scripts.
_START = rb"(?:\A|[;{}>\r\n]|\*/)\s*"
# What stands before `from` and `require` where names are listed: `import { a, b as c }`, `const { a: b } =`.
_LISTED = {
    FROM: re.compile(rb"\{[\w$\s,]*\}\s*\Z").search,
    REQUIRE: re.compile(rb"\{[\w$\s,:]*\}\s*=\s*\Z").search,
}
# And where all has a name: `import * as x`, `import type * as x`, `import x, * as y`, `import x`; `const x =`.
_BOUND = {
    FROM: re.compile(
        _START + rb"(?P<word>import)(?:\s+[\w$]+(?:\s*,)?)?(?:\s*\*\s*as)?\s+(?P<name>[\w$]+)\s*\Z"
    ).search,
    REQUIRE: re.compile(_START + rb"(?P<word>const|let|var|import)\s+(?P<name>[\w$]+)\s*=\s*\Z").search,
}
_EXPORTED = re.compile(rb"(?<![\w$.])export" + GAP + rb"\Z").search
_CALLED = re.compile(GAP + rb"\(").match
_IN_NAME = re.compile(rb"[\w$]").match
# Behind a name: more of it, or the member that is read.
_NAMED = re.compile(rb"[\w$]|\s*\.\s*[A-Za-z_$]").match


def may_have_whole(data: bytes, modules: frozenset[str]) -> bool:
    """Whether it may hand on, or look through, one of these modules, as it writes them, as one value.

    It may not where it says what it wants: ``import { a } from``, or ``import * as x from`` and ``x`` only in ``x.a``.
    """
    imports = (
        each for each in mentions(data, 0, len(data)) if meaning(data[each.start : each.end]) in modules
    )
    return any(number == _MOST or _is_whole(data, each) for number, each in enumerate(imports))


def _is_whole(data: bytes, mention: Mention) -> bool:
    """Whether what is imported may be all of the module."""
    if mention.word == IMPORT:
        return _CALLED(data, mention.at + len(IMPORT)) is not None  # `import "./x"` gives nothing
    at = mention.at
    if _LISTED[mention.word](data[max(0, at - _LONGEST_LIST) : at]):
        return False
    begin = max(0, at - _LONGEST_START)
    bound = _BOUND[mention.word](data[begin:at])
    if bound is None or _EXPORTED(data[max(0, begin - _LONGEST_START) : begin + bound.start("word")]):
        return True
    named = begin + bound.start("name")
    bare = _bare(data, bound["name"])
    return any(at != named and not mention.start <= at < mention.end for at in bare)


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
