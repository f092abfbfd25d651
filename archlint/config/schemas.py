"""JSON Schemas of archlint.toml and of rule files, made from the types that read them.

An editor completes and checks with them as a rule is typed; what they cannot say (that a zone is there, that a
name is free) is still found by ``archlint check``.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect as types

from archlint.config.settings import Header, Settings
from archlint.extend import Kind
from archlint.kinds import KIND_OF

Schema = dict[str, Any]  # Any: JSON
# What editors read: Taplo no later draft, the YAML language server only since 2025 (redhat-developer/yaml-language-server#1112).
_DIALECT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{name}"


def config_schema() -> Schema:
    """The schema of archlint.toml."""
    (top,), definitions = _made((Settings,))
    return {
        "$schema": _DIALECT,
        "title": "archlint.toml",
        "description": "Which rules archlint holds a tree to, and where it looks.",
        **top,
        "definitions": definitions,
    }


def rules_schema() -> Schema:
    """The schema of a rule file."""
    kinds = tuple(KIND_OF.values())
    (header, *options), definitions = _made((Header, *(kind.options for kind in kinds)))
    properties = definitions.pop(_name(header))["properties"]
    own = {
        kind.name: {**reference, "description": _of_kind(kind)}
        for kind, reference in zip(kinds, options, strict=True)
    }
    shared = {
        key: {
            "description": f"{properties[key]['description']} With a mapping, the kind: {kind.says}.",
            "anyOf": [properties[key], own[key]],
        }
        for key, kind in KIND_OF.items()
        if key in properties
    }
    rule = {
        "title": "rule",
        "description": "A header and exactly one kind.",
        "type": "object",
        "properties": {**properties, **own, **shared},
        "required": ["id"],
        "oneOf": [_with(kind, is_shared=kind in shared) for kind in own],
        "additionalProperties": False,
    }
    rules = {
        "description": "The rules, one after the other.",
        "type": "array",
        "items": {"$ref": "#/definitions/rule"},
        "minItems": 1,
    }
    listed = {
        "type": "object",
        "properties": {"rules": rules},
        "required": ["rules"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": "archlint rules",
        "description": "Rules of archlint: a list under `rules`, a list, or one alone.",
        "anyOf": [listed, rules, {"$ref": "#/definitions/rule"}],
        "definitions": {"rule": rule, **definitions},
    }


def published(schema: Schema) -> Schema:
    """The schema for a file. Draft 7 passes over what stands beside a ``$ref`` (§8.3), so nothing does."""
    made = _apart(schema)
    assert isinstance(made, dict)
    return made


def _apart(schema: Any) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(schema, list):
        return [_apart(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _apart(each) for key, each in schema.items()}
    if "$ref" in parts and len(parts) > 1:
        return {"allOf": [{"$ref": parts.pop("$ref")}], **parts}
    return parts


def _of_kind(kind: Kind[Any]) -> str:
    return f"{kind.says[:1].upper()}{kind.says[1:]}."


def _with(kind: str, *, is_shared: bool) -> Schema:
    """A rule of a kind. A key that is the header's too means the kind where a mapping stands under it."""
    present: Schema = {"required": [kind]}
    return {**present, "properties": {kind: {"type": "object"}}} if is_shared else present


def _made(wanted: Iterable[type[msgspec.Struct]]) -> tuple[tuple[Schema, ...], dict[str, Schema]]:
    """The types as references, and what these refer to, with the docstrings of the fields."""
    references, definitions = msgspec.json.schema_components(wanted, ref_template=_REF)
    for struct in _structs(wanted):
        described = definitions.get(struct.__name__) or definitions[f"{struct.__module__}.{struct.__name__}"]
        described["title"] = struct.__name__
        for key, text in _docstrings(struct).items():
            described["properties"][key] = {**described["properties"][key], "description": text}
    plain: dict[str, Schema] = {name: _without_null(each) for name, each in definitions.items()}
    return references, plain


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).removeprefix(_REF.format(name=""))


def _structs(wanted: Iterable[type[msgspec.Struct]]) -> Iterator[type[msgspec.Struct]]:
    """The structs that the types are made of, each once."""
    waiting: list[types.Type] = list(types.multi_type_info(wanted))
    seen: set[type] = set()
    while waiting:
        match waiting.pop():
            case types.StructType(cls=struct, fields=fields) if struct not in seen:
                seen.add(struct)
                waiting.extend(field.type for field in fields)
                yield struct
            case types.UnionType(types=members):
                waiting.extend(members)
            case types.CollectionType(item_type=item):
                waiting.append(item)
            case types.DictType(value_type=value):
                waiting.append(value)


def _docstrings(struct: type[msgspec.Struct]) -> Mapping[str, str]:
    """What the source of a struct and of its bases says below each field, by the key that the field is written as."""
    keys = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    classes = [
        each for each in struct.__mro__ if issubclass(each, msgspec.Struct) and each is not msgspec.Struct
    ]
    return {keys[name]: text for each in reversed(classes) for name, text in _below_fields(each)}


def _below_fields(struct: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(struct))).body
    assert isinstance(definition, ast.ClassDef)
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        ):
            yield field.target.id, " ".join(text.value.value.replace("``", "`").split())


def _without_null(schema: Any) -> Any:  # noqa: ANN401 -- JSON
    """The schema without null, which stands for an absent key: no file may say it."""
    if isinstance(schema, list):
        return [_without_null(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(each) for key, each in schema.items() if not (key == "default" and each is None)
    }
    members = kept.get("anyOf")
    if members and len(members) == 1:
        kept |= members[0]
        del kept["anyOf"]
    return kept
