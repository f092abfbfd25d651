"""The schemas as files beside a configuration, and the first lines by which editors find them."""

import json
import posixpath
from collections.abc import Mapping

from archlint.config.schemas import Schema, config_schema, published, rules_schema

CONFIG_SCHEMA, RULES_SCHEMA = ".archlint/config.schema.json", ".archlint/rules.schema.json"


def schema_files() -> Mapping[str, str]:
    """The text of each schema, by its path below the root."""
    return {CONFIG_SCHEMA: schema_text(config_schema()), RULES_SCHEMA: schema_text(rules_schema())}


def schema_text(schema: Schema) -> str:
    """A schema as a file."""
    return json.dumps(published(schema), indent=2, ensure_ascii=False) + "\n"


def toml_line() -> str:
    """The first line of archlint.toml: Taplo reads it, relative to the file."""
    return f"#:schema ./{CONFIG_SCHEMA}"


def yaml_line(path: str) -> str:
    """The first line of the rule file at ``path`` below the root: the YAML language server reads it, relative to the file."""
    return (
        f"# yaml-language-server: $schema={posixpath.relpath(RULES_SCHEMA, posixpath.dirname(path) or '.')}"
    )
