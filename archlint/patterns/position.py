"""``nthChild``'s ``An+B``: https://www.w3.org/TR/css-syntax-3/#anb-microsyntax, white space anywhere."""

import re

_STEPPED = re.compile(r"(?P<step>[+-]?\d*)[nN](?P<offset>[+-]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+")
_LONGEST = 20


def step_and_offset(written: int | str) -> tuple[int, int] | None:
    """``2n+1`` is (2, 1), ``3`` is (0, 3); None for what is neither."""
    if isinstance(written, int):
        return (0, written) if written >= 0 else None
    text = "".join(written.split())
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return 0, int(text)
    match = _STEPPED.fullmatch(text)
    if match is None:
        return None
    step = match["step"]
    return int(f"{step}1" if step in ("", "+", "-") else step), int(match["offset"] or 0)
