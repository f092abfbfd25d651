"""What may be the specifiers of modules in a script, or in a file that holds scripts. Found without parsing."""

import re

# An import, an export, a call of `require` or of `import`; bundlers' comments may stand before the specifier.
# Also matches in comments and texts: the tree decides.
SPECIFIER = re.compile(
    rb"""\b(?:from|import|require)\s*+\(?\s*+(?:/\*.*?\*/\s*+)*+(["'`])([^"'`\\\r\n]{1,500})\1""", re.DOTALL
)


def specifiers(data: bytes) -> tuple[str, ...]:
    """Each once, sorted. None is missed but those that only the run time knows, or that are spelled with escapes."""
    return tuple(sorted({match[2].decode("utf-8", "replace") for match in SPECIFIER.finditer(data)}))
