"""The stages of an answer as events of a stream: what each tells, and the line that it is. Part of the wire format."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field
from sse_starlette import ServerSentEvent

from assistant.claims import Claim
from assistant.compose import Part
from assistant.conflicts import Clash, Group
from assistant.http.problems import ProblemDetails
from assistant.models import Answer, ConflictType, Model, Quote
from assistant.records import one_line
from assistant.searching import FoundPassage, found_passage
from assistant.stages import Judged, Read, Searched, Stage
from assistant.stating import shown_value
from assistant.vouched import VouchedClaim

_SHOWN = 8
"""Sentences of the event `claims`."""


class PassagesEvent(Model):
    """The passages that are read, as a search shows them. Of several questions in one, each has its own events."""

    question: str
    hits: tuple[FoundPassage, ...]
    warnings: tuple[str, ...]
    generation: int


class ScoredQuote(Quote):
    """A sentence and how well it answers: `quote == article.text[start:end]`."""

    score: float = Field(description="How likely the sentence answers the question, 0 to 1.")


class ClaimsEvent(Model):
    """The sentences that answer best; which of them the answer cites is not decided yet."""

    question: str
    claims: tuple[ScoredQuote, ...]


class QuotedSide(Model):
    """One of the values that cannot both hold, with the sentences that say it."""

    value: str
    normalized: str | None
    quotes: tuple[Quote, ...]


class QuotedConflict(Model):
    """Claims that cannot both hold, and why."""

    type: ConflictType
    reason: str
    sides: tuple[QuotedSide, ...]


class ConflictsEvent(Model):
    """What contradicts what."""

    question: str
    conflicts: tuple[QuotedConflict, ...]


def of_stage(stage: Stage) -> ServerSentEvent:
    """What a client is told of a stage."""
    if isinstance(stage, Searched):
        return _event("passages", _passages(stage))
    if isinstance(stage, Read):
        claims = tuple(_scored(claim) for claim in stage.claims[:_SHOWN])
        return _event("claims", ClaimsEvent(question=stage.question, claims=claims))
    return _event("conflicts", _conflicts(stage))


def of_answer(answer: Answer) -> ServerSentEvent:
    return _event("answer", answer)


def of_problem(problem: ProblemDetails) -> ServerSentEvent:
    return ServerSentEvent(problem.model_dump_json(exclude_none=True), event="problem")


def _event(name: str, told: Model) -> ServerSentEvent:
    return ServerSentEvent(one_line(told), event=name)


def _passages(stage: Searched) -> PassagesEvent:
    result = stage.result
    return PassagesEvent(
        question=stage.question,
        hits=tuple(found_passage(hit) for hit in result.hits),
        warnings=result.warnings,
        generation=result.generation,
    )


def _conflicts(stage: Judged) -> ConflictsEvent:
    part = stage.part
    return ConflictsEvent(question=part.question, conflicts=tuple(_conflict(clash, part) for clash in part.clashes))


def _conflict(clash: Clash, part: Part) -> QuotedConflict:
    sides = tuple(_side(side, part) for side in clash.sides)
    return QuotedConflict(type=clash.type, reason=clash.strongest.reason, sides=sides)


def _side(side: Group, part: Part) -> QuotedSide:
    members: Sequence[VouchedClaim] = [part.claims[at] for at in side.members]
    value, normalized = shown_value(members[0])
    return QuotedSide(value=value, normalized=normalized, quotes=tuple(_quote(one.claim) for one in members))


def _quote(claim: Claim) -> Quote:
    candidate = claim.candidate
    return Quote(
        article_id=candidate.article.id,
        start=candidate.sentence.start,
        end=candidate.sentence.end,
        quote=candidate.quote,
    )


def _scored(claim: Claim) -> ScoredQuote:
    return ScoredQuote(**_quote(claim).model_dump(), score=round(claim.probability, 4))
