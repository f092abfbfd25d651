"""Changes to files: places, edits that meet, and constants that are rewritten."""

from collections.abc import Iterable

from archlint.edits import Edit, applied, region
from archlint.facts import ConstantDemand, Facts, Occurrence, Sink
from archlint.position import LineIndex
from archlint.source import Source
from archlint.workers.analyse import analyse
from tests.fuzz.demands import ANY
from tests.fuzz.reading import LIMITS
from tests.fuzz.target import RejectedError, Target, parts, two


def _edits(data: bytes) -> Iterable[str]:
    """Lines ``start end text``, and after ``===`` the bytes to be changed."""
    head, text = two(data)
    edits = [edit for line in head.split(b"\n") if (edit := _edit(line, len(text)))]
    done = applied(text, edits)
    assert done == applied(text, reversed(edits)), "the order counts"
    assert done == _slowly(text, edits), "bytes are lost or made twice"
    lines = LineIndex(text)
    for edit in edits:
        start, end = (_boundary(text, at) for at in (edit.start, edit.end))
        if start <= end and not _splits_line_end(text, start, end):
            assert region(text, lines.span(start, end)) == (start, end), "a place means other bytes"
    return (f"{min(len(edits), 4)} {len(done) > len(text)} {text.isascii()} {len(lines) > 1}",)


def _edit(line: bytes, size: int) -> Edit | None:
    start, _, rest = line.partition(b" ")
    end, _, text = rest.partition(b" ")
    if not (start.isdigit() and end.isdigit() and len(start) < 9 and len(end) < 9):
        return None
    first, last = sorted((int(start) % (size + 1), int(end) % (size + 1)))
    return Edit(first, last, text)


def _slowly(text: bytes, edits: Iterable[Edit]) -> bytes:
    """Each edit that begins where nothing was changed yet, the first first."""
    pieces, done = b"", 0
    for start, end, new in sorted({(each.start, each.end, each.text) for each in edits}):
        if start >= done:
            pieces, done = pieces + text[done:start] + new, end
    return pieces + text[done:]


def _boundary(text: bytes, at: int) -> int:
    """Where the character that holds a byte begins."""
    while at and at < len(text) and text[at] & 0xC0 == 0x80:
        at -= 1
    return max(at, 3 if text.startswith(b"\xef\xbb\xbf") else 0)


def _splits_line_end(text: bytes, *places: int) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return any(text[at - 1 : at + 1] == b"\r\n" for at in places)


def _rewritten(data: bytes) -> Iterable[str]:
    """A constant that is rewritten where it stands is the new one, and nothing else changes."""
    for name, text in parts(data):
        found = _constants(name, text)
        for number, each in enumerate(found):
            if (
                each.sink is Sink.ANYWHERE
                and each.value
                and not each.is_number
                and each.span.line == each.span.end_line
            ):
                edit = Edit(*region(text, each.span), b"zz")
                after = [one.value for one in _constants(name, applied(text, [edit]))]
                assert "zz" in after, f"rewritten, it is no constant: {each.value[:30]!r}"
                yield f"{name} {number > 3}"
                break


def _constants(name: str, text: bytes) -> tuple[Occurrence, ...]:
    try:
        found = analyse(Source(name, text), (ConstantDemand(ANY, every=True),), LIMITS)
    except (RecursionError, UnicodeEncodeError) as error:
        raise RejectedError from error
    if not isinstance(found, Facts) or found.problems:
        raise RejectedError
    return found.occurrences


TARGETS = (
    Target("edits", _edits, tokens=(b"0 ", b"1 ", b"10 20 ", b"\n===\n", b"\n", b"\r\n")),
    Target(
        "rewriting",
        _rewritten,
        tokens=(b"'", b'"', b"`", b"\\n", b"+", b"=== a.ts\n", b"=== a.py\n", b"=== a.yml\n"),
    ),
)
