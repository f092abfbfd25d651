"""Has the code among a rule's options read, so that a mistake in it is told with its place."""

from collections.abc import Iterator
from typing import Any

from archlint.extend import Kind, OptionMistake


def code_mistakes(kind: Kind[Any], options: Any) -> Iterator[OptionMistake]:  # noqa: ANN401 -- the kind's own type
    """What in the code of the options cannot be what was meant."""
    code = kind.code(options)
    if code is None or not code.grammars:
        return
    from archlint.languages.patterns import mistakes

    for path, message in mistakes(code.search, code.grammars):
        yield ((code.key, *path[1:]) if path[:1] == ("rule",) else path), message
