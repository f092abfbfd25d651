"""Every way in which a script may point at a file, found in its bytes. Which of them are code is the tree's to say."""

import re
from collections.abc import Callable, Iterator

import msgspec

from archlint.facts import Link
from archlint.languages.decoded import Region
from archlint.languages.ecmascript.references.lexical import after, form, specifiers, texts_in
from archlint.regexes import finder

DIRECTIVE = "///"
MEMBER = "."
_ALL = ("*",)
_Match = re.Match[bytes]


class Form(msgspec.Struct, frozen=True):
    """A place where a script may point at a file."""

    start: int
    """Where its first word begins."""
    end: int
    target: Region
    """The literals, with their quotes."""
    link: Link
    names: tuple[str, ...] = ()
    is_type: bool = False
    is_statement: bool = False
    """Whether it can only stand at the top of a module, where it always runs."""
    word: str = ""
    """What a script may declare itself, and what then means nothing here; or ``DIRECTIVE`` or ``MEMBER``."""


# In capitals: the parts that lexical.py names. A blank: what may stand between two tokens.
_CLAUSE = r"(?:(?P<default>NAME)(?: , |(?= from(?![\w$])))|(?=[*{]))(?:(?P<all>\* as NAME)|NAMES)?"
_IMPORT = form(
    "import",
    r"(?P<alone>TEXT)",
    rf"(?:(?P<phase>type|typeof|defer|source)(?![\w$]) )?{_CLAUSE} from (?P<from>TEXT)",
    r"(?:(?P<equals_type>type)(?![\w$]) )?NAME = require \( (?P<equals>TEXT) \)",
    r"(?:\. (?:defer|source) )?\( (?P<loaded>SUM) [,)]",
    r"\. meta \. resolve (?:\?\. )?\( (?P<resolved>SUM) [,)]",
    r"\. meta \. glob(?:Eager)? TYPES \( (?:(?P<glob>TEXT)|LIST) [,)]",
)
_EXPORT = form(
    "export",
    r"(?:(?P<phase>type)(?![\w$]) )?(?:(?P<all>\*(?: as (?:NAME|TEXT))?)|NAMES) from (?P<from>TEXT)",
)
_REQUIRE = form(
    "require", r"(?:\?\. )?TYPES \( (?:(?P<loaded>SUM)|LIST) [,)]", r"\. resolve \( (?P<resolved>SUM) [,)]"
)
_DEFINE = form("define", r"\( (?:TEXT , )?LIST [,)]")
_OF_WINDOW = r"(?:(?:window|self|globalThis) \. )?"
_HERE = r" , import \. meta \. url(?![\w$])"
_NEW = form(
    "new",
    rf"{_OF_WINDOW}(?:Shared)?Worker \( new {_OF_WINDOW}URL \( (?P<script>SUM){_HERE}",
    rf"{_OF_WINDOW}(?:Shared)?Worker \( (?P<address>SUM) [,)]",
    rf"{_OF_WINDOW}URL \( (?P<asset>SUM){_HERE}",
)
_REGISTER = form("serviceWorker", r"\??\. register (?:\?\. )?\( (?P<address>SUM) [,)]")
_SCRIPTS = form("importScripts", r"\( (?P<list>(?:TEXT ,? )+)\)")
# https://jestjs.io/docs/jest-object, https://vitest.dev/api/vi.html
_MOCK = after(
    r"(?<=\.)(?:(?:unstable_)?(?:do|dont|un|doUn|set)?[mM]ock(?:Module)?|unstable_unmockModule|deepUnmock"
    r"|(?:import|require)(?:Actual|Mock)|createMockFromModule)(?![\w$])",
    r" TYPES \( (?P<module>TEXT) [,)]",
)
# https://www.typescriptlang.org/docs/handbook/triple-slash-directives.html
_DIRECTIVE = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*(?P<start>///)[ \t]*<reference[ \t]+(?:(?P<path>path)|types)[ \t]*=[ \t]*"
    rb"(?P<quoted>\"[^\"\n]*+\"|'[^'\n]*+')",
    re.MULTILINE,
)


def forms(data: bytes, region: Region) -> list[Form]:
    """The forms in a stretch of a script, in order. They may overlap, since each word may be no code."""
    found: list[Form] = []
    for groups, pattern, read in _READERS if _may_be_rare(data) else _USUAL:
        if any(all(data.find(needle, *region) >= 0 for needle in group) for group in groups):
            for match in pattern.finditer(data, *region):
                found.extend(read(match))
    return sorted(found, key=lambda each: (each.start, each.target)) if len(found) > 1 else found


def _place(match: _Match) -> Region:
    return match.start(), match.end("rest")


def _of_import(match: _Match) -> Iterator[Form]:
    if match["from"]:
        is_type = match["phase"] in (b"type", b"typeof")
        yield _statement(match, Link.VALUE, is_type=is_type)
    elif match["alone"]:
        yield Form(*_place(match), match.span("alone"), Link.SIDE_EFFECT, is_statement=True)
    elif match["equals"]:
        is_type = match["equals_type"] is not None
        yield Form(*_place(match), match.span("equals"), Link.REQUIRE, _ALL, is_type, is_statement=True)
    elif match["loaded"]:
        yield Form(*_place(match), match.span("loaded"), Link.DYNAMIC, _ALL)
    elif match["resolved"]:
        yield Form(*_place(match), match.span("resolved"), Link.DYNAMIC)
    else:
        globs = (match.span("glob"),) if match["glob"] else texts_in(match.string, match.span("list"))
        for glob in globs:
            if match.string[glob[0] + 1 : glob[0] + 2] != b"!":
                yield Form(*_place(match), glob, Link.GLOB, _ALL)


def _of_export(match: _Match) -> Iterator[Form]:
    yield _statement(match, Link.RE_EXPORT, is_type=match["phase"] is not None)


def _statement(match: _Match, link: Link, *, is_type: bool) -> Form:
    named = tuple(specifiers(match["names"])) if match["names"] else ()
    names = ["default"] if match.re is _IMPORT and match["default"] else []
    names += [*(["*"] if match["all"] else []), *(name for name, _ in named)]
    only_types = len(named) == len(names) > 0 and all(is_type for _, is_type in named)
    if link is Link.VALUE and not names:
        link = Link.SIDE_EFFECT
    return Form(
        *_place(match), match.span("from"), link, tuple(names), is_type or only_types, is_statement=True
    )


def _of_require(match: _Match) -> Iterator[Form]:
    if match["loaded"]:
        yield Form(*_place(match), match.span("loaded"), Link.REQUIRE, _ALL, word="require")
    elif match["resolved"]:
        yield Form(*_place(match), match.span("resolved"), Link.REQUIRE, word="require")
    else:
        yield from _of_list(match)


def _of_list(match: _Match) -> Iterator[Form]:
    # https://github.com/amdjs/amdjs-api/blob/master/AMD.md: three names are what the loader itself hands over.
    for text in texts_in(match.string, match.span("list")):
        if match.string[text[0] + 1 : text[1] - 1] not in (b"require", b"exports", b"module"):
            word = "define" if match.re is _DEFINE else "require"
            yield Form(*_place(match), text, Link.REQUIRE, _ALL, word=word)


def _of_address(match: _Match) -> Iterator[Form]:
    groups = match.groupdict()
    name = next(name for name in ("script", "address", "asset") if groups.get(name))
    link = Link.ASSET if name == "asset" else Link.SCRIPT
    yield Form(*_place(match), match.span(name), link, word=MEMBER if match.re is _REGISTER else "")


def _of_scripts(match: _Match) -> Iterator[Form]:
    for text in texts_in(match.string, match.span("list")):
        yield Form(*_place(match), text, Link.SCRIPT, word="importScripts")


def _of_mock(match: _Match) -> Iterator[Form]:
    yield Form(*_place(match), match.span("module"), Link.REQUIRE, _ALL, word=MEMBER)


def _of_directive(match: _Match) -> Iterator[Form]:
    # A path is relative without saying so, as the address of a script is; `types` names a module.
    link = Link.SCRIPT if match["path"] else Link.TYPE
    yield Form(match.start("start"), match.end(), match.span("quoted"), link, is_type=True, word=DIRECTIVE)


_Reader = tuple[tuple[tuple[bytes, ...], ...], re.Pattern[bytes], Callable[[_Match], Iterator[Form]]]
# Each with the texts without which there is none: all of one of the groups.
_USUAL: tuple[_Reader, ...] = (
    (((b"import",),), _IMPORT, _of_import),
    (((b"export", b"from"),), _EXPORT, _of_export),
)
_RARE: tuple[_Reader, ...] = (
    (((b"require",),), _REQUIRE, _of_require),
    (((b"define",),), _DEFINE, _of_list),
    (((b"Worker",), (b"meta", b"URL")), _NEW, _of_address),
    (((b"serviceWorker",),), _REGISTER, _of_address),
    (((b"importScripts",),), _SCRIPTS, _of_scripts),
    (((b"jest",), (b"vi.", b"ock"), (b"vi.", b"importActual"), (b"vitest", b"ock")), _MOCK, _of_mock),
    (((b"<reference",),), _DIRECTIVE, _of_directive),
)
_READERS = (*_USUAL, *_RARE)
# Most scripts hold none of these, which is told at once.
_may_be_rare = finder(tuple(dict.fromkeys(group[0] for groups, *_ in _RARE for group in groups)))
