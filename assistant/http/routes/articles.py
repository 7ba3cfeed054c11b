"""Articles: listed, shown with their spans, and, where the operator allows writing, added and removed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from pydantic import Discriminator, Tag

from assistant import library, wiring
from assistant.errors import BadInput
from assistant.http.problems import Problem
from assistant.http.service import Service, Stop, service_of
from assistant.library import ArticlePage, ShownArticle
from assistant.posting import Posted, PostedArticle, Removed

router = APIRouter(prefix="/v1", tags=["articles"])

_MOST = 1_000
"""Articles of a page, or of one request that adds some."""
_AROUND = 300
"""Characters on either side of a span, unless asked otherwise."""
_ONE = {
    "id": "tolm/bridge",
    "title": "Bridge opened",
    "publisher": "Tolm Post",
    "published": "2025-05-12",
    "text": "The bridge at Tolm was opened in May 2025.",
}
_POSTED = {
    "articles": [{"id": "tolm/bridge", "revision": 1}],
    "added": 1,
    "revised": 0,
    "unchanged": 0,
    "generation": 4,
}

ServiceHere = Annotated[Service, Depends(service_of)]
ArticleId = Annotated[str, Path(description="As citations have it. It may hold slashes.", examples=["tolm/bridge"])]


def _example(value: object) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {"application/json": {"example": value}}}}


@router.get("/articles", summary="List the articles by id, a page at a time.")
async def list_articles(
    request: Request,
    service: ServiceHere,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="Articles of this page.")] = 100,
    after: Annotated[str, Query(max_length=1_000, description="`next` of the page before.")] = "",
) -> ArticlePage:
    """Pages stay in order while articles come and go: each begins after an id, not at a number."""

    def work(_: Stop) -> ArticlePage:
        with service.desk.viewing() as view:
            return library.page(view, after=after, limit=limit)

    return await service.run(request, work)


@router.get("/articles/{article_id:path}", summary="Show an article, or a span of it.")
async def show_article(
    article_id: ArticleId,
    request: Request,
    service: ServiceHere,
    start: Annotated[int | None, Query(ge=0, description="Where a cited span begins, in characters.")] = None,
    end: Annotated[int | None, Query(ge=0, description="Where it ends.")] = None,
    around: Annotated[int, Query(ge=0, le=10_000, description="Characters of text on either side of it.")] = _AROUND,
) -> ShownArticle:
    """The text that the offsets of citations refer to, as long as `sha256` is that of the citation."""
    span = _span(start, end)

    def work(_: Stop) -> ShownArticle:
        with service.desk.viewing() as view:
            return library.shown(view, article_id, span=span, around=around)

    return await service.run(request, work)


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    """Raises BadInput where one is missing."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise BadInput("A span needs both start and end, as citations have them. Give both, or neither.")
    return start, end


def _kind(body: object) -> str:
    return "articles" if isinstance(body, list) else "article"


Many = Annotated[list[PostedArticle], Body(min_length=1, max_length=_MOST)]
PostedBody = Annotated[
    Annotated[PostedArticle, Tag("article")] | Annotated[Many, Tag("articles")],
    Discriminator(_kind),
    Body(openapi_examples={"one": {"value": _ONE}, "several": {"value": [_ONE]}}),
]


def may_write(service: ServiceHere) -> None:
    """Looked at before the body is, so that who may not write is told that first. Raises Problem."""
    if not service.options.writing:
        detail = "Articles may only be read here. The operator can allow more with: crosscheck serve --allow-writing."
        raise Problem(HTTPStatus.FORBIDDEN, detail)


_WRITING = [Depends(may_write)]


@router.post(
    "/articles", dependencies=_WRITING, summary="Add or revise articles, one or a list.", responses=_example(_POSTED)
)
async def post_articles(body: PostedBody, service: ServiceHere) -> Posted:
    """All of them or none. The answer comes when questions see them; those asked meanwhile see the state before."""
    articles = body if isinstance(body, list) else [body]
    settings = service.desk.settings
    return await service.write(lambda: wiring.post(settings, articles))


@router.delete(
    "/articles/{article_id:path}",
    dependencies=_WRITING,
    summary="Remove an article.",
    responses=_example({"id": "tolm/bridge", "generation": 5}),
)
async def remove_article(article_id: ArticleId, service: ServiceHere) -> Removed:
    """Gone with all its revisions. One that was read from a file comes back with the next ingest of that file."""
    settings = service.desk.settings
    return await service.write(lambda: wiring.remove(settings, article_id))
