"""The OpenAPI document and the page that shows it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import validator_for
from playwright.sync_api import sync_playwright
from pydantic import JsonValue

from assistant.http.app import create_app
from assistant.http.lowering import lowered
from assistant.http.options import ServerOptions
from assistant.wiring import Desk
from tests.assistant.http.serving import listening

Operation = dict[str, object]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, dict[str, object]]:
    return client.get("/openapi.json").json()


def operations(document: dict[str, dict[str, object]]) -> Iterator[tuple[str, Operation]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def media(document: dict[str, dict[str, object]]) -> Iterator[tuple[str, str, Operation]]:
    """Every body that may be sent or that comes back, but for errors."""
    for place, operation in operations(document):
        bodies = [operation.get("requestBody", {}), *(r for s, r in operation["responses"].items() if s != "default")]
        for body in bodies:
            for kind, one in body.get("content", {}).items():
                yield place, kind, one


def test_every_route_has_an_example_of_what_is_sent_and_of_what_comes_back(
    document: dict[str, dict[str, object]],
) -> None:
    assert [(place, kind) for place, kind, one in media(document) if not exampled(one)] == []


def exampled(one: Operation) -> bool:
    return not one.keys().isdisjoint({"example", "examples"}) or "example" in one["schema"]


def test_every_example_in_json_is_as_its_schema_says(document: dict[str, dict[str, object]]) -> None:
    nullable = json.loads(json.dumps(document), object_hook=with_null)
    wrong = []
    for place, kind, one in media(nullable):
        if kind == "application/json" and "example" in one:
            schema = {**one["schema"], "components": nullable["components"]}
            wrong += [(place, error.message) for error in validator_for(schema).iter_errors(one["example"])]
    assert wrong == []


def with_null(node: dict[str, object]) -> dict[str, object]:
    """A schema of OpenAPI 3.0 as JSON Schema has it."""
    if node.pop("nullable", False) is not True:
        return node
    return {"anyOf": [node, {"type": "null"}]}


def test_every_address_tells_of_its_errors_in_the_form_they_have(document: dict[str, dict[str, object]]) -> None:
    for place, operation in operations(document):
        wanted = "application/json" if "/v1/chat" in place or "/v1/models" in place else "application/problem+json"
        assert list(operation["responses"]["default"]["content"]) == [wanted], place
        assert "422" not in operation["responses"], place
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_reference_leads_somewhere_and_nothing_of_3_1_is_left(document: dict[str, dict[str, object]]) -> None:
    text = json.dumps({key: document[key] for key in ("paths", "components")})
    names = set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', text))
    assert names <= document["components"]["schemas"].keys()
    assert document["openapi"] == "3.0.3"
    assert not re.search(r'"(const|prefixItems|itemSchema)": |"type": "null"|"exclusiveM\w+": \d', text)


def test_an_error_is_what_the_document_says(client: TestClient) -> None:
    for reply in (client.post("/v1/query", json={}), client.post("/v1/query", content=b"{"), client.get("/v1/none")):
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["status"] == reply.status_code


def test_tokens_are_told_of_where_they_are_asked_for(desk: Desk) -> None:
    with TestClient(create_app(desk, ServerOptions(tokens=("t" * 20,)))) as guarded:
        found = guarded.get("/openapi.json", headers={"Authorization": f"Bearer {'t' * 20}"}).json()
    assert found["security"] == [{"token": []}]


def test_the_page_loads_only_its_own_files_and_holds_no_script(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "//" not in page.replace("<!DOCTYPE html>", "")
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == ["", ""]
    assert " style=" not in page
    files = re.findall(r'(?:src|href)="(docs/[^"]+)"', page)
    assert len(files) == 4
    for file in files:
        assert client.get(f"/{file}").status_code == 200, file


def test_the_style_sheet_names_no_other_server(client: TestClient) -> None:
    addresses = re.findall(r"url\((?![\"']?data:)[^)]+\)|@import", client.get("/docs/swagger-ui.css").text)
    assert addresses == []
    assert "validatorUrl: null" in client.get("/docs/start.js").text


@pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium here.")
def test_a_browser_shows_every_route_and_asks_a_question_from_the_page(
    desk: Desk, document: dict[str, dict[str, object]]
) -> None:
    complaints: list[str] = []
    with listening(desk, ServerOptions()) as port, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: elsewhere(request.url, port, complaints))
        page.goto(f"http://127.0.0.1:{port}/docs")
        page.wait_for_selector(".opblock")
        assert page.locator(".opblock").count() == len(list(operations(document)))
        page.locator("[id$=query_v1_query_post] .opblock-summary").click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
        page.wait_for_selector(".live-responses-table .response-col_status >> text=200")
        browser.close()
    assert complaints == []


def elsewhere(url: str, port: int, complaints: list[str]) -> None:
    if not url.startswith((f"http://127.0.0.1:{port}/", "data:", "blob:")):
        complaints.append(url)


@pytest.mark.parametrize("name", ["index.html", "..%2f__init__.py", "%2e%2e/options.py", "swagger-ui.js.map"])
def test_no_other_file_of_the_package_is_served(name: str, client: TestClient) -> None:
    assert client.get(f"/docs/{name}").status_code == 404


@pytest.mark.parametrize(
    ("schema", "older"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "string", "nullable": True}),
        ({"anyOf": [{"$ref": "#/x"}, {"type": "null"}]}, {"allOf": [{"$ref": "#/x"}], "nullable": True}),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
            {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": True},
        ),
        ({"const": "a", "type": "string"}, {"enum": ["a"], "type": "string"}),
        ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 0, "exclusiveMinimum": True}),
        ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}]},
            {"type": "array", "items": {"type": "string"}},
        ),
        ({"type": "object", "default": {"const": 1}}, {"type": "object", "default": {"const": 1}}),
        (
            {"type": "object", "properties": {"const": {"type": "string", "const": "a"}}},
            {"type": "object", "properties": {"const": {"type": "string", "enum": ["a"]}}},
        ),
    ],
)
def test_a_schema_in_the_older_form_means_the_same(schema: JsonValue, older: JsonValue) -> None:
    assert lowered({"openapi": "3.1.0", "components": {"schemas": {"One": schema}}}) == {
        "openapi": "3.0.3",
        "components": {"schemas": {"One": older}},
    }
