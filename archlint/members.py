"""Ways of members: how a constant is read off what has it, ``a.b[0].c()`` as ``a``, ``b``, ``[0]``, ``c``, ``()``."""

CALL = "()"
ELEMENT = "[]"
"""Some element of an array, where nobody can tell which."""


def is_same(member: str, other: str) -> bool:
    """Whether two ways to name a member mean the same: ``x[0]`` reads the key ``0``, or some element."""
    if ELEMENT in (member, other):
        return member.startswith("[") and other.startswith("[")
    return member.strip("[]") == other.strip("[]")


def rest_of(members: tuple[str, ...], read: tuple[str, ...]) -> tuple[str, ...] | None:
    """What is left of the way to a constant when ``read`` was read off what has it; None if that leads elsewhere."""
    if len(read) > len(members) or not all(map(is_same, members, read)):
        return None
    return members[len(read) :]


def is_reached(members: tuple[str, ...]) -> bool:
    """Whether what has the constant is the constant itself, or an array of such."""
    return all(member.startswith("[") for member in members)
