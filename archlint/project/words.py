"""Words of commands: what wraps a program, and what names in them become once values are known."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import dropwhile

from archlint.pipelines import Command

Words = tuple[str | None, ...]
Context = Mapping[str, str | None]
"""What names stand for: ``env.MODE``, ``matrix.app``, ``inputs.mode``; None for what only the run time knows."""

ROOT = "//"
"""How a filled word begins that names a place in the repository from its root."""

# Programs that run what follows them, and how many words they take first. The longer ones come first.
_WRAPPERS = (
    (("npm", "exec"), 0),
    (("npm", "x"), 0),
    (("pnpm", "dlx"), 0),
    (("pnpm", "exec"), 0),
    (("yarn", "dlx"), 0),
    (("yarn", "exec"), 0),
    (("bunx",), 0),
    (("command",), 0),
    (("corepack",), 0),
    (("cross-env",), 0),
    (("env",), 0),
    (("exec",), 0),
    (("nice",), 0),
    (("nohup",), 0),
    (("npx",), 0),
    (("sudo",), 0),
    (("time",), 0),
    (("timeout",), 1),
    (("xvfb-run",), 0),
)
# Programs that run what stands after their `--`.
_UNTIL_DASHES = frozenset(
    {"aws-vault", "chamber", "doppler", "dotenv", "dotenvx", "env-cmd", "infisical", "op", "with-env"}
)
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.ASCII | re.DOTALL)
_OPERAND = re.compile(r"\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w.-]*)|(-?\d+(?:\.\d+)?))\s*")
_SPACE = re.compile(r"\s+")
_LONGEST = 10_000


def unwrapped(words: Sequence[str | None]) -> list[str | None]:
    """The words of the program that ``npx``, ``timeout 10m``, ``env A=b`` and the like run."""
    plain = list(words)
    while True:
        plain = _after(plain, lambda word: _ASSIGNMENT.match(word) is not None)
        if plain[:1] and plain[0] in _UNTIL_DASHES and "--" in plain:
            plain = plain[plain.index("--") + 1 :]
            continue
        wrapper = next((wrap for wrap in _WRAPPERS if tuple(plain[: len(wrap[0])]) == wrap[0]), None)
        if wrapper is None:
            return [_program(plain[0]), *plain[1:]] if plain else plain
        plain = _after(plain[len(wrapper[0]) :], lambda word: word.startswith("-") and word != "--")
        plain = plain[wrapper[1] + (plain[:1] == ["--"]) :]


def _program(word: str | None) -> str | None:
    """A program by its name alone: without the version that ``npx`` is asked for, or where packages keep programs."""
    if word is None:
        return None
    name = word.rpartition("node_modules/.bin/")[2]
    return name[:1] + name[1:].partition("@")[0] if "/" not in name else name


def _after(words: list[str | None], skipped: Callable[[str], bool]) -> list[str | None]:
    return list(dropwhile(lambda word: word is not None and skipped(word), words))


def assigned(command: Command, words: Words) -> dict[str, str | None]:
    """The variables that a command sets for what it runs: its prefixes, and those of ``env`` and ``cross-env``."""
    given = [match for word in words if word and (match := _ASSIGNMENT.fullmatch(word))]
    return {**dict(command.assigned), **{match[1]: match[2] for match in given}}


def words_of(command: Command, context: Context) -> Words:
    """The words of a command with what is known filled in; what no quotes hold together is split."""
    templates = {index: (text, splits) for index, text, splits in command.templates}
    found: list[str | None] = []
    for index, word in enumerate(command.words):
        text, splits = templates.get(index, (word, False))
        known = filled(text, context) if text is not None and word is None else word
        found.extend(known.split() if splits and known is not None else [known])
    return tuple(found)


def filled(text: str, context: Context) -> str | None:
    """A text with each ``${{ … }}`` replaced by what it stands for; None if one is not known."""
    first, *rest = text.split("${{")
    parts = [first]
    for piece in rest:
        expression, ends, after = piece.partition("}}")
        known = _value(expression, context) if ends else None
        if known is None:
            return None
        parts += [known, after]
    joined = "".join(parts)
    return joined if len(joined) <= _LONGEST else None


def _value(expression: str, context: Context) -> str | None:
    """What ``a``, ``'text'`` or ``a || b`` is. A variable that nobody sets leaves the word to the next operand."""
    operands = expression.split("||")
    for operand in operands:
        match = _OPERAND.fullmatch(operand)
        if match is None:
            return None
        name = match[2]
        if name is None:
            return match[1].replace("''", "'") if match[1] is not None else match[3]
        known = context.get(name)
        is_unset = name not in context and name.startswith(("env.", "make.")) and len(operands) > 1
        if known is None and not is_unset:
            return {"true": "true", "false": "false"}.get(name)
        if known:
            return known
    return "" if len(operands) == 1 else None


def told(words: Words) -> str:
    """A command as it is told; ``…`` for what only the run time knows."""
    return _SPACE.sub(
        " ", " ".join("…" if word is None else word.replace(ROOT, "") for word in words)
    ).strip()
