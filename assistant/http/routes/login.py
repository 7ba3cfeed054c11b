"""Where the page for people takes a token, and gives the cookie that lets a browser in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.http.security import signed_in
from assistant.http.signing_in import form, signed

router = APIRouter(include_in_schema=False)


@router.get("/login")
async def ask_for_a_token(request: Request) -> Response:
    return RedirectResponse("/", 303) if signed_in(request) else form("/")


@router.post("/login")
async def take_a_token(request: Request) -> Response:
    return await signed(request)
