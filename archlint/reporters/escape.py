"""What text from the checked tree must become before it stands in an output: one function per sink.

File names, values and messages are an attacker's to choose in a pull request; none may move a cursor, hide
text, start a command of the build log or leave the field it was put into.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

# DEL, C1, line and paragraph separators, direction marks (Unicode UAX #9), zero-width and other characters that
# show nothing.
_INVISIBLE = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_INVISIBLE_IN_JSON = re.compile(f"[{_INVISIBLE}]")
# Lone surrogates are also how Python holds bytes that are not UTF-8 (PEP 383).
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(f"[\x00-\x1f{_INVISIBLE}\ud800-\udfff]")
# GitHub's runner obeys `##[command]` anywhere in a line, and `::command::` where a line's text begins
# (actions/runner, ActionCommand.cs, TryParse and TryParseV2). Azure Pipelines reads `##vso[…]`, TeamCity
# `##teamcity[…]`.
_HASH_COMMAND = re.compile(r"##(?=\w*\[)")
_COMMAND = "::"


def terminal(text: str) -> str:
    r"""``text`` on one line of a terminal or log: what cannot be seen is written ``\xNN`` or ``\uNNNN``."""
    return _UNSAFE.sub(_named, text)


def lines(parts: Iterable[str]) -> str:
    """``parts``, each escaped for the terminal already, as lines of which none is a command to a build log."""
    return "".join(f"{_harmless(part)}\n" for part in parts)


def dot(text: str) -> str:
    """A quoted string of Graphviz's language (https://graphviz.org/doc/info/lang.html) that is shown as ``text``."""
    quoted = terminal(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def mermaid(text: str) -> str:
    """A quoted label of a Mermaid flow chart; what is more than a plain character is written as its number."""
    return '"' + re.sub(r"[^A-Za-z0-9/._@ -]", lambda match: f"#{ord(match[0])};", terminal(text)) + '"'


def well_formed(text: str) -> str:
    r"""``text`` that UTF-8 can hold: a byte that was not UTF-8 is written ``\xNN``. For JSON's strings."""
    return _SURROGATE.sub(_named, text)


def json_document(text: str) -> str:
    """A JSON document that means the same and is harmless where it is printed: see ``terminal``."""
    return _HASH_COMMAND.sub(r"#\\u0023", _INVISIBLE_IN_JSON.sub(_json_escape, text))


def workflow_command(name: str, properties: Mapping[str, str], message: str) -> str:
    """``::name key=value,…::message`` for GitHub's runner (actions/toolkit, command.ts), without a line end."""
    fields = ",".join(f"{key}={_command_property(value)}" for key, value in properties.items())
    return _without_hash_commands(f"::{name} {fields}::{_command_data(message)}")


def _command_data(text: str) -> str:
    # Line ends are escaped as for the terminal before they could need the runner's own %0D and %0A.
    return terminal(text).replace("%", "%25")


def _command_property(text: str) -> str:
    return _command_data(text).replace(":", "%3A").replace(",", "%2C")


@lru_cache(maxsize=4096)
def uri(path: str) -> str:
    """A path as a relative URI reference (RFC 3986 §4.2); bytes that are not UTF-8 keep their value."""
    octets = b"".join(map(_octets, path))
    # A colon is encoded too: `a:b` would be read as a URI with the scheme `a`.
    return quote(octets.lstrip(b"/"), safe="/~!$&'()*+,;=@-._")


def markdown(text: str) -> str:
    """``text`` on one line of GitHub-flavoured Markdown: literal characters, but for its plain `code spans`."""
    text = terminal(" ".join(text.split()))
    # Without two backticks in a row each one opens or closes a span (CommonMark §6.1), in turn.
    if "``" in text or text.count("`") % 2:
        return _literal(text)
    return "`".join(part if at % 2 else _literal(part) for at, part in enumerate(text.split("`")))


def prose(text: str) -> str:
    """``text`` within a line of Markdown that people read as it is written too: as ``markdown``, escaping less.

    For what a team writes about itself, such as rules; never for text of the checked tree.
    """
    text = terminal(" ".join(text.split()))
    if "``" in text or text.count("`") % 2:
        return _plain(text)
    return "`".join(part if at % 2 else _plain(part) for at, part in enumerate(text.split("`")))


def code_block(language: str, code: str, path: str = "") -> str:
    """A fenced block (CommonMark §4.5), with a fence that is longer than any in ``code``; ``path`` follows its language."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(longest + 1, 3)
    body = "\n".join(terminal(line) for line in re.split(r"\r\n|\n|\r", code.rstrip("\r\n")))
    info = f"{language} {terminal(path)}".strip().replace("`", "'")
    return f"{fence}{info}\n{body}\n{fence}\n"


def markdown_code(text: str) -> str:
    """``text`` as a code span of Markdown (CommonMark §6.1), in which nothing is a link, a tag or a mention."""
    text = _without_hash_commands(terminal(text))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    # A space is taken off on either side only if there is one on both and something else between.
    padding = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{padding}{text or ' '}{padding}{fence}"


def xml(text: str) -> str:
    r"""``text`` on one line of XML 1.0, in an attribute or between tags; what XML cannot hold is written ``\uNNNN``."""
    shown = re.sub("[\ufffe\uffff]", _named, terminal(text))
    return re.sub("[&<>\"']|##(?=\\w*\\[)", lambda match: "".join(f"&#{ord(c)};" for c in match[0]), shown)


def sarif_text(text: str) -> str:
    """``text`` in a SARIF plain text message.

    Brackets may stand unescaped, but what could be read as a link must be escaped (SARIF 2.1.0 §3.11.6 and
    oasis-tcs/sarif-spec#768). Escaping only then keeps backslashes away from viewers that show them
    (github/vscode-codeql#1104), and folders such as ``[id]`` readable.
    """
    return sarif_link_text(text) if "](" in text else well_formed(text)


def sarif_link_text(text: str) -> str:
    """``text`` as the text of a link in a SARIF plain text message (SARIF 2.1.0 §3.11.6)."""
    return re.sub(r"([\\\[\]])", r"\\\1", well_formed(text))


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~&:@])", r"\\\1", text)


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)


def _named(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 -- PEP 383: byte 0xNN is held as U+DCNN
        code -= 0xDC00
    if code <= 0xFF:  # noqa: PLR2004 -- what two hexadecimal digits can say
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 -- and four of them


def _json_escape(match: re.Match[str]) -> str:
    # RFC 8259 §7: beyond U+FFFF a character is escaped as its two UTF-16 code units.
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _harmless(line: str) -> str:
    line = _without_hash_commands(line)
    text = line.lstrip()
    return line[: len(line) - len(text)] + "\\x3a" + text[1:] if text.startswith(_COMMAND) else line


def _without_hash_commands(line: str) -> str:
    return _HASH_COMMAND.sub(r"#\\x23", line)


def _octets(character: str) -> bytes:
    byte = "\udc80" <= character <= "\udcff"
    return character.encode("utf-8", "surrogateescape" if byte else "surrogatepass")
