"""Colour for a terminal, where the style asks for it."""

from archlint.extend import Style
from archlint.model import Severity

# ECMA-48 §8.3.117, select graphic rendition.
BOLD = "1"
BLUE = "1;34"
RED = "1;31"
YELLOW = "1;33"
GREEN = "1;32"

COLOUR_OF = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}


def paint(text: str, colour: str, style: Style) -> str:
    """``text``, escaped for the terminal already, in ``colour``."""
    return f"\x1b[{colour}m{text}\x1b[0m" if style.colour and text else text
