"""What a judge says about two statements, and the project's own judge: each statement asked of the other.

"Is it true that ...?" is a yes/no question like any other, so the reader answers it: what it says yes to agrees, what
it says no to conflicts, what it leaves open is compatible. A network of its own for this measured no better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.reading import Pair, Read, Reading


@dataclass(frozen=True, slots=True)
class StatementPair:
    """What is judged together."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities, which add up to 1."""

    agree: float
    compatible: float
    conflict: float


JudgePairs = Callable[[Sequence[StatementPair]], Sequence[Judgement]]
"""Judges pairs, whichever way round; judgement i belongs to pair i."""


def is_it_true(statement: str) -> str:
    return f"Is it true that {statement.rstrip('.!?')}?"


def by_stance(read: Read) -> JudgePairs:
    """Each pair is read both ways round, and the mean of the logits decides: which is first changes nothing."""

    def judge(pairs: Sequence[StatementPair]) -> list[Judgement]:
        asked = [
            Pair(is_it_true(one), None, other) for pair in pairs for one, other in ((pair.a, pair.b), (pair.b, pair.a))
        ]
        readings = read(asked)
        return [_judgement(one, other) for one, other in zip(readings[::2], readings[1::2], strict=True)]

    return judge


def _judgement(one: Reading, other: Reading) -> Judgement:
    logits = (np.array(one.stances) + np.array(other.stances)) / 2
    likely = np.exp(logits - logits.max())
    yes, no, leaves_open = (likely / likely.sum()).tolist()
    return Judgement(agree=yes, compatible=leaves_open, conflict=no)


def undecided(pairs: Sequence[StatementPair]) -> list[Judgement]:
    """No judge at all: figures, dates and stances decide alone."""
    return [Judgement(1 / 3, 1 / 3, 1 / 3) for _ in pairs]
