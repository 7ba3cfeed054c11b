"""What a reader says about a passage, and what follows from it for each of its sentences. Pure.

The model that reads stands in `reader`; which of the scores made here decides what, in `claims` and `policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Stance = Literal["yes", "no", "open"]

LONGEST_SPAN = 30
"""Tokens. One answer in two hundred is longer."""
_NO_SPAN = -30.0


@dataclass(frozen=True, slots=True)
class Pair:
    """What is read together: a question and a passage of an article with that title."""

    question: str
    title: str | None
    passage: str


@dataclass(frozen=True, slots=True)
class Span:
    """An answering span: `passage[start:end]`, and how much more speaks for it than for no span at all."""

    start: int
    end: int
    margin: float


@dataclass(frozen=True)
class Reading:
    """The logits of a reader for one pair, on the passage's tokens."""

    offsets: Sequence[tuple[int, int]]
    """Characters of the passage that each token stands for."""
    starts: Floats
    """Shape (tokens,): that an answer begins here."""
    ends: Floats
    nothing: float
    """Logit of no span at all (Devlin et al. 2019; Rajpurkar et al. 2018)."""
    answers: float
    """Log-odds, as the network was trained, that the passage answers the question."""
    stances: tuple[float, float, float]
    """Logits of yes, no and open, for a yes/no question."""

    @cached_property
    def span(self) -> Span:
        """The best span of the whole passage."""
        return self.best_span(0, len(self.offsets))

    def span_within(self, start: int, end: int) -> Span:
        """The best span of the passage's characters from `start` to `end`, as of a sentence."""
        inside = [token for token, (a, b) in enumerate(self.offsets) if a < end and start < b]
        return self.best_span(inside[0], inside[-1] + 1) if inside else Span(start, start, _NO_SPAN)

    def best_span(self, first: int, stop: int) -> Span:
        """Of the tokens from `first` up to `stop`: start and end with the highest sum, LONGEST_SPAN apart at most."""
        starts, ends = self.starts[first:stop], self.ends[first:stop]
        if not len(starts):
            return Span(0, 0, _NO_SPAN)
        reach = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
        sums = np.where((reach >= 0) & (reach < LONGEST_SPAN), starts[:, None] + ends[None, :], -np.inf)
        a, b = divmod(int(sums.argmax()), len(ends))
        margin = float(sums[a, b]) - self.nothing
        return Span(self.offsets[first + a][0], self.offsets[first + b][1], margin)

    @property
    def stance(self) -> Stance:
        """What the passage says to a yes/no question."""
        names: tuple[Stance, Stance, Stance] = ("yes", "no", "open")
        return names[int(np.argmax(self.stances))]


Read = Callable[[Sequence[Pair]], Sequence[Reading]]
"""Reads pairs; reading i belongs to pair i."""
