"""The OpenAPI document: what FastAPI finds out by itself, with the form of errors, tokens and examples added.

Examples stand in `examples.json` by method and address, as the sample articles give them (`python -m
tests.assistant.http.make_examples`); they go before what a route itself says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, JsonValue

from assistant.http.lowering import Node, lowered
from assistant.http.problems import MEDIA_TYPE, ProblemDetails

_EXAMPLES = Path(__file__).with_name("examples.json")
_METHODS = ("get", "post", "put", "delete", "patch")
_REF = "#/components/schemas/{model}"

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong and what to do about it (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model=ProblemDetails.__name__)}}},
    }
}
"""The responses of every route that says nothing else of its errors."""


class Example(BaseModel):
    """What may be sent to a route and what comes back."""

    parameters: dict[str, JsonValue] = {}
    body: JsonValue = None
    replies: dict[str, JsonValue] = {}
    """By media type."""


def described(document: Mapping[str, JsonValue], *, tokens: bool) -> Node:
    """The whole document, in OpenAPI 3.0.3; `tokens` says whether a request needs one."""
    low = lowered(_with_problems(document))
    examples = {place: Example.model_validate(one) for place, one in json.loads(_EXAMPLES.read_text("utf-8")).items()}
    for place, operation in _operations(low):
        if place in examples:
            _exemplify(operation, examples[place])
    return _with_tokens(low) if tokens else low


def _with_problems(document: Mapping[str, JsonValue]) -> Node:
    components = _part(document, "components")
    problem: Node = ProblemDetails.model_json_schema(ref_template=_REF)
    schemas: Node = {**_part(components, "schemas"), ProblemDetails.__name__: problem}
    more: Node = {**components, "schemas": schemas}
    return {**document, "components": more}


def _with_tokens(document: Node) -> Node:
    schemes: Node = {"token": {"type": "http", "scheme": "bearer"}}
    components: Node = {**_part(document, "components"), "securitySchemes": schemes}
    return {**document, "components": components, "security": [{"token": []}]}


def _operations(document: Node) -> Iterator[tuple[str, Node]]:
    """Each with its method and address, such as "POST /v1/query"."""
    for address, item in _part(document, "paths").items():
        for method in _METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if isinstance(operation, dict):
                yield f"{method.upper()} {address}", operation


def _exemplify(operation: Node, example: Example) -> None:
    parameters = operation.get("parameters", [])
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, dict) and (name := str(parameter["name"])) in example.parameters:
            parameter["example"] = example.parameters[name]
    if example.body is not None:
        for media in _part(_part(operation, "requestBody"), "content").values():
            _set(media, example.body)
    for status, response in _part(operation, "responses").items():
        if status.startswith("2"):
            content = _part(response, "content")
            for media_type in content.keys() & example.replies.keys():
                _set(content[media_type], example.replies[media_type])


def _set(media: JsonValue, example: JsonValue) -> None:
    if isinstance(media, dict):
        media["example"] = example


def _part(node: JsonValue | Mapping[str, JsonValue], key: str) -> Node:
    """What stands there, or nothing."""
    part = node.get(key) if isinstance(node, Mapping) else None
    return part if isinstance(part, dict) else {}
