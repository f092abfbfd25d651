"""Vue components: scripts, and a template whose directives and ``{{ … }}`` are code."""

import re

from msgspec.structs import replace

from archlint.facts import Demand, Facts
from archlint.languages.components.reading import facts
from archlint.languages.components.scan import Dialect, scan
from archlint.languages.components.scripts import around, bound, script
from archlint.languages.components.template import Plain
from archlint.languages.decoded import Decoded, Part, Region, verbatim
from archlint.languages.html_attributes import decoded
from archlint.source import Source

DIALECT = Dialect(hole=b"{{", is_in_blocks=True)
# https://vuejs.org/api/built-in-directives.html
_DIRECTIVE = re.compile(
    rb"(?:v-(?P<word>[a-z][a-z0-9-]*):?|(?P<sign>[:.@#]))(?P<argument>\[[^\]]*\]|[^.]*)(?:\.[^.]*)*"
)
_WORDS = {b":": b"bind", b".": b"bind", b"@": b"on", b"#": b"slot"}
_LOOP = re.compile(rb".*?\s(?:in|of)\s", re.DOTALL)
_FUNCTION = re.compile(r"\s*(?:async\s+)?function\b")
_HYPHEN = re.compile(r"-(\w)")


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    template = scan(source.data, DIALECT)
    scripts = [script(source.data, expression) for expression in template.expressions]
    directives = [plain for plain in template.attributes if _DIRECTIVE.fullmatch(_name(source.data, plain))]
    scripts += [_script(source.data, plain) for plain in directives]
    template = replace(template, hidden=(*template.hidden, *(plain.region for plain in directives)))
    return facts(source, template, [each for each in scripts if each], demands, _property)


def _script(data: bytes, directive: Plain) -> Decoded | None:
    match = _DIRECTIVE.fullmatch(data, *directive.name)
    assert match is not None
    word, argument = match["word"] or _WORDS[match["sign"]], match.span("argument")
    loop = _LOOP.match(data, *directive.value) if word == b"for" else None
    start, end = directive.value
    parts = [*decoded(data, (loop.end() if loop else start, end)).parts]
    code = "".join(part.text for part in parts)
    if not code.strip():
        return None
    if word == b"slot":
        return around("(", parts, ") => 0")
    if word == b"on" and match["argument"] and not _FUNCTION.match(code):
        return around("{", parts, "}")
    return bound(_property_part(data, argument) if word in (b"bind", b"model") else None, parts)


def _property_part(data: bytes, argument: Region) -> Part | None:
    part = verbatim(data, *argument)
    name = _property(part.text)
    if not name or name.startswith("["):
        return None
    return part if name == part.text else Part(name, *argument, verbatim=False)


def _property(attribute: str) -> str:
    """``subject-mode`` sets ``subjectMode``. What HTML calls ``data-…`` and ``aria-…`` stays as it is."""
    if attribute.startswith(("data-", "aria-")):
        return attribute
    return _HYPHEN.sub(lambda match: match[1].upper(), attribute)


def _name(data: bytes, plain: Plain) -> bytes:
    return data[slice(*plain.name)]
