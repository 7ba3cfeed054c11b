"""The page that shows what the service can do, and tries it: Swagger UI, with its files from the installed package.

Nothing comes from elsewhere and no script stands in the page, so that it works without a network and under the content
security policy that all pages have.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response
from swagger_ui_bundle import swagger_ui_path

from assistant.http.problems import Problem

router = APIRouter(include_in_schema=False)

_FILES: Mapping[str, str] = MappingProxyType(
    {
        "swagger-ui.css": "text/css; charset=utf-8",
        "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
        "favicon-32x32.png": "image/png",
    }
)
"""Those that the page uses, of all that the package has."""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Crosscheck: what the service can do</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript. The same is in <a href="openapi.json">openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """"use strict";
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  queryConfigEnabled: false,
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
});
"""
"""`validatorUrl` would send the document to somebody else's server."""


@router.get("/docs")
async def page() -> Response:
    return HTMLResponse(_PAGE)


@router.get("/docs/start.js")
async def start() -> Response:
    return Response(_START, media_type="text/javascript")


@router.get("/docs/{name}")
async def file(name: str) -> Response:
    if name not in _FILES:
        raise Problem(HTTPStatus.NOT_FOUND, "The documentation has no such file. GET /docs shows it.")
    return FileResponse(swagger_ui_path / name, media_type=_FILES[name], headers={"Cache-Control": "max-age=86400"})
