"""Format ``sarif``: SARIF 2.1.0 as GitHub code scanning reads it."""

from archlint.reporters.sarif.render import REPORTER, render

__all__ = ["REPORTER", "render"]
