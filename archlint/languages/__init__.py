"""Every language archlint reads, in one list. A language's module is loaded when a file of it is read."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib import import_module

from archlint.extend import Family, Language
from archlint.facts import Demand, Facts
from archlint.source import Source

_Reader = Callable[[Source, tuple[Demand, ...]], Facts]


def _reader(module: str) -> _Reader:
    def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
        reader: _Reader = import_module(f"archlint.languages.{module}").read
        return reader(source, demands)

    return read


_PYTHON = frozenset({Family.COMMENTS, Family.CONSTANTS, Family.MEASURES, Family.TEXT, Family.REFERENCES})
_PAGES = frozenset({*_PYTHON, Family.PATTERNS, Family.CODE, Family.OBJECTS, Family.IMPORTS})
_MODULES = frozenset({*_PAGES, Family.EXPORTS})
_DOCUMENT = frozenset(
    {
        Family.COMMENTS,
        Family.CONSTANTS,
        Family.ENTRIES,
        Family.MEASURES,
        Family.OBJECTS,
        Family.TEXT,
    }
)
_WORKFLOWS = frozenset({*_DOCUMENT, Family.PATTERNS, Family.WORKFLOW})
_PACKAGES = frozenset({*_DOCUMENT, Family.PATTERNS, Family.EXPORTS, Family.SCRIPTS, Family.LICENCES})
_SCRIPTS = frozenset({Family.COMMENTS, Family.MEASURES, Family.TEXT, Family.SCRIPTS})
_SHELL = frozenset({*_SCRIPTS, Family.PATTERNS, Family.CONSTANTS})
_PLAIN = frozenset({Family.MEASURES, Family.TEXT})

LANGUAGES = (
    Language("typescript", (".ts", ".mts", ".cts"), (), _MODULES, _reader("typescript")),
    Language("tsx", (".tsx",), (), _MODULES, _reader("typescript")),
    Language("javascript", (".js", ".jsx", ".mjs", ".cjs"), (), _MODULES, _reader("typescript")),
    Language("python", (".py", ".pyi"), (), _PYTHON, _reader("python")),
    Language(
        "css", (".css", ".less", ".scss"), (), _PLAIN | {Family.COMMENTS, Family.REFERENCES}, _reader("css")
    ),
    Language("html", (".html", ".htm"), (), _PAGES, _reader("html")),
    Language("astro", (".astro",), (), _PAGES, _reader("astro")),
    Language("svelte", (".svelte",), (), _PAGES, _reader("svelte")),
    Language("vue", (".vue",), (), _PAGES, _reader("vue")),
    Language("yaml", (".yml", ".yaml"), (), _WORKFLOWS, _reader("yaml")),
    Language("json", (".json", ".jsonc"), (), _PACKAGES, _reader("json")),
    Language("toml", (".toml",), (), _DOCUMENT, _reader("toml")),
    Language("makefile", (".mk",), ("GNUmakefile", "Makefile", "makefile"), _SCRIPTS, _reader("makefile")),
    Language("shell", (".sh", ".bash"), (), _SHELL, _reader("sh")),
    Language(
        "dotenv",
        (".env",),
        (".env", ".env.*", ".dev.vars", ".dev.vars.*"),
        _DOCUMENT,
        _reader("dotenv"),
    ),
)
TEXT = Language("text", (), (), _PLAIN, _reader("text"))

_BY_SUFFIX = {suffix: language for language in LANGUAGES for suffix in language.suffixes}
_BY_FILENAME = {filename: language for language in LANGUAGES for filename in language.filenames}
_BY_GLOB = {glob: language for glob, language in _BY_FILENAME.items() if "*" in glob}


@lru_cache(maxsize=1 << 17)
def language_of(path: str) -> Language:
    """The language a file is read in, by its name alone; plain text where no other is known.

    Its whole name decides, then what it ends in, then the globs among the file names: ``.env.ts`` is TypeScript.
    """
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot > 0 else ""
    known = _BY_FILENAME.get(name) or _BY_SUFFIX.get(suffix)
    if known is not None:
        return known
    return next((language for glob, language in _BY_GLOB.items() if fnmatchcase(name, glob)), TEXT)
