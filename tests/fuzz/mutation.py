"""Makes inputs of others. Each change is a small function of a source of chance and the bytes."""

import re
from collections.abc import Callable, Sequence
from random import Random

LARGEST = 6_000
_WORD = re.compile(rb"[A-Za-z_@$.][\w$.@/-]*|[0-9][\w.]*|[^\w\s]{1,3}|\s+")
# What line ends, encodings and counting of columns stumble over, whatever the language.
_ANYWHERE = (
    b"\n", b"\r\n", b"\r", b"\t", b" ", b"    ", b"\x0b", b"\x0c", b"\0", b"\x1b", b"\x7f", b"\x85", b"\xff",
    "é".encode(), "😀".encode(), "\u2028".encode(), "\u00a0".encode(), "\ufeff".encode(), b"\xc2\x85", b"\\", b"\\\n",
    b"\\u0061", b"\\x61", b"\\u{61}", b"\\ud83d\\ude00", b"\\ud800", b"'", b'"', b"`", b"${", b"${{ a }}", b"}", b"{", b"(",
    b")", b"[", b"]", b"<", b">", b",", b";", b":", b"=", b"#", b"//", b"/*", b"*/", b"<!--", b"-->", b"&amp;", b"&#97;", b"*", b"?",
    b"!", b"&", b"|", b"-", b"0", b"1e400", b"99999999999999999999", b"-1", b"../", b"/", b"__proto__", b"constructor", b"archlint: allow a -- b",
)  # fmt: skip
_PAIRS = ((b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b"'", b"'"), (b'"', b'"'), (b"`", b"`"), (b"${", b"}"), (b"$(", b")"), (b"/*", b"*/"), (b"<a>", b"</a>"))  # fmt: skip


def words(seeds: Sequence[bytes]) -> tuple[bytes, ...]:
    """The words that stand in seeds, each once."""
    return tuple(dict.fromkeys(word for seed in seeds for word in _WORD.findall(seed)))


def mutated(chance: Random, pool: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """One of the pool with up to eight changes, most often one or two."""
    data = chance.choice(pool)
    for _ in range(min(8, 1 + _few(chance, 1.4))):
        change = chance.choice(_CHANGES)
        data = change(chance, data, pool if change is _spliced else tokens)[:LARGEST]
    return data


def _few(chance: Random, mean: float) -> int:
    return int(min(chance.expovariate(1 / mean), LARGEST))  # it may be infinite where hypothesis draws it


def _region(chance: Random, data: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + _few(chance, 10))


def _word_region(chance: Random, data: bytes) -> tuple[int, int]:
    found = [*_WORD.finditer(data)]
    return chance.choice(found).span() if found else (0, 0)


def _inserted(chance: Random, data: bytes, tokens: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + _token(chance, tokens) + data[at:]


def _put_between(chance: Random, data: bytes, tokens: Sequence[bytes]) -> bytes:
    at = _word_region(chance, data)[chance.randint(0, 1)]
    return data[:at] + _token(chance, tokens) + data[at:]


def _exchanged(chance: Random, data: bytes, tokens: Sequence[bytes]) -> bytes:
    start, end = _word_region(chance, data)
    return data[:start] + _token(chance, tokens) + data[end:]


def _token(chance: Random, tokens: Sequence[bytes]) -> bytes:
    return chance.choice(_ANYWHERE if chance.random() < 0.3 or not tokens else tokens)


def _without(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    start, end = chance.choice((_region, _word_region))(chance, data)
    return data[:start] + data[end:]


def _repeated(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    start, end = chance.choice((_region, _word_region))(chance, data)
    return data[:start] + data[start:end] * chance.choice((2, 2, 3, 40)) + data[end:]


def _moved(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    start, end = chance.choice((_region, _word_region))(chance, data)
    rest, at = data[:start] + data[end:], chance.randint(0, len(data))
    return rest[:at] + data[start:end] + rest[at:]


def _wrapped(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    start, end = chance.choice((_region, _word_region))(chance, data)
    before, after = chance.choice(_PAIRS)
    times = chance.choice((1, 1, 1, 2, 30))
    return data[:start] + before * times + data[start:end] + after * times + data[end:]


def _by_lines(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.4:
        lines[first], lines[second] = lines[second], lines[first]
    elif chance.random() < 0.5:
        lines.insert(first, lines[second])
    else:
        del lines[first]
    return b"".join(lines)


def _spliced(chance: Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    other = chance.choice(pool)
    at, start = chance.randint(0, len(data)), chance.randint(0, len(other))
    return data[:at] + other[start : start + _few(chance, 100)] + data[at:]


def _with_other_ends(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b" \n")), chance.choice((1, 3, -1)))


def _cut(chance: Random, data: bytes, _tokens: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] if chance.random() < 0.7 else data[at:]


_CHANGES: tuple[Callable[[Random, bytes, Sequence[bytes]], bytes], ...] = (
    _inserted, _put_between, _put_between, _exchanged, _exchanged, _exchanged, _without, _without, _repeated, _moved,
    _wrapped, _by_lines, _by_lines, _spliced, _with_other_ends, _cut,
)  # fmt: skip
