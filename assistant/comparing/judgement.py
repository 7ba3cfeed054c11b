"""What a judge says about two statements. Pure; the network that judges stands in `assistant.judge`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import ConflictType


@dataclass(frozen=True, slots=True)
class StatementPair:
    """What is judged together."""

    a: str
    b: str
    question: str | None = None
    """What both speak to, where it is known."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities, which add up to 1, and the type that a conflict would have."""

    agree: float
    compatible: float
    conflict: float
    type: ConflictType


JudgePairs = Callable[[Sequence[StatementPair]], Sequence[Judgement]]
"""Judges pairs, whichever way round; judgement i belongs to pair i."""


def undecided(pairs: Sequence[StatementPair]) -> list[Judgement]:
    """No judge at all: figures, dates and stances decide alone."""
    return [Judgement(1 / 3, 1 / 3, 1 / 3, "polarity") for _ in pairs]
