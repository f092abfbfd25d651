"""The languages that patterns are written in: their names, how metavariables are spelled, where their code stands."""

import re
from collections.abc import Callable, Iterator

import msgspec

from archlint.patterns.variables import spelled

_PAGES = (".html", ".htm", ".astro", ".svelte", ".vue")
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<variable>\${1,3}[A-Z0-9_]*)|[{}\[\],:]|\s+|.', re.DOTALL)
# Marks a text as a metavariable that stands where the grammar expects a string. A character no source text holds.
_MARK = "\ue000"
_QUOTED = re.compile(rf"[\"']{_MARK}(\${{1,3}}[A-Z0-9_]*)[\"'](?::0)?")
_MODULE = re.compile(r"(?<=\bfrom )\s*(\$[A-Z_][A-Z0-9_]*)(?=\s*;?\s*$)", re.MULTILINE)


class Dialect(msgspec.Struct, frozen=True):
    """How patterns of one grammar are read."""

    grammar: str
    aliases: tuple[str, ...]
    suffixes: tuple[str, ...]
    """Of the files that may hold such code, whole or in part."""
    sigil: str = "$"
    """What the grammar takes for a letter and stands for ``$``."""
    encode: Callable[[str], str] | None = None
    """The pattern with its metavariables as the grammar can read them; None where the sigil is enough."""

    def written(self, pattern: str) -> str:
        """The pattern as the grammar can read it."""
        return self.encode(pattern) if self.encode else spelled(pattern, self.sigil)

    def plain(self, text: str) -> str:
        """A node's text in a pattern, a metavariable without what ``written`` put around it."""
        quoted = _QUOTED.fullmatch(text) if _MARK in text else None
        return quoted[1] if quoted else text


def _script(pattern: str) -> str:
    """``from $MODULE`` stands for any module, as ast-grep has it; to the grammar what follows is a string."""
    return _MODULE.sub(rf"'{_MARK}\1'", pattern)


def _json(pattern: str) -> str:
    return "".join(_json_parts(pattern))


def _json_parts(pattern: str) -> Iterator[str]:
    """A metavariable is a string for the grammar, and one in place of a whole pair a pair."""
    tokens = [token for token in _JSON_TOKEN.finditer(pattern) if not token[0].isspace()]
    brackets: list[str] = []
    is_key = False
    for index, token in enumerate(tokens):
        if token["variable"]:
            follows = tokens[index + 1][0] if index + 1 < len(tokens) else ""
            quoted = f'"{_MARK}{token[0]}"'
            yield f"{quoted}:0" if is_key and follows != ":" else quoted
        else:
            yield token[0]
        if token[0] in ("{", "["):
            brackets.append(token[0])
        elif token[0] in ("}", "]") and brackets:
            brackets.pop()
        if token[0] in ("{", "[", "}", "]", ",", ":"):
            is_key = brackets[-1:] == ["{"] and token[0] in ("{", ",")


DIALECTS = (
    Dialect("typescript", ("ts",), (".ts", ".mts", ".cts", *_PAGES), encode=_script),
    Dialect("tsx", (), (".tsx", *_PAGES), encode=_script),
    Dialect("javascript", ("js", "jsx"), (".js", ".jsx", ".mjs", ".cjs", *_PAGES), encode=_script),
    Dialect("html", (), (".html", ".htm"), sigil="z"),
    Dialect("yaml", ("yml",), (".yml", ".yaml")),
    Dialect("json", (), (".json", ".jsonc", ".html", ".htm"), encode=_json),
    Dialect("bash", ("sh", "shell"), (".sh", ".bash")),
)
SCRIPTS = ("typescript", "tsx", "javascript")
"""What a rule means that names no language."""
WITHOUT_GRAMMAR = ("css", "python", "py", "toml")
"""What archlint reads in other ways, or not at all."""

_BY_NAME = {name: dialect for dialect in DIALECTS for name in (dialect.grammar, *dialect.aliases)}
LANGUAGE_NAMES = tuple(_BY_NAME)


def dialect_of(name: str) -> Dialect | None:
    """The dialect of a language by any of its names, in any case."""
    return _BY_NAME.get(name.lower())


def grammars_of(language: str | None) -> tuple[str, ...]:
    """The grammars that a rule's patterns are read in; none for a language that is unknown."""
    if language is None:
        return SCRIPTS
    dialect = dialect_of(language)
    return (dialect.grammar,) if dialect else ()


def may_hold(path: str, grammars: tuple[str, ...]) -> bool:
    """Whether code of one of the grammars may stand in a file of that name."""
    suffix = path[path.rfind(".") :].lower()
    return any(suffix in _BY_NAME[grammar].suffixes for grammar in grammars)
