"""When a command of a workflow is the one that a rule means. Compares words; resolves no scripts."""

import re
import shlex
from collections.abc import Callable, Sequence
from itertools import dropwhile

from archlint.scope import matches_name

Words = Sequence[str | None]

# Programs that run what follows them, and how many words they take first. The longer ones come first.
_WRAPPERS = (
    (("npm", "exec"), 0),
    (("pnpm", "exec"), 0),
    (("yarn", "exec"), 0),
    (("command",), 0),
    (("env",), 0),
    (("exec",), 0),
    (("npx",), 0),
    (("sudo",), 0),
    (("time",), 0),
    (("timeout",), 1),
)
_RUNNERS = frozenset({"bun", "npm", "pnpm", "yarn"})
_RUNNER_OPTIONS = frozenset({"-C", "-F", "-w", "--cwd", "--dir", "--filter", "--prefix", "--workspace"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=", re.ASCII)


def split(pattern: str) -> list[str]:
    """A command as a rule writes it, as words. Raises ``ValueError`` where quotes do not end."""
    return shlex.split(pattern)


def is_command(words: Words, pattern: Words) -> bool:
    """Whether ``words`` run the program that ``pattern`` names, with at least the arguments it asks for.

    Words are compared as globs and in order; an option with its value (``--mode auth``) may stand anywhere.
    """
    given, asked = _normal(words), _normal(pattern)
    if not given or not asked or not _same(asked[0], given[0]):
        return False
    options, others = _options(asked[1:])
    return all(_holds(given, option) for option in options) and _is_subsequence(others, given[1:])


def _normal(words: Words) -> list[str | None]:
    """Words without wrappers, ``run`` and ``--``; ``--mode=auth`` as two; paths without ``./``."""
    plain: list[str | None] = []
    for word in _without_run(_unwrapped(list(words))):
        option, equals, value = (word or "").partition("=")
        if equals and option.startswith("--"):
            plain.extend((option, value))
        elif word != "--":
            plain.append(word.removeprefix("./") if word else word)
    return plain


def _unwrapped(words: list[str | None]) -> list[str | None]:
    while True:
        words = _after(words, lambda word: _ASSIGNMENT.match(word) is not None)
        wrapper = next((wrap for wrap in _WRAPPERS if tuple(words[: len(wrap[0])]) == wrap[0]), None)
        if wrapper is None:
            return words
        words = _after(words[len(wrapper[0]) :], lambda word: word.startswith("-"))[wrapper[1] :]


def _after(words: list[str | None], skipped: Callable[[str], bool]) -> list[str | None]:
    return list(dropwhile(lambda word: word is not None and skipped(word), words))


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
