"""The words a name is made of, so that ``ackRetryMs``, ``ACK_RETRY_MS`` and ``retryMs`` can be compared."""

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Words for what only holds other things, and so says nothing of them.
_HOLDERS = frozenset(
    [
        "arg",
        "config",
        "constant",
        "default",
        "env",
        "init",
        "object",
        "option",
        "opt",
        "param",
        "prop",
        "setting",
    ]
)
# Words that say how much or in what unit, and so do not tell two names apart.
_WEAK = frozenset(
    [
        "count",
        "delay",
        "duration",
        "interval",
        "limit",
        "max",
        "min",
        "ms",
        "msec",
        "number",
        "period",
        "s",
        "sec",
        "second",
        "total",
        "value",
        "wait",
    ]
)


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, lower case and singular."""
    return frozenset(_singular(word.lower()) for word in _WORD.findall(name))


def strong_words(name: str) -> frozenset[str]:
    """The words of a name that tell what it is about."""
    return name_words(name) - _WEAK


def own_words(key: str) -> frozenset[str]:
    """The words of a key's last segment; before ``interval_ms``, which tells nothing alone, those of its holder too."""
    words: frozenset[str] = frozenset()
    for segment in reversed(key.split(".")):
        words |= name_words(segment)
        if strong_words(segment):
            break
    return words


def telling_words(owner: str) -> frozenset[str]:
    """The words of a holder's name that tell what its members are about."""
    return strong_words(owner) - _HOLDERS


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 -- "ties" and shorter are not plurals in -y
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word  # noqa: PLR2004
