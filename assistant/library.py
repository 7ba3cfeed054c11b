"""Articles as fronts show them: page by page, whole, or a span of one with the text around it. Part of the wire format.

Where an article was read from is the operator's business and stays out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pydantic import Field

from assistant.errors import BadInput
from assistant.models import Model
from corpus.models import Article
from corpus.origins import Link
from index.view import Listing, View


class ListedArticle(Model):
    """One line of a list of articles."""

    id: str
    revision: int
    title: str | None
    publisher: str | None
    published: str | None
    characters: int
    passages: int


class ArticlePage(Model):
    """Some articles, by id."""

    articles: tuple[ListedArticle, ...]
    next: str | None = Field(description="Give it as `after` to get the next page; null on the last one.")
    total: int = Field(description="Articles in all.")
    generation: int


class Related(Model):
    """An article that goes back to the same source."""

    article_id: str
    reason: str


class Excerpt(Model):
    """A span of an article: `quote == text[start:end]`, with some of the text on either side."""

    start: int
    end: int
    before: str
    quote: str
    after: str


class ShownArticle(Model):
    """One article in its present revision. Offsets count Unicode code points of `text`."""

    id: str
    revision: int
    sha256: str
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    published: str | None
    language: str | None
    same_origin: tuple[Related, ...]
    """Articles that copy it, that it copies, or that credit the same outlet."""
    excerpt: Excerpt | None = Field(default=None, description="Where a span was asked for.")
    text: str


def page(view: View, *, after: str, limit: int) -> ArticlePage:
    """At most so many articles, those that come after an id."""
    listings = view.listings(after=after, limit=limit + 1)
    some = [_listed(one) for one in islice(listings, limit)]
    more = next(listings, None) is not None
    return ArticlePage(
        articles=tuple(some),
        next=some[-1].id if more else None,
        total=view.count(),
        generation=view.generation,
    )


def shown(view: View, article_id: str, *, span: tuple[int, int] | None = None, around: int = 0) -> ShownArticle:
    """Raises UnknownArticle, or BadInput for a span that the text does not have."""
    article, links = view.article(article_id), view.links_of(article_id)
    return ShownArticle(
        id=article.id,
        revision=article.revision,
        sha256=article.sha256,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        url=article.url,
        published=article.published,
        language=article.language,
        same_origin=_related(article.id, links),
        excerpt=None if span is None else excerpt(article, *span, around=around),
        text=article.text,
    )


def excerpt(article: Article, start: int, end: int, *, around: int) -> Excerpt:
    """Raises BadInput for a span that the text does not have."""
    text = article.text
    if not 0 <= start < end <= len(text):
        raise BadInput(
            f"The span from {start} to {end} is not in the text of {article.id!r}, which has {len(text):,} characters."
        )
    before = text[max(0, start - around) : start]
    return Excerpt(start=start, end=end, before=before, quote=text[start:end], after=text[end : end + around])


def _listed(listing: Listing) -> ListedArticle:
    return ListedArticle(
        id=listing.id,
        revision=listing.revision,
        title=listing.title,
        publisher=listing.publisher,
        published=listing.published,
        characters=listing.characters,
        passages=listing.passages,
    )


def _related(article_id: str, links: Sequence[Link]) -> tuple[Related, ...]:
    others = ((link.other if link.article == article_id else link.article, link.reason) for link in links)
    return tuple(Related(article_id=other, reason=f"Same origin: {reason}.") for other, reason in others)
