"""Tells rules that were written for another tool by their keys."""

from archlint.config.reading.tree import Node
from archlint.kinds import KIND_OF

_SEMGREP = {"pattern", "patterns", "pattern-either", "pattern-regex", "mode"}


def tool_of(node: Node) -> str:
    """The tool whose rule a mapping is, as `archlint import` names it; '' if it looks like one of archlint."""
    keys = node.entries.keys()
    if any(key in KIND_OF and node.below(key).entries for key in keys):
        return ""
    if "languages" in keys and keys & _SEMGREP:
        return "semgrep"
    if {"language", "rule"} <= keys:
        return "ast-grep"
    return "dependency-cruiser" if {"from", "to"} <= keys else ""
