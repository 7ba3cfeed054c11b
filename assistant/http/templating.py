"""The page's templates, and the files that they refer to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from assistant.look import templating as look
from assistant.look.templating import Environment

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "page.css": "text/css; charset=utf-8",
        "page.js": "text/javascript; charset=utf-8",
        "mark.svg": "image/svg+xml",
    }
)
"""The files that are served, and as what."""


def rendered(template: str, values: Mapping[str, object]) -> str:
    return _environment().get_template(template).render(values)


@cache
def file(name: str) -> bytes:
    """One of `TYPES`. The style is that of answers everywhere, and then the page's own."""
    if name == "mark.svg":
        return look.file(name)
    own = (_STATIC / name).read_bytes()
    return look.file("look.css") + own if name == "page.css" else own


def address(name: str) -> str:
    """Where a file is served; changes with its content, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256(file(name)).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    return look.environment(_HERE / "templates", {"static": address, "at": "", "alone": False})
