"""The words of a command line that stands in a document. Splits; knows no program."""

import re
from collections.abc import Iterator

_WORD = re.compile(
    r"""(?P<comment>(?:^|(?<=[\s;&|()<>]))\#[^\n]*+)
      | (?P<word>(?:[^\s'"\\;&|()<>] | \\. | '[^']*+' | "(?:[^"\\]|\\.)*+")++)""",
    re.DOTALL | re.VERBOSE,
)
_QUOTING = re.compile(r"""\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)


def shell_words(text: str) -> Iterator[str]:
    """The words of a shell command line; ``--name=value`` counts as ``value`` too. Comments do not count."""
    for match in _WORD.finditer(text):
        if match["word"]:
            word = _QUOTING.sub(lambda quoted: quoted[1] or quoted[2] or quoted[3] or "", match["word"])
            yield word
            _, equals, value = word.partition("=")
            if equals and value:
                yield value
