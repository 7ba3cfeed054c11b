"""An OpenAPI 3.1 document as 3.0.3, which the Swagger UI that is shipped reads, and every other tool too. Pure.

https://spec.openapis.org/oas/v3.0.3; what differs is how schemas are written: there, null is no type, and a constant,
a tuple and an exclusive bound have other forms.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

Node = dict[str, JsonValue]

_VALUES = {"example", "examples", "default", "enum", "mapping", "scopes"}
"""Keys below which there is data, not description."""
_NAMED = {"properties", "schemas", "responses", "headers", "parameters", "securitySchemes", "paths"}
"""Keys below which the keys are names."""
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def lowered(document: Mapping[str, JsonValue]) -> Node:
    """The same description in the older form."""
    low = _node(dict(document))
    low["openapi"] = "3.0.3"
    info = low.get("info")
    if isinstance(info, dict) and "summary" in info:
        info["description"] = "\n\n".join(str(info[key]) for key in ("summary", "description") if info.get(key))
        del info["summary"]
    return low


def _node(node: Node) -> Node:
    if "itemSchema" in node:
        node = {**{key: value for key, value in node.items() if key != "itemSchema"}, "schema": {"type": "string"}}
    low = {key: _value(key, value) for key, value in node.items()}
    return _schema(low) if _is_schema(low) else low


def _value(key: str, value: JsonValue) -> JsonValue:
    if key in _VALUES:
        return value
    if key in _NAMED and isinstance(value, dict):
        return {name: _below(part) for name, part in value.items()}
    return _below(value)


def _below(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return _node(value)
    return [_below(part) for part in value] if isinstance(value, list) else value


def _is_schema(node: Node) -> bool:
    return not node.keys().isdisjoint({"type", "anyOf", "const", "examples", "prefixItems"}) and "schema" not in node


def _schema(schema: Node) -> Node:
    for rewrite in (_nullable, _constant, _tuple, _bounds, _example):
        schema = rewrite(schema)
    return schema


def _nullable(schema: Node) -> Node:
    """Null as one of several becomes a mark on the others."""
    if schema.get("type") == "null":
        return {**{key: value for key, value in schema.items() if key != "type"}, "nullable": True, "enum": [None]}
    options = schema.get("anyOf")
    if not isinstance(options, list) or not (nulls := [one for one in options if _is_null(one)]):
        return schema
    others = [one for one in options if one not in nulls]
    rest: Node = {key: value for key, value in schema.items() if key != "anyOf"}
    only = others[0] if len(others) == 1 else None
    if not isinstance(only, dict):
        return {**rest, "anyOf": others, "nullable": True}
    if "$ref" in only:
        return {**rest, "allOf": [only], "nullable": True}
    enum = only.get("enum")
    return {**only, **({"enum": [*enum, None]} if isinstance(enum, list) else {}), **rest, "nullable": True}


def _is_null(schema: JsonValue) -> bool:
    return isinstance(schema, dict) and schema.get("enum") == [None]


def _constant(schema: Node) -> Node:
    if "const" not in schema:
        return schema
    return {**{key: value for key, value in schema.items() if key != "const"}, "enum": [schema["const"]]}


def _tuple(schema: Node) -> Node:
    """Its length stays; which place holds which of several kinds cannot be said."""
    parts = schema.get("prefixItems")
    if not isinstance(parts, list):
        return schema
    kinds = [part for at, part in enumerate(parts) if part not in parts[:at]]
    items: JsonValue = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return {**{key: value for key, value in schema.items() if key != "prefixItems"}, "items": items}


def _bounds(schema: Node) -> Node:
    for exclusive, plain in _BOUNDS.items():
        if isinstance(bound := schema.get(exclusive), (int, float)) and not isinstance(bound, bool):
            schema = {**schema, plain: bound, exclusive: True}
    return schema


def _example(schema: Node) -> Node:
    """One example where there may be several. What is no list belongs to a body, where the form is the same."""
    examples = schema.get("examples")
    if not isinstance(examples, list) or not examples:
        return schema
    return {**{key: value for key, value in schema.items() if key != "examples"}, "example": examples[0]}
