"""Ways of members: how a constant is read off what has it, ``a.b[0].c()`` as ``a``, ``b``, ``[0]``, ``c``, ``()``."""

CALL = "()"
ELEMENT = "[]"
"""Some element of an array, where nobody can tell which; ``[2+]`` is one from there on."""


ANY = "*"
"""Whichever member, where only the run time knows."""


def element_from(position: int) -> str:
    """Some element of an array at that position or behind it."""
    return f"[{position}+]" if position else ELEMENT


def positions(member: str) -> tuple[int, int | None] | None:
    """The first and the last position that an element may be at (None: any behind); None for other members."""
    written = member[1:-1] if member.startswith("[") else member
    if member == ELEMENT:
        return 0, None
    first, is_open = written.removesuffix("+"), written.endswith("+")
    if not (first.isascii() and first.isdigit()):
        return None
    return int(first), None if is_open else int(first)


def is_same(member: str, other: str) -> bool:
    """Whether two ways to name a member may mean the same: ``x[0]`` reads the key ``0``, or some element."""
    if member == other or ANY in (member, other):
        return True
    one, two = positions(member), positions(other)
    if one is None or two is None:
        return False
    return (one[1] is None or two[0] <= one[1]) and (two[1] is None or one[0] <= two[1])


def rest_of(members: tuple[str, ...], read: tuple[str, ...]) -> tuple[str, ...] | None:
    """What is left of the way to a constant when ``read`` was read off what has it; None if that leads elsewhere."""
    if len(read) > len(members) or not all(map(is_same, members, read)):
        return None
    return members[len(read) :]


def is_reached(members: tuple[str, ...]) -> bool:
    """Whether what has the constant is the constant itself, or an array of such."""
    return all(member.startswith("[") for member in members)
