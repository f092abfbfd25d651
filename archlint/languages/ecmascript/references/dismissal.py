"""Which forms cannot be code, told by what stands before them on their line: half a file of examples needs no tree.

Nothing is dismissed that could be code: where that is open, the tree says what it is.
"""

import re

from archlint.languages.ecmascript.references.forms import DIRECTIVE, Form

_LONGEST = 300
# An import or export statement follows a statement, a brace or a comment, never an operator or a text.
_BEFORE_STATEMENT = re.compile(rb"(?:\A|[\r\n;{}]|\*/|\xef\xbb\xbf|\xa8|\xa9|(?<![\w$])export)[ \t\f\v]*\Z")
_COMMENTED = re.compile(
    rb"""[ \t]*(?:
        //[^{}'"`<>*]*                                        # // what follows can only be a comment's
      | \*[ \t]+(?:const|export|if|import|let|return|type|var)\b[^$`{<>]*   # no operand begins like this
      | (?:/\*\*|\*)[^'"`<>$]*@\w+[ \t]*\{[^'"`{}<>]*         # @type {import('a').A}
    )\Z""",
    re.VERBOSE,
)


def is_dismissed(data: bytes, form: Form, begin: int) -> bool:
    """Whether a form of the script that begins at ``begin`` cannot be code."""
    if form.word == DIRECTIVE:
        return False
    line = max(data.rfind(b"\n", begin, form.start) + 1, data.rfind(b"\r", begin, form.start) + 1, begin)
    before = data[max(line, form.start - _LONGEST) : form.start]
    if form.is_statement:
        return before.strip(b" \t\f\v") != b"" and _BEFORE_STATEMENT.search(before) is None
    return form.start - line <= _LONGEST and _COMMENTED.match(before) is not None
