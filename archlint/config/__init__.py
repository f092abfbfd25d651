"""Reads ``archlint.toml`` and rule files. Every mistake in them is told at once, each with its place."""

from archlint.config.load import folder_of, load, load_known, load_requirements, load_with_rules_or_without
from archlint.config.settings import Config
from archlint.limits import Limits

__all__ = [
    "Config",
    "Limits",
    "folder_of",
    "load",
    "load_known",
    "load_requirements",
    "load_with_rules_or_without",
]
