"""Every language archlint reads, in one list. A language's module is loaded when a file of it is read."""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath

from archlint.extend import Family, Language
from archlint.facts import Demand, Facts
from archlint.source import Source

_Reader = Callable[[Source, tuple[Demand, ...]], Facts]


def _reader(module: str) -> _Reader:
    def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
        reader: _Reader = import_module(f"archlint.languages.{module}").read
        return reader(source, demands)

    return read


_CODE = frozenset({Family.CONSTANTS, Family.MEASURES, Family.TEXT})
_DOCUMENT = frozenset({Family.CONSTANTS, Family.ENTRIES, Family.MEASURES, Family.TEXT})
_WORKFLOWS = frozenset({*_DOCUMENT, Family.WORKFLOW})
_PLAIN = frozenset({Family.MEASURES, Family.TEXT})

LANGUAGES = (
    Language("typescript", (".ts", ".mts", ".cts"), (), _CODE, _reader("typescript")),
    Language("tsx", (".tsx",), (), _CODE, _reader("typescript")),
    Language("javascript", (".js", ".jsx", ".mjs", ".cjs"), (), _CODE, _reader("typescript")),
    Language("html", (".html", ".htm"), (), _CODE, _reader("html")),
    Language("yaml", (".yml", ".yaml"), (), _WORKFLOWS, _reader("yaml")),
    Language("json", (".json", ".jsonc"), (), _DOCUMENT, _reader("json")),
    Language("toml", (".toml",), (), _DOCUMENT, _reader("toml")),
)
TEXT = Language("text", (), (), _PLAIN, _reader("text"))

_BY_SUFFIX = {suffix: language for language in LANGUAGES for suffix in language.suffixes}
_BY_FILENAME = {filename: language for language in LANGUAGES for filename in language.filenames}


def language_of(path: str) -> Language:
    """The language a file is read in, by its name alone; plain text where no other is known."""
    name = PurePosixPath(path)
    return _BY_FILENAME.get(name.name) or _BY_SUFFIX.get(name.suffix.lower(), TEXT)
