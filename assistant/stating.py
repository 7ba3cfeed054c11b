"""A claim as a statement that can be compared: its sentence and, in it, the words that answer. Pure."""

from __future__ import annotations

from assistant.comparing.statement import Statement
from assistant.moments import Moment
from assistant.quantities import Quantity
from assistant.vouched import VouchedClaim
from corpus.dates import day


def statement(vouched: VouchedClaim) -> Statement:
    claim = vouched.claim
    sentence, span = claim.candidate.sentence, claim.fit.span
    answer = None if span is None else (span.start - sentence.start, span.end - sentence.start)
    return Statement(
        claim.candidate.quote,
        answer=answer,
        margin=claim.fit.margin,
        stance=claim.fit.stance,
        leads=claim.fit.leads,
        published=day(vouched.article.published) if vouched.article.published else None,
    )


def shown_value(vouched: VouchedClaim) -> tuple[str, str | None]:
    """What a side of a conflict says, in its own words, and on one scale where there is one."""
    stated = statement(vouched)
    things: list[Quantity | Moment] = [*stated.quantities, *stated.moments]
    if vouched.claim.fit.stance is not None:
        return vouched.candidate.quote, vouched.claim.fit.stance
    inside = [thing for thing in things if stated.inside_answer(thing)]
    if inside:
        return stated.answering, inside[0].shown()
    return stated.answering or vouched.candidate.quote, None
