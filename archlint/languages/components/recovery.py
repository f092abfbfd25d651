"""What can still be read after a mistake in the markup: the scripts, which other code reads."""

import re
from collections.abc import Iterator

from archlint.languages.decoded import Region

_SCRIPT = re.compile(rb"<script(?=[\s/>]).*?(?:</script(?=[\s/>])[^>]*>?|\Z)", re.DOTALL)


def between_scripts(data: bytes, start: int) -> Iterator[Region]:
    """What stands from ``start`` on and is no script element."""
    for script in _SCRIPT.finditer(data, start):
        yield start, script.start()
        start = script.end()
    yield start, len(data)
