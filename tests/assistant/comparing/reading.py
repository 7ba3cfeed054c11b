"""A reader that is a table, for tests: what it answers to whom stands in the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.reading import Pair, Read, Reading


def reading(
    passage: str,
    words: str = "",
    *,
    margin: float = 6.0,
    answers: float = 0.0,
    stances: tuple[float, float, float] = (0.0, 0.0, 5.0),
) -> Reading:
    """One that finds `words` in the passage, or nothing; each character is a token. Stances are yes, no and open."""
    starts = np.full(len(passage), -20.0, np.float32)
    ends = starts.copy()
    if words:
        at = passage.index(words)
        starts[at], ends[at + len(words) - 1] = margin, 0.0
    offsets = [(at, at + 1) for at in range(len(passage))]
    return Reading(offsets, starts, ends, 0.0, answers, stances)


def reads(answer: Callable[[Pair], Reading]) -> Read:
    def read(pairs: Sequence[Pair]) -> list[Reading]:
        return [answer(pair) for pair in pairs]

    return read
