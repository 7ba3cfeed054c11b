"""An article as its page shows it: its text in paragraphs with the cited span marked, and what is known of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.http.shown import article_path
from assistant.marked import Mark, Piece, paragraphs
from assistant.shown import may_be_a_link
from corpus.models import Article
from corpus.origins import Link

_LINKS_SHOWN = 10
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What the address says is cited; None where it says nothing that can be read."""

    start: int | None = None
    end: int | None = None
    revision: int | None = None
    wanted: bool = False
    """Whether the address names a span at all."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Another article of the same origin, and why it is one."""

    other: str
    href: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the page of an article shows."""

    id: str
    revision: int
    sha256: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    language: str | None
    url: str | None
    link: bool
    notes: tuple[str, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    links: tuple[Kin, ...]
    more_links: int


def article_page(article: Article, links: Sequence[Link], cited: Cited, *, present: int | None = None) -> ArticlePage:
    """`article` in the revision that is shown; `present` is the one that it stands in now, None for the same."""
    mark = _mark(article, cited)
    return ArticlePage(
        id=article.id,
        revision=article.revision,
        sha256=article.sha256,
        title=article.title or article.id,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        language=article.language if article.language and _LANGUAGE.fullmatch(article.language) else None,
        url=article.url,
        link=may_be_a_link(article.url),
        notes=(*_since(article, present), *_notes(article, cited, mark)),
        paragraphs=paragraphs(article.text, [mark] if mark else []),
        links=tuple(_kin(article.id, link) for link in links[:_LINKS_SHOWN]),
        more_links=max(0, len(links) - _LINKS_SHOWN),
    )


def cited(address: Mapping[str, str]) -> Cited:
    """The span that an address names; numbers that are none count as not given."""
    return Cited(
        start=_whole(address.get("start")),
        end=_whole(address.get("end")),
        revision=_whole(address.get("revision")),
        wanted="start" in address or "end" in address,
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,12}", text) else None


def _mark(article: Article, cited: Cited) -> Mark | None:
    """None where this revision does not have the span."""
    if cited.start is None or cited.end is None or not 0 <= cited.start < cited.end <= len(article.text):
        return None
    return Mark(cited.start, cited.end, "cited") if cited.revision in (None, article.revision) else None


def _since(article: Article, present: int | None) -> tuple[str, ...]:
    if present in (None, article.revision):
        return ()
    return (
        f"This is revision {article.revision}, as it was quoted. The article was changed since, to revision {present}.",
    )


def _notes(article: Article, cited: Cited, mark: Mark | None) -> tuple[str, ...]:
    if cited.revision not in (None, article.revision):
        revised = f"The quote is from revision {cited.revision}. The article was changed since; this is revision"
        return (f"{revised} {article.revision}, in which it may stand elsewhere or not at all.",)
    if cited.wanted and mark is None:
        return ("The address points at characters that this article does not have, so nothing is marked.",)
    return ()


def _kin(article_id: str, link: Link) -> Kin:
    other = link.other if link.article == article_id else link.article
    return Kin(other, article_path(other), link.reason)
