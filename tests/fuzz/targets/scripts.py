"""TypeScript, TSX, JavaScript and Python, with Node and Python themselves as oracles."""

import ast
import re
import warnings

from archlint.facts import Facts, Link, Reference, Sink
from archlint.languages.specifiers import specifiers
from archlint.model import Span
from archlint.position import split_lines
from tests.fuzz.node import meaning
from tests.fuzz.reading import Reader
from tests.fuzz.target import Target
from tests.places import text_at

_QUOTED = re.compile(r"""(['"])((?:[^\\\r\n]|\\[^\r\n])*)\1\Z""", re.DOTALL)
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_IMPORTING = re.compile(r"\b(?:from|import|require)\s*\(?\s*(?:/\*[^*]*\*/\s*|//[^\n]*\n\s*)*\Z")
_MODULE_LINKS = (Link.VALUE, Link.TYPE, Link.DYNAMIC, Link.RE_EXPORT, Link.REQUIRE, Link.SIDE_EFFECT)
_TOKENS = (b"import ", b" from ", b"export ", b"default ", b"import(", b"require(", b"const ", b"let ", b"function ", b"class ", b"=> ", b"async ", b"await ", b"yield ", b"return ", b"if (", b"else ", b"switch (", b"case ", b"for (", b" of ", b"...", b"?.", b"??", b"||", b"&&", b"===", b"as const", b"satisfies T", b"type ", b"enum ", b"namespace ", b"declare ", b"interface ", b"<T,>", b"<A b='c' />", b"`${a}`", b"/re[/]/g", b"new URL(", b"Object.freeze(", b"process.env.", b"this.", b"#p", b"get ", b"static ", b"try {", b"} catch {", b"export * from ", b"module.exports = ", b"import.meta.glob(", b"// @ts-ignore", b"!", b"=")  # fmt: skip
_PYTHON = (b"def ", b"class ", b"import ", b"from ", b" as ", b"lambda ", b"return ", b"if ", b"elif ", b"else:", b"for ", b" in ", b"with ", b"match a:", b"case ", b"f'", b"b'", b"r'", b'"""', b"\n    ", b"\n\t", b"@", b":=", b"**", b"async ", b"await ", b"not ", b"global a", b"try:", b"except ", b"__all__ = ", b"if __name__ == '__main__':", b"# type: ignore")  # fmt: skip


def _is_script(text: str, found: Facts) -> None:
    """Texts mean what Node says, and no specifier is missed where they are looked for without parsing."""
    for each in found.occurrences:
        if each.sink is not Sink.ANYWHERE or each.is_number or each.span.line != each.span.end_line:
            continue
        line = split_lines(text)[each.span.line - 1].encode("utf-16-le", "surrogatepass")
        region = line[2 * (each.span.column - 2) : 2 * each.span.end_column] if each.span.column > 1 else b""
        literal = _QUOTED.match(region.decode("utf-16-le", "replace"))
        if literal and "\\" in literal[2]:
            meant = meaning(literal[0])
            assert (
                meant is None
                or meant.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") == each.value
            ), "node reads another text"
    known = specifiers(text.encode())
    for reference in found.references:
        if reference.link in _MODULE_LINKS and reference.target and _stands_alone(text, reference):
            assert reference.target in known, "a specifier is missed"


def _stands_alone(text: str, reference: Reference) -> bool:
    """Whether it is one literal behind a word that imports: no sum, no list, no other function's argument."""
    span = reference.span
    written = text_at(text.removeprefix("\ufeff"), span)
    before = text_at(text.removeprefix("\ufeff"), Span(1, 1, span.line, span.column))[:-1]
    is_one = written == reference.target or ("\\" in written and not re.search(r"['\"`]\s*\+", written))
    return is_one and _IMPORTING.search(before) is not None


def _is_python(text: str, found: Facts) -> None:
    """What Python refuses is a problem, and every text it knows is a constant."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.encode())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    docs, parts = set[int](), set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            docs.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            parts |= {id(each) for each in ast.walk(node)}
    expected = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and not _HALF_PAIR.search(node.value)
        and id(node) not in docs | parts
    }
    imported = sorted(name for node in ast.walk(tree) for name in _imported(node))
    told = sorted(each.target for each in found.references if each.link is not Link.DYNAMIC)
    assert told == imported, "Python imports something else"
    missed = expected - {each.value for each in found.occurrences}
    assert not missed, f"Python knows a text that is not found: {sorted(missed)[:3]}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return ["." * node.level + (node.module or "")] if isinstance(node, ast.ImportFrom) else []


def _script(name: str, path: str, seeds: str = "script") -> Target:
    return Target(name, Reader(path, _is_script, "// z"), seeds, _TOKENS)


TARGETS = (
    _script("typescript", "a.ts"),
    _script("tsx", "a.tsx", "tsx"),
    _script("javascript", "a.js"),
    Target("python", Reader("a.py", _is_python, "# z", reads_prefix=True), tokens=_PYTHON),
)
