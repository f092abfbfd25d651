"""The formats a report can be told in. Each is a pure function from the report to text, loaded when it is asked for."""

from importlib import import_module

from archlint.extend import Reporter

FORMATS = ("text", "concise", "json", "sarif", "github")


def reporter(name: str) -> Reporter:
    """The reporter of a format in ``FORMATS``."""
    found: Reporter = import_module(f"archlint.reporters.{name}").REPORTER
    return found


__all__ = ["FORMATS", "reporter"]
