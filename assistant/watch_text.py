"""What `crosscheck watch` prints of what happens: a line for people, with the time of day, or one of JSON. Pure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import singledispatch

from assistant.harmless import in_json
from assistant.render import on_one_line
from assistant.wiring.watching import Back, Brought, Gone, News, Polling, Unread, Waiting
from index.models import Summary

_EVENTS: dict[type, str] = {
    Brought: "changed",
    Unread: "skipped",
    Waiting: "waiting",
    Gone: "gone",
    Back: "back",
    Polling: "polling",
}
"""Names of what happened, as JSON has them."""


def news_text(news: News, *, now: datetime | None = None) -> str:
    """Begins with the time of day on the user's clock, which is `now` unless given."""
    return f"{(now or datetime.now()):%H:%M:%S} {on_one_line(_said(news))}"


def news_json(news: News, *, now: datetime | None = None) -> str:
    """One line; `at` is the time in UTC."""
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return in_json(json.dumps({"at": at, "event": _event(news), **_facts(news)}, ensure_ascii=False))


def _event(news: News) -> str:
    return "watching" if isinstance(news, Brought) and news.first else _EVENTS[type(news)]


@singledispatch
def _said(news: News) -> str:
    raise NotImplementedError(type(news))


@_said.register
def _(news: Brought) -> str:
    said = _counts(news.summary)
    more = news.summary.added + news.summary.revised - len(news.titles)
    titles = ", ".join(news.titles) + (f" and {more:,} more" if more and news.titles else "")
    if not news.first:
        return f"{said}: {titles}" if titles else said
    return f"watching; {said or 'nothing new'}, {news.summary.unchanged:,} unchanged{f': {titles}' if titles else ''}"


@_said.register
def _(news: Unread) -> str:
    return f"skipped {news.skipped.path}: {news.skipped.reason}"


@_said.register
def _(news: Waiting) -> str:
    return "another command is writing to the workspace; waiting for it"


@_said.register
def _(news: Gone) -> str:
    return f"{str(news.path)!r} is gone; its articles stay until it is back"


@_said.register
def _(news: Back) -> str:
    return f"{str(news.path)!r} is back"


@_said.register
def _(news: Polling) -> str:
    return f"the system gives no notice of changes ({news.why}); looking twice a second instead"


def _counts(summary: Summary) -> str:
    counts = (("added", summary.added), ("revised", summary.revised), ("removed", summary.removed))
    return ", ".join(f"{what} {count:,}" for what, count in counts if count)


def _facts(news: News) -> dict[str, object]:
    if isinstance(news, Brought):
        summary = news.summary
        return {
            "added": summary.added,
            "revised": summary.revised,
            "removed": summary.removed,
            "unchanged": summary.unchanged,
            "titles": list(news.titles),
            "generation": summary.generation,
        }
    if isinstance(news, Unread):
        return {"path": news.skipped.path, "line": news.skipped.line, "reason": news.skipped.reason}
    if isinstance(news, (Gone, Back)):
        return {"path": str(news.path)}
    return {"why": news.why} if isinstance(news, Polling) else {}
