"""The formats a trace can be shown in. Each is a pure function from a trace to text."""

from collections.abc import Callable, Mapping

from archlint.reporters.trace import listed, objects, page
from archlint.requirements import Trace

TRACE_FORMATS: Mapping[str, Callable[[Trace], str]] = {
    "text": listed.render,
    "markdown": page.render,
    "json": objects.render,
}

__all__ = ["TRACE_FORMATS"]
