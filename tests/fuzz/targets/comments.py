"""Comments that speak to archlint: they are understood or not, and can be taken back without a trace."""

from collections.abc import Iterable, Iterator
from datetime import date

from archlint.allowing import Misspoken, parsed
from archlint.edits import applied, region, removal, without_rules
from archlint.extend import Family
from archlint.facts import CommentDemand, ConstantDemand, Facts
from archlint.languages import language_of
from archlint.source import Source
from archlint.suppression import Comment, Suppression
from archlint.workers.analyse import analyse
from tests.fuzz.demands import ANY
from tests.fuzz.facts import assert_inside, outlines
from tests.fuzz.reading import LIMITS
from tests.fuzz.target import RejectedError, Target, parts

_KNOWN = frozenset({"a", "b", "oversized-file"})


def _comments(data: bytes) -> Iterable[str]:
    for name, text in parts(data):
        if Family.COMMENTS not in language_of(name).yields:
            continue
        yield from _in_file(name, text)


def _in_file(name: str, text: bytes) -> Iterator[str]:
    found = _facts(name, text)
    if found is None:
        return
    assert_inside(found, text.decode("utf-8", "replace"))
    yield from outlines(found)
    for comment in found.comments:
        meant = parsed(name, comment, _KNOWN)
        yield type(meant).__name__
        assert meant is None or isinstance(meant, Suppression | Misspoken)
        if isinstance(meant, Suppression):
            assert meant.rules, "it allows nothing"
            assert meant.until is None or isinstance(meant.until, date)
            yield from _shortened(name, text, comment, meant)
    for comment in found.comments[:1]:
        _taken_back(name, text, comment, found)


def _taken_back(name: str, text: bytes, comment: Comment, found: Facts) -> None:
    """What is left is the file without one comment: the same constants, no new mistake, the others untouched."""
    edit = removal(text, *region(text, comment.span))
    left = _facts(name, applied(text, [edit]))
    assert left is not None, "what is left cannot be read"
    # What stands within an odd tag of a component, such as ``<t<!-- … -->``, is read in more than one way.
    if found.problems or text.count("\ufeff".encode()) > 1 or name.endswith((".astro", ".svelte", ".vue")):
        return
    assert not left.problems, "taking a comment back breaks the file"
    assert [each.value for each in left.occurrences] == [each.value for each in found.occurrences], (
        "constants change"
    )
    assert [each.text for each in left.comments] == [each.text for each in found.comments[1:]], (
        "others change"
    )


def _shortened(name: str, text: bytes, comment: Comment, meant: Suppression) -> Iterator[str]:
    """One rule less in the list is what is understood afterwards."""
    edit = without_rules(text, *region(text, comment.span), {meant.rules[0]})
    if edit is None:
        return
    left = _facts(name, applied(text, [edit]))
    assert left is not None
    again = [parsed(name, each, _KNOWN) for each in left.comments]
    rules = [each.rules for each in again if isinstance(each, Suppression)]
    assert meant.rules[1:] in rules, "a list without its first rule is another list"
    yield "shortened"


def _facts(name: str, text: bytes) -> Facts | None:
    try:
        found = analyse(Source(name, text), (CommentDemand(ANY), ConstantDemand(ANY, every=True)), LIMITS)
    except (RecursionError, UnicodeEncodeError) as error:
        raise RejectedError from error
    return found if isinstance(found, Facts) else None


_TOKENS = (b"archlint: allow ", b"archlint:", b"allow", b" -- ", b" until 2027-01-31", b" #12", b"a, b", b"//", b"/* ", b" */", b"# ", b"<!-- ", b" -->", b"{/* ", b" */}", b"'''", b'"""', b"`", b"a", b"oversized-file", b"\n", b"\xe2\x80\x94")  # fmt: skip
TARGETS = (Target("comments", _comments, tokens=_TOKENS),)
