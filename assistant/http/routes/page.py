"""The page for people: a question, its answer, and the articles behind it. Works without a script.

With `part=...` in the address, only what changes is sent: the page's script puts it in its place.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response, StreamingResponse

from assistant.http import logs, metrics, templating
from assistant.http.article_page import ArticlePage, article_page, cited
from assistant.http.page_form import Form
from assistant.http.problems import Problem, problem_of
from assistant.http.publishers import Publishers
from assistant.http.service import Gone, Service, Stop, service_of
from assistant.http.shown import links
from assistant.http.telling import Watch, told, unwatched
from assistant.models import Answer
from assistant.shown import shown
from index.errors import UnknownArticle

router = APIRouter(include_in_schema=False)
_log = logging.getLogger("crosscheck.http")
_publishers = Publishers()

_HEADERS = {"Cache-Control": "private, no-cache"}
"""A page may be shown again only after asking whether there is a newer state."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a page is about, or why there is nothing: the sentence is for whoever reads the page."""

    status: HTTPStatus = HTTPStatus.OK
    problem: str | None = None
    answer: Answer | None = None
    article: ArticlePage | None = None
    publishers: tuple[str, ...] = ()


@router.get("/")
async def ask(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The form; with `q`, the answer below it."""
    form = Form.typed(request.query_params)
    if request.query_params.get("part") == "stages":
        return StreamingResponse(_staged(request, service, form), media_type="application/x-ndjson", headers=_HEADERS)
    outcome = await _asked(request, service, form)
    return await _page("ask.html", outcome, _of_answer(form, outcome))


async def _staged(request: Request, service: Service, form: Form) -> AsyncIterator[str]:
    """A line of JSON for each stage, and the answer's part of the page as the last."""
    async for one in told(lambda watch: _asked(request, service, form, watch)):
        if isinstance(one, str):
            line = {"stage": one}
        else:
            line = {"html": await _rendered("answer.html", one, _of_answer(form, one))}
        yield json.dumps(line) + "\n"


async def _asked(request: Request, service: Service, form: Form, watch: Watch = unwatched) -> _Outcome:
    if form.asked:
        logs.note_question(request, form.question)

    def work(stop: Stop) -> _Outcome:
        names = _publishers.of(service.desk)
        if not form.asked:
            return _Outcome(publishers=names)
        try:
            answer = service.desk.ask(form.as_question(), watch=lambda stage: watch(stop, stage))
        except Exception as error:
            return _failed(error, names)
        return _Outcome(answer=answer, publishers=names)

    outcome = await _outcome(service, request, work)
    if outcome.answer is not None:
        metrics.observe_answer(request.app, outcome.answer)
    return outcome


def _of_answer(form: Form, outcome: _Outcome) -> Mapping[str, object]:
    laid = None if outcome.answer is None else shown(outcome.answer)
    cited = {} if outcome.answer is None else links(outcome.answer)
    return {"form": form, "shown": laid, "links": cited, "publishers": outcome.publishers}


@router.get("/articles/{article_id:path}")
async def article(article_id: str, request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """An article's text, with `start` to `end` marked where the address has them."""
    span = cited(request.query_params)

    def work(_: Stop) -> _Outcome:
        with service.desk.viewing() as view:
            try:
                present, links = view.article(article_id), view.links_of(article_id)
            except UnknownArticle:
                return _Outcome(HTTPStatus.NOT_FOUND, f"There is no article with the id “{article_id}”, or no longer.")
            quoted = view.article(article_id, quoted=span.revision)
        return _Outcome(article=article_page(quoted, links, span, present=present.revision))

    outcome = await _outcome(service, request, work)
    template = "article_body.html" if request.query_params.get("part") == "article" else "article.html"
    return await _page(template, outcome, {"page": outcome.article})


@router.get("/static/{name}")
async def static(name: str) -> Response:
    if name not in templating.TYPES:
        raise Problem(HTTPStatus.NOT_FOUND, "The page has no such file.")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(templating.file(name), media_type=templating.TYPES[name], headers=kept)


async def _outcome(service: Service, request: Request, work: Callable[[Stop], _Outcome]) -> _Outcome:
    """Where something fails, the sentence that says so. Raises Gone where nobody waits any more."""
    try:
        return await service.run(request, work)
    except Gone:
        raise
    except Exception as error:
        return _failed(error, ())


def _failed(error: Exception, publishers: tuple[str, ...]) -> _Outcome:
    """Raises what nobody foresaw."""
    problem = problem_of(error)
    if problem is None:
        raise error
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error)
    return _Outcome(problem.status, problem.detail, publishers=publishers)


async def _page(template: str, outcome: _Outcome, values: Mapping[str, object]) -> Response:
    return HTMLResponse(await _rendered(template, outcome, values), outcome.status, headers=_HEADERS)


async def _rendered(template: str, outcome: _Outcome, values: Mapping[str, object]) -> str:
    """On another thread: an article may be long, and others wait for theirs."""
    return await run_in_threadpool(templating.rendered, template, {"problem": outcome.problem, **values})
