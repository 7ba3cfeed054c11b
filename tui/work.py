"""What the chat does in threads: each a plain function that is given what it needs, and posts what it finds.

No widget is touched here. What a watch raises stops an answer between two of its stages.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui import messages
from tui.failures import Stopped, is_missing, sentence
from tui.keeper import Keeper

if TYPE_CHECKING:
    from textual.message import Message

    from assistant.models import Answer, Citation
    from assistant.stages import Stage
    from assistant.wiring.desk import Desk
    from tui.state import Exchange, Scope

Post = Callable[["Message"], object]
Errand = Callable[[Post, Callable[[], bool]], None]
"""Something short besides questions: told how to post what it finds, and whether it is to end."""
_STORY = 50
"""Passages that the articles of a story are looked for in."""
RESUMED = 10
"""Exchanges of an earlier conversation that are laid out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One question to be answered."""

    key: int
    typed: str
    before: Sequence[Exchange]
    scope: Scope
    sessions: Path
    session: str


def keep(keeper: Keeper, *, post: Post) -> None:
    """Opens the workspace and its models, and holds them open until the keeper is closed."""

    def opened(desk: Desk) -> None:
        publishers = _publishers(desk)
        post(messages.Opened(desk.standing(), publishers))
        _ = desk.tools  # the first question need not wait for the models
        gc.freeze()  # they stay: nothing is gained by looking through them for garbage

    try:
        keeper.keep(opened=opened)
    except Exception as error:
        post(messages.NotOpened(sentence(error), is_missing(error)))


def _publishers(desk: Desk) -> tuple[str, ...]:
    with desk.viewing() as view:
        return tuple(sorted({one.publisher for one in view.listings() if one.publisher}, key=str.casefold))


def ask(job: Job, keeper: Keeper, *, post: Post, stopped: Callable[[], bool]) -> None:
    """Answers a question, tells each stage, and keeps the exchange. Whatever goes wrong is told, too."""
    try:
        _ask(job, keeper, post=post, stopped=stopped)
    except Stopped:
        return
    except Exception as error:
        post(messages.Failed(job.key, sentence(error)))


def _ask(job: Job, keeper: Keeper, *, post: Post, stopped: Callable[[], bool]) -> None:
    from assistant.shown import shown
    from tui.conversation import exchange, understood

    asked = understood(job.typed, job.before, job.scope)
    post(messages.Begun(job.key, asked.question.text if asked.changed else "", asked.because, asked.sure))
    desk = keeper.desk(stopped=stopped)
    post(messages.Working(job.key, "Searching the articles…"))

    def watch(stage: Stage) -> None:
        if stopped():
            raise Stopped
        post(messages.Working(job.key, _next(stage)))

    answer = desk.ask(asked.question, watch=watch)
    if stopped():
        raise Stopped
    made = exchange(asked, answer, job.scope)
    post(messages.Answered(job.key, made, shown(answer), _kept(job, made)))


def _next(stage: Stage) -> str:
    """What comes after a stage."""
    from assistant.stages import Read, Searched

    if isinstance(stage, Searched):
        return f"Reading {len(stage.result.hits)} passages…"
    return "Comparing what they say…" if isinstance(stage, Read) else "Writing the answer down…"


def _kept(job: Job, made: Exchange) -> str:
    """What went wrong with keeping the exchange: no reason to lose the answer."""
    from tui.sessions import SessionError, keep

    try:
        keep(job.sessions, job.session, made)
    except SessionError as error:
        return str(error)
    return ""


def show(
    keeper: Keeper, article_id: str, citation: Citation | None, others: Sequence[Citation], *,
    post: Post, stopped: Callable[[], bool],
) -> None:  # fmt: skip
    """Finds an article for the sources pane."""
    from tui.excerpt import excerpt

    desk = keeper.desk(stopped=stopped)
    with desk.viewing() as view:
        article = view.article(article_id, quoted=citation.revision if citation else None)
    found = excerpt(article, citation, others=others)
    if not stopped():
        post(messages.Showing(found))


def whole(keeper: Keeper, article_id: str, *, browser: bool, post: Post, stopped: Callable[[], bool]) -> None:
    """Finds an article to be read outside: where it may be, by its address."""
    from assistant.render import heading, visible
    from assistant.shown import may_be_a_link

    with keeper.desk(stopped=stopped).viewing() as view:
        article = view.article(article_id)
    named = heading(article.title, article.publisher, article.published, article.id)
    url = article.url if browser and may_be_a_link(article.url) else None
    post(messages.Whole(url, f"{named}\n\n{visible(article.text)}\n"))


def trace(keeper: Keeper, exchange: Exchange, *, post: Post, stopped: Callable[[], bool]) -> None:
    """Finds the articles of the story that a question was about, among those that counted for it."""
    from assistant.models import ask as asked
    from tui.story import entries

    answer, scope = exchange.answer, exchange.scope
    question = asked(
        answer.question,
        as_of=scope.as_of,
        publishers=scope.publishers,
        since=scope.since,
        until=scope.until,
        top_k=_STORY,
    )
    result = keeper.desk(stopped=stopped).search(question)
    post(messages.Traced(answer.question, entries(result, answer)))


def run(errand: Errand, *, post: Post, stopped: Callable[[], bool]) -> None:
    """Does something short in a thread; whatever goes wrong is told."""
    try:
        errand(post, stopped)
    except Stopped:
        return
    except Exception as error:
        post(messages.Told(sentence(error), failed=True))


def listed(folder: Path, *, post: Post) -> None:
    from tui.sessions import listed

    post(messages.Listed(listed(folder)))


def resume(folder: Path, session: str, *, post: Post) -> None:
    """Lays out the end of an earlier conversation."""
    from assistant.shown import shown
    from tui.sessions import opened

    found = opened(folder, session)
    last = found.exchanges[-RESUMED:]
    laid = [(one, shown(one.answer)) for one in last]
    post(messages.Resumed(found.id, laid, len(found.exchanges) - len(last), found.note))


def save(folder: Path, session: str, path: str, *, post: Post) -> None:
    from tui.sessions import kept, save

    written = save(Path(path), kept(folder, session))
    post(messages.Told(f"Saved the conversation in {written}"))


def copy(answer: Answer, *, post: Post) -> None:
    from assistant.markdown_answer import as_markdown

    post(messages.Copied(as_markdown(answer)))
