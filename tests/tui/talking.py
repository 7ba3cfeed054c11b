"""The chat over a desk that answers from a table, driven by a pilot. The real desk answers in `test_same_answer`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import cast

from textual.pilot import Pilot

from assistant.models import Answer, Citation, Question, Span
from assistant.stages import Read, Searched, Watch
from assistant.wiring.desk import Desk, Standing
from corpus.models import Article, text_sha256
from index.errors import UnknownArticle
from index.models import Hit, SearchResult, StoredPassage, Summary
from tests.tui.exchanges import answer, contested
from tui.app import ChatApp

OPENING = """The Narrows Bridge

It was opened on 18 April. The minister came by boat.

A toll of two crowns is taken, the agency said."""
TRAFFIC = """Notice to drivers

It was opened on 25 April. Lorries wait until May."""
TEXTS = {"opening": OPENING, "traffic": TRAFFIC}


def article(article_id: str) -> Article:
    text = TEXTS[article_id]
    return Article(
        id=article_id, revision=1, text=text, sha256=text_sha256(text), source=f"/{article_id}.md",
        title=text.splitlines()[0], publisher={"opening": "Oxmere Post", "traffic": "Veyle Roads Agency"}[article_id],
        url="https://oxmere.example/bridge" if article_id == "opening" else None, published="2026-04-19",
    )  # fmt: skip


def placed(citation: Citation) -> Citation:
    """Where the quote really stands, with what is known of its article."""
    own = article(citation.article_id)
    start = own.text.index(citation.quote)
    cue = Span(text=citation.quote[:2], start=start, end=start + 2)
    told = {"start": start, "end": start + len(citation.quote), "cues": (cue,), "origin": "one"}
    return citation.model_copy(
        update={**told, "title": own.title, "publisher": own.publisher, "url": own.url, "sha256": own.sha256}
    )


def about_the_bridge(question: str) -> Answer:
    """Contested: two articles name two days."""
    said = contested(question)
    return said.model_copy(update={"citations": tuple(map(placed, said.citations))})


def about_nothing(question: str) -> Answer:
    """Not covered, with a nearest passage."""
    near = contested().citations[:1]
    found = answer(question, status="not_covered")
    return found.model_copy(update={"closest": tuple(map(placed, near)), "reason": "Nothing bears on it.", "text": ""})


class TableDesk:
    """Contested about the bridge, nothing about anything else; told to, it waits or fails."""

    def __init__(self, *, articles: int = 2) -> None:
        self.asked: list[Question] = []
        self.go = Event()
        self.go.set()
        self.fails: Exception | None = None
        self.tools = None
        self._articles = articles

    def ask(self, question: Question, *, watch: Watch) -> Answer:
        self.asked.append(question)
        watch(Searched(question.text, self.search(question)))
        self.go.wait(10)
        if self.fails:
            raise self.fails
        watch(Read(question.text, ()))
        return about_the_bridge(question.text) if "bridge" in question.text.casefold() else about_nothing(question.text)

    def search(self, question: Question) -> SearchResult:
        found = [article(one) for one in TEXTS]
        hits = [Hit(StoredPassage(n, n, one, 0, 20, ()), 0.9, 0.9, None) for n, one in enumerate(found)]
        return SearchResult(hits, 1)

    def standing(self) -> Standing:
        return Standing(1, self._articles, "table")

    @contextmanager
    def viewing(self) -> Iterator[object]:
        def one(article_id: str, *, quoted: int | None = None) -> Article:
            if article_id not in TEXTS:
                raise UnknownArticle(f"No article has the id {article_id!r}.")
            return article(article_id)

        yield SimpleNamespace(article=one, listings=lambda: [article(known) for known in TEXTS])


class Chat:
    """A chat that is open, and what a test asks of it."""

    def __init__(self, app: ChatApp, pilot: Pilot[None], desk: TableDesk) -> None:
        self.app, self.pilot, self.desk = app, pilot, desk
        self.press = pilot.press
        self.opened: list[str] = []
        self.copied: list[str] = []
        app.open_url = lambda url, *, new_tab=True: self.opened.append(url)  # type: ignore[method-assign]
        app.copy_to_clipboard = self.copied.append  # type: ignore[method-assign]

    async def send(self, text: str) -> None:
        """Types a line, presses Enter, and waits for what comes of it."""
        self.app.prompt.value = text
        await self.press("enter")
        await self.settled()

    async def until(self, holds: Callable[[], object]) -> None:
        for _ in range(500):
            await self.pilot.pause()
            if holds():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"never: {self.text}")

    async def settled(self) -> None:
        """Nothing runs but the thread that holds the desk."""
        await self.until(lambda: all(one.group == "desk" or one.is_finished for one in self.app.workers))
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(
            "".join(s.text for s in strip).rstrip() for strip in self.app.screen._compositor.render_strips()
        )

    @property
    def notices(self) -> list[str]:
        return [one.message for one in self.app._notifications]

    @property
    def current(self) -> int | None:
        view = self.app.transcript.last
        return view.current if view else None


Steps = Callable[[Chat], Awaitable[None]]


def talk(
    steps: Steps, folder: Path, *, size: tuple[int, int] = (120, 36), desk: TableDesk | None = None,
    resume: str | None = None, opening: Callable[[], Desk] | None = None,
) -> Chat:  # fmt: skip
    """Opens the chat and does these steps."""
    table = desk or TableDesk()
    ingested: list[Sequence[Path]] = []

    def ingest(paths: Sequence[Path], _: object) -> Summary:
        ingested.append(paths)
        return Summary(added=1)

    async def play() -> Chat:
        app = ChatApp(
            lambda: nullcontext(opening() if opening else cast("Desk", table)),
            workspace=folder / "workspace", sessions=folder / "sessions", ingest=ingest, resume=resume,
        )  # fmt: skip
        async with app.run_test(size=size) as pilot:
            chat = Chat(app, pilot, table)
            await chat.until(lambda: "opening the workspace" not in chat.text or len(app.screen_stack) > 1)
            await steps(chat)
        return chat

    return asyncio.run(play())
