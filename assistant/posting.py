"""Articles that are handed in one by one: what they hold, and what is done with them. Part of the wire format.

What an article may hold is decided by the reader of rows in files, so that one that was posted is like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from assistant.errors import BadInput
from assistant.models import Model
from corpus import fields
from corpus.identity import LONGEST_ID
from corpus.models import Draft
from corpus.reading import LIMITS

_TOLD = 10
"""Things that are wrong with one request, as far as they are told of."""


class PostedArticle(Model):
    """An article as it is handed in."""

    id: str = Field(
        min_length=1,
        max_length=LONGEST_ID,
        description="Names the article from now on; posting the same id again revises it.",
    )
    text: str = Field(min_length=1, max_length=LIMITS.characters, description="Kept exactly as given.")
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = Field(default=None, examples=["2026-01-26"])
    language: str | None = Field(default=None, examples=["en"])


class Kept(Model):
    """An article that is in the workspace now."""

    id: str
    revision: int


class Posted(Model):
    """What became of the articles of one request."""

    articles: tuple[Kept, ...]
    added: int
    revised: int
    unchanged: int
    generation: int = Field(description="The state of the workspace that has them.")


class Removed(Model):
    """An article that was removed."""

    id: str
    generation: int = Field(description="The state of the workspace that no longer has it.")


def drafts(articles: Sequence[PostedArticle]) -> dict[str, Draft]:
    """By id, in the order given. Raises BadInput with one sentence for everything that is wrong."""
    found: dict[str, Draft] = {}
    wrong: list[str] = []
    for number, article in enumerate(articles, start=1):
        try:
            draft = _draft(article.model_dump(exclude_none=True))
        except fields.WrongField as error:
            wrong.append(f"Article {number} {error}.")
            continue
        if draft.given_id in found:
            wrong.append(f"Article {number} has the id {draft.given_id!r}, which an earlier one of this request has.")
        found[draft.given_id or ""] = draft
    if wrong:
        more = [f"And {len(wrong) - _TOLD:,} more."] if len(wrong) > _TOLD else []
        raise BadInput(" ".join([*wrong[:_TOLD], *more]))
    return found


def _draft(record: Mapping[str, object]) -> Draft:
    """Raises WrongField."""
    draft = fields.draft(record, source="posted")
    if draft.given_id is None:
        raise fields.WrongField("has no id")
    if draft.given_id in (".", ".."):
        raise fields.WrongField(f"has the id {draft.given_id!r}, which no address can hold")
    return draft
