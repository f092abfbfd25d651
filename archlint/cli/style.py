"""How text may look here: colours, width, verbosity."""

import os
import shutil
import sys
from enum import StrEnum
from typing import TextIO

from archlint.extend import Style


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def style(colour: Colour, verbosity: int, *, to_file: bool = False, stream: TextIO | None = None) -> Style:
    """The style for a stream, standard output if none is given, or for a file."""
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 200)
    return Style(
        colour=_coloured(colour, stream or sys.stdout, to_file=to_file),
        width=100 if to_file else width,
        verbosity=verbosity,
    )


def _coloured(colour: Colour, stream: TextIO, *, to_file: bool) -> bool:
    if colour is not Colour.AUTO:
        return colour is Colour.ALWAYS
    # https://no-color.org and https://force-color.org: set and not empty.
    if os.environ.get("NO_COLOR") or to_file:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
