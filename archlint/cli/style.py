"""How text may look here: colours, width, verbosity."""

import os
import shutil
import sys
from enum import StrEnum

from archlint.extend import Style


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def style(colour: Colour, verbosity: int, *, to_file: bool) -> Style:
    """The style for standard output, or for a file."""
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 200)
    return Style(
        colour=_coloured(colour, to_file=to_file), width=100 if to_file else width, verbosity=verbosity
    )


def _coloured(colour: Colour, *, to_file: bool) -> bool:
    if colour is not Colour.AUTO:
        return colour is Colour.ALWAYS
    # https://no-color.org and https://force-color.org: set and not empty.
    if os.environ.get("NO_COLOR") or to_file:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
