"""Where elements end whose content is not read: texts such as scripts, and markup that is left as it is."""

import re


def end_of_text(data: bytes, name: bytes, start: int) -> int:
    """Where the end tag begins of an element that holds text alone; the end of the file if it has none."""
    end = re.compile(b"</" + re.escape(name) + rb"(?=[\s/>])", re.IGNORECASE).search(data, start)
    return end.start() if end else len(data)


def end_of_markup(data: bytes, name: bytes, start: int) -> int:
    """Where the end tag begins of an element that may hold others of its name."""
    depth, pattern = 1, b"<(/?)" + re.escape(name) + rb"(?=[\s/>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>"
    for tag in re.compile(pattern).finditer(data, start):
        depth += -1 if tag[1] else not tag[0].endswith(b"/>")
        if not depth:
            return tag.start()
    return len(data)
