"""What a search shows, as every front returns it: passages with their scores. Part of the wire format."""

from __future__ import annotations

from pydantic import Field

from assistant.models import Model
from index.models import Hit, SearchResult


class FoundPassage(Model):
    """A passage and why it was found: `text == article.text[start:end]`."""

    article_id: str
    revision: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    text: str
    fused: float = Field(description="Of both searches, 0 to 1 within one search.")
    dense: float = Field(description="Cosine of question and passage.")
    lexical: float | None = Field(description="BM25; null where no word of the question brought the passage up.")


class Search(Model):
    """Passages, best first."""

    hits: tuple[FoundPassage, ...]
    warnings: tuple[str, ...] = Field(description="What could not be looked at.")
    generation: int = Field(description="The state of the workspace that was searched.")


def found_passage(hit: Hit) -> FoundPassage:
    article, passage = hit.passage.article, hit.passage
    return FoundPassage(
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        fused=round(hit.score, 6),
        dense=round(hit.dense, 6),
        lexical=None if hit.lexical is None else round(hit.lexical, 6),
    )


def shown(result: SearchResult) -> Search:
    hits = tuple(found_passage(hit) for hit in result.hits)
    return Search(hits=hits, warnings=result.warnings, generation=result.generation)
