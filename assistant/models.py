"""The wire format: a question, and the one answer object that every front returns.

Names and closed sets are fixed; fields may be added, none renamed. What was not judged, such as the nearest passages
where nothing is covered, has null labels: nothing is guessed. This module knows no front, no storage and no model.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.errors import BadInput

Status = Literal[
    "confirmed", "single_source", "attributed_only", "unconfirmed", "denied", "contested", "superseded", "not_covered"
]
ConflictType = Literal["number", "date", "identity", "polarity", "attribution", "superseded", "opinion"]
Attribution = Literal[
    "own_reporting", "official", "party", "named_person", "anonymous", "other_outlet", "social_post", "none"
]
Certainty = Literal["stated", "hedged", "forecast", "rumour", "denied", "corrected"]
Verdict = Literal["supported", "refuted", "mixed", "not_enough_evidence"]
Relation = Literal["agree", "compatible", "conflict"]

MAX_QUESTION = 2000
"""Characters. The encoder reads the first 256 tokens; what is longer is no question but a text."""
MAX_TOP_K = 100


class Model(BaseModel):
    """Frozen, equal by content, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Question(Model):
    """What was asked, with filters and limits. Made by `ask`, which puts what is wrong into a sentence."""

    text: str
    id: str | None = None
    as_of: date | None = None
    """Answer as the corpus stood at the end of this day: articles published later are left out."""
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    top_k: int | None = None
    """Passages to read; None takes the setting."""
    explain: bool = False
    """Also tell how each pair of sentences was judged. Changes nothing else of the answer."""

    @field_validator("text")
    @classmethod
    def _is_a_question(cls, text: str) -> str:
        words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        if not any(c.isalnum() for c in words):
            raise ValueError("The question has no words. Ask something like: When was the bridge opened?")
        if len(words) > MAX_QUESTION:
            raise ValueError(f"The question has {len(words):,} characters; at most {MAX_QUESTION:,} are read.")
        return words

    @field_validator("top_k")
    @classmethod
    def _is_in_range(cls, top_k: int | None) -> int | None:
        if top_k is not None and not 1 <= top_k <= MAX_TOP_K:
            raise ValueError(f"top-k is {top_k}; give a number from 1 to {MAX_TOP_K}.")
        return top_k

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since ({self.since}) is later than until ({self.until}). Swap them.")
        if self.since and self.as_of and self.since > self.as_of:
            raise ValueError(f"since ({self.since}) is later than as-of ({self.as_of}), so no article can match.")
        return self


def ask(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the wire's own name
    as_of: date | None = None,
    publishers: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    top_k: int | None = None,
    explain: bool = False,
) -> Question:
    """A checked question. Raises BadInput with one sentence for everything that is wrong."""
    try:
        return Question(
            text=text,
            id=id,
            as_of=as_of,
            publishers=publishers,
            since=since,
            until=until,
            top_k=top_k,
            explain=explain,
        )
    except ValidationError as error:
        raise BadInput(" ".join(_sentence(part["msg"]) for part in error.errors())) from error


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")


class Span(Model):
    """Words of an article that decided a label: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


class Citation(Model):
    """Where a quote stands, exactly: `quote == article.text[start:end]` in the revision with this SHA-256."""

    number: int = Field(ge=1)
    article_id: str
    revision: int
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    published: str | None
    quote: str
    start: int
    end: int
    sha256: str
    attribution: Attribution | None = None
    certainty: Certainty | None = None
    cues: tuple[Span, ...] = ()
    origin: str | None = None
    score: float
    """How likely the sentence answers the question, 0 to 1."""


class Finding(Model):
    """Claims that say the same thing, how many independent origins they have, and their status."""

    text: str
    status: Status
    reason: str
    citations: tuple[int, ...]
    articles: int
    origins: int


class Side(Model):
    """One of the values that cannot both hold."""

    value: str
    normalized: str | None
    citations: tuple[int, ...]
    articles: int
    origins: int


class Conflict(Model):
    """Claims that cannot both hold, and why."""

    type: ConflictType
    reason: str
    comparable: bool
    sides: tuple[Side, ...]


class Quote(Model):
    """A sentence of an article: `quote == article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    quote: str


class Comparison(Model):
    """Two sentences that were laid beside each other, how they stand, and why."""

    sentences: tuple[Quote, Quote]
    relation: Relation
    type: ConflictType | None = None
    """Of a conflict."""
    reason: str
    conflict: float
    """Probability, 0 to 1, as is `agree`; what is left is that both can hold."""
    agree: float


class Timings(Model):
    """Milliseconds by stage."""

    search: float
    read: float
    judge: float = 0.0
    total: float


class WorkspaceStamp(Model):
    """Which state of which workspace answered."""

    generation: int
    model: str


class Answer(Model):
    """What was found, said in quotes, each with its citation."""

    id: str
    question: str
    as_of: date | None
    status: Status | None
    """How firm the answer is as a whole; of several questions in one, that of the least firm."""
    reason: str | None
    text: str
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    citations: tuple[Citation, ...]
    closest: tuple[Citation, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    """Each pair of sentences that was compared, conflicts first; only where the question asks to explain."""
    warnings: tuple[str, ...] = ()
    timings_ms: Timings
    workspace: WorkspaceStamp
    settings_hash: str


class Check(Model):
    """Whether the articles bear a statement out, with findings, conflicts and citations as of an answer."""

    id: str
    statement: str
    as_of: date | None = None
    verdict: Verdict
    reason: str
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    citations: tuple[Citation, ...]
    closest: tuple[Citation, ...] = ()
    """The nearest sentences, where none speaks for or against the statement."""
    warnings: tuple[str, ...] = ()
    timings_ms: Timings
    workspace: WorkspaceStamp
    settings_hash: str
