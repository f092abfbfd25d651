"""Makes of docs/ what the site is built from: ``python -m tests.documentation.site`` writes it to out/docs.

A fence that names a file (```` ```ts src/a.ts````) is no fence to the site's Markdown; there the name is a title.
"""

import re
import shutil

from tests.trees import REPOSITORY

_FENCE = re.compile(r"^```(\w+) ([^\s=]+)$", re.MULTILINE)


def titled(text: str) -> str:
    """The text of a page with the names of files as titles."""
    return _FENCE.sub(r'```\1 title="\2"', text)


if __name__ == "__main__":
    folder = REPOSITORY / "out" / "docs"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REPOSITORY / "docs", folder, ignore=shutil.ignore_patterns("changes"))
    for page in folder.rglob("*.md"):
        page.write_text(titled(page.read_text()))
