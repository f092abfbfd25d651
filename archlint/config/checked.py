"""How reading speaks: it yields each mistake it meets, and returns what it could make of the rest."""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

from archlint.errors import ConfigError, Mistake

T = TypeVar("T")
Checked: TypeAlias = Generator[Mistake, None, T]
MOST_MISTAKES = 200


def settle(checked: Checked[T]) -> T:
    """What ``checked`` returns, if it yields no mistake. Raises ``ConfigError`` with all of them otherwise.

    After 200 nothing more is looked for: a hostile file can hold as many as it has bytes.
    """
    mistakes: list[Mistake] = []
    while len(mistakes) < MOST_MISTAKES:
        try:
            mistakes.append(next(checked))
        except StopIteration as end:
            if mistakes:
                raise ConfigError(tuple(_in_order(mistakes))) from None
            value: T = end.value  # typeshed: what a generator returns is Any here
            return value
    raise ConfigError((*_in_order(mistakes), Mistake(f"only the first {MOST_MISTAKES} mistakes are shown")))


def _in_order(mistakes: list[Mistake]) -> list[Mistake]:
    """By file and place; those that have none first."""

    def place(mistake: Mistake) -> tuple[str, int, int]:
        origin = mistake.origin
        return (origin.path, origin.line, origin.column) if origin else ("", 0, 0)

    return sorted(mistakes, key=place)
