"""What commands add to the environment of later steps: ``echo "VAR=x" >> "$GITHUB_ENV"``.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
"""

import re
from collections.abc import Iterator

from tree_sitter import Node as Syntax

from archlint.languages.bash.chains import Link

_FILE = re.compile(r"\"?\$(?:GITHUB_ENV|\{GITHUB_ENV\})\"?")
_PAIR = re.compile(r"([A-Za-z_]\w*)=(.*)", re.ASCII | re.DOTALL)
_PRINTERS = frozenset({"echo", "printf"})


def exports(
    link: Link,
    words: tuple[str | None, ...],
    templates: tuple[tuple[int, str, bool], ...],
    *,
    conditional: bool,
) -> Iterator[tuple[str, str | None]]:
    """The variable that a command adds, and its value as a template; None if only the run time knows it."""
    if not words or words[0] not in _PRINTERS or not any(map(_is_env_file, link.redirections)):
        return
    text_at = {index: text for index, text, _ in templates}
    texts = [word if word is not None else text_at.get(index) for index, word in enumerate(words)]
    known = [text for text in texts[1:] if text is not None]
    pair = _PAIR.match(known[0].removesuffix("\\n")) if known else None
    if pair is not None:
        is_constant = len(texts) == 2 and not conditional and "%" not in pair[2]  # noqa: PLR2004 -- program, pair
        yield pair[1], pair[2] if is_constant else None


def _is_env_file(redirection: Syntax) -> bool:
    destination = redirection.child_by_field_name("destination")
    text = (destination.text or b"").decode(errors="replace") if destination is not None else ""
    return _FILE.fullmatch(text) is not None
