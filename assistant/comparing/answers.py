"""The words of statements that answer a question, found by the reader: what makes sentences comparable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.comparing.statement import Statement
from assistant.kinds import kind_of
from assistant.reading import Pair, Read, Reading

_LEAST = -8.0
"""A span that beats no span at all by less than this answers nothing."""


def stated(
    question: str, texts: Sequence[str], read: Read, *, published: Sequence[date | None] = ()
) -> list[Statement]:
    """Statement i is of text i. To a yes/no question there are stances, to any other answering words."""
    readings = read([Pair(question.casefold(), None, text) for text in texts])
    days = list(published) or [None] * len(texts)
    if kind_of(question) == "yes_no":
        return [
            Statement(text, margin=one.answers, stance=one.stance, published=day)
            for text, one, day in zip(texts, readings, days, strict=True)
        ]
    return [
        Statement(text, _answer(one), margin=one.span.margin, published=day)
        for text, one, day in zip(texts, readings, days, strict=True)
    ]


def _answer(reading: Reading) -> tuple[int, int] | None:
    span = reading.span
    return (span.start, span.end) if span.margin >= _LEAST else None
