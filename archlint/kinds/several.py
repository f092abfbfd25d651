"""Options that take one text or several."""

OneOrMany = str | tuple[str, ...]


def as_tuple(texts: OneOrMany | None) -> tuple[str, ...]:
    """One text or several, as several."""
    return (texts,) if isinstance(texts, str) else texts or ()
