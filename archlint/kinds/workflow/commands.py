"""When a command of a workflow is the one that a rule means. Compares words."""

import shlex
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archlint.project.execution import Execution
from archlint.project.words import unwrapped
from archlint.scope import matches_name

Words = Sequence[str | None]

_RUNNERS = frozenset({"bun", "npm", "pnpm", "yarn"})
_RUNNER_OPTIONS = frozenset({"-C", "-F", "-w", "--cwd", "--dir", "--filter", "--prefix", "--workspace"})


def split(pattern: str) -> list[str]:
    """A command as a rule writes it, as words. Raises ``ValueError`` where quotes do not end."""
    return list(_split(pattern))


@lru_cache(maxsize=1024)
def _split(pattern: str) -> tuple[str, ...]:
    return tuple(shlex.split(pattern))


def is_command(words: Words, pattern: Words) -> bool:
    """Whether ``words`` run the program that ``pattern`` names, with at least the arguments it asks for.

    Words are compared as globs and in order; an option with its value (``--mode auth``) may stand anywhere.
    """
    given, asked = _normal(words), _normal(pattern)
    if not given or not asked or not _same(asked[0], given[0]):
        return False
    options, others = _options(asked[1:])
    return all(_holds(given, option) for option in options) and _is_subsequence(others, given[1:])


def has_more(words: Words, pattern: Words) -> bool:
    """Whether ``words``, which run the program that ``pattern`` names, give it more than that asks for."""
    return len(_normal(words)) > len(_normal(pattern))


def _normal(words: Words) -> list[str | None]:
    """Words without wrappers, ``run`` and ``--``; ``--mode=auth`` as two; paths without ``./``."""
    plain: list[str | None] = []
    for word in _without_run(unwrapped(words)):
        option, equals, value = (word or "").partition("=")
        if equals and option.startswith("--"):
            plain.extend((option, value))
        elif word != "--":
            plain.append(word.removeprefix("./") if word else word)
    return plain


def _without_run(words: list[str | None]) -> list[str | None]:
    """``pnpm -C app run build`` as ``pnpm -C app build``."""
    if not words or words[0] not in _RUNNERS:
        return words
    at = 1
    while at < len(words) and (words[at] or "").startswith("-"):
        at += 2 if words[at] in _RUNNER_OPTIONS else 1
    return [*words[:at], *words[at + 1 :]] if words[at : at + 1] in (["run"], ["run-script"]) else words


def _options(words: list[str | None]) -> tuple[list[list[str | None]], list[str | None]]:
    """The options among words, each with the word after it as its value, and the rest."""
    options: list[list[str | None]] = []
    others: list[str | None] = []
    takes_value = False
    for word in words:
        is_option = (word or "").startswith("-")
        if is_option:
            options.append([word])
        elif takes_value:
            options[-1].append(word)
        else:
            others.append(word)
        takes_value = is_option
    return options, others


def _holds(given: list[str | None], option: list[str | None]) -> bool:
    return any(
        all(map(_same, option, given[start : start + len(option)]))
        for start in range(1, len(given) - len(option) + 1)
    )


def _is_subsequence(asked: list[str | None], given: list[str | None]) -> bool:
    rest = iter(given)
    return all(any(_same(word, other) for other in rest) for word in asked)


def _same(asked: str | None, given: str | None) -> bool:
    if asked is None or given is None:
        return False
    return matches_name(asked, given) or (asked.startswith("**/") and matches_name(asked[3:], given))


def is_any(execution: Execution, commands: Sequence[str]) -> bool:
    """Whether what is executed is one of these commands, as it is written or from the root."""
    return any(True for _ in _pairs(execution, commands))


def is_exactly(execution: Execution, commands: Sequence[str]) -> bool:
    """Whether what is executed, or what led to it, is one of these commands without more arguments."""
    return any(not has_more(*pair) for link in execution.way for pair in _pairs(link, commands))


def _pairs(execution: Execution, commands: Sequence[str]) -> Iterator[tuple[Words, Words]]:
    """What is executed with each of the commands that it is."""
    versions = dict.fromkeys((execution.words, execution.rooted)) if execution.words else {}
    patterns = [split(command) for command in commands] if versions else []
    return ((words, pattern) for words in versions for pattern in patterns if is_command(words, pattern))
