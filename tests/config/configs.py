"""Configurations on disk, for tests of how they are read."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from archlint.config import Config, load
from archlint.errors import ConfigError

RULE = "- id: oversized-file\n  size: { lines: 10 }\n"


def lay_out(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` below ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def config_of(folder: Path, toml: str | bytes = 'rules = ["rules.yml"]', rules: str | bytes = RULE) -> Config:
    """The configuration of a folder with these two files and whatever else is in it."""
    lay_out(folder, {"archlint.toml": toml, "rules.yml": rules})
    return load(None, None, folder)


def mistakes_of(
    folder: Path, toml: str | bytes = 'rules = ["rules.yml"]', rules: str | bytes = RULE
) -> list[str]:
    """What is wrong with such a configuration, a line each."""
    with pytest.raises(ConfigError) as raised:
        config_of(folder, toml, rules)
    return [str(mistake) for mistake in raised.value.mistakes]
