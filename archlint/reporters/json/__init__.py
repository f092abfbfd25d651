"""Format ``json``: the whole report, for programs."""

from archlint.reporters.json.document import Document
from archlint.reporters.json.render import REPORTER, render

__all__ = ["REPORTER", "Document", "render"]
