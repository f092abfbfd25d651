"""The words of a name, and names made of words, as ast-grep's ``convert`` has them."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Literal

StringCase = Literal[
    "lowerCase", "upperCase", "capitalize", "camelCase", "snakeCase", "kebabCase", "pascalCase"
]
Separator = Literal["caseChange", "dash", "dot", "slash", "space", "underscore"]

_MARKS = {"dash": "-", "dot": ".", "slash": "/", "space": " ", "underscore": "_"}
_JOINTS = {"snakeCase": "_", "kebabCase": "-"}


def cased(text: str, case: StringCase, separators: tuple[Separator, ...] | None) -> str:
    """The text in another case."""
    if case in ("lowerCase", "upperCase", "capitalize"):
        return {"lowerCase": text.lower(), "upperCase": text.upper(), "capitalize": _capitalised(text)}[case]
    words = words_of(text, separators)
    if case in _JOINTS:
        return _JOINTS[case].join(word.lower() for word in words)
    high = "".join(map(_capitalised, words[1:]))
    first = words[0] if words else ""
    return (first.lower() if case == "camelCase" else _capitalised(first)) + high


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def words_of(text: str, separators: tuple[Separator, ...] | None) -> tuple[str, ...]:
    """The words between separators; None for all of them."""
    chosen = tuple(_MARKS) if separators is None else separators
    marks = {_MARKS[each] for each in chosen if each in _MARKS}
    by_case = separators is None or "caseChange" in separators
    words: list[str] = []
    rest = ""
    for letter in text:
        if letter in marks:
            words.append(rest)
            rest = ""
        else:
            rest += letter
    return tuple(each for word in (*words, rest) for each in (_humps(word) if by_case else (word,)) if each)


class _State(Enum):
    LOW = auto()
    HIGH = auto()
    """Behind the first capital."""
    RUN = auto()
    """Behind several."""


def _humps(word: str) -> Iterator[str]:
    """``XMLHttp`` as XML and Http, ``aB`` as a and B. What has no case counts as a capital, but begins no word."""
    start, state = 0, _State.LOW
    for at, letter in enumerate(word):
        if state is _State.LOW and letter.isupper():
            yield word[start:at]
            start, state = at, _State.HIGH
        elif state is _State.RUN and letter.islower():
            yield word[start : at - 1]
            start, state = at - 1, _State.LOW
        elif letter.islower():
            state = _State.LOW
        else:
            state = _State.HIGH if state is _State.LOW else _State.RUN
    yield word[start:]
