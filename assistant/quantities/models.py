"""The values of this package: a quantity as somebody wrote it, and the outcome of comparing two.

They are frozen, equal by content, and know neither articles nor questions. Rendering a quantity for people is
in `showing`; deciding whether two can both hold is in `comparing`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Direction = Literal["up", "down"]
Verdict = Literal["same", "compatible", "clash", "incomparable"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two stated values can both hold, and why, in a sentence for a reader."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number expression: `text[start:end] == words`, and what it states."""

    start: int
    end: int
    words: str
    low: float
    """In base units, percent in percent. `-inf` where only an upper limit is stated."""
    high: float
    """As `low`; `inf` where only a lower limit is stated."""
    rounding: float = 0.0
    """How far the value meant may lie from the one written, as far as its digits tell; in base units."""
    unit: str = "count"
    noun: str | None = None
    """What is counted, or compared, in the singular and lower case; None where the words don't tell."""
    bound: Bound = "exact"
    direction: Direction | None = None
    relative: bool = False
    """A change or a comparison ("30% better", "rose 2%", "5x") and not a level."""
    per: str | None = None
    average: bool = False
    """Said to hold on average or typically."""

    @property
    def figure(self) -> float:
        """The one figure that was written; of a range, its middle."""
        if math.isinf(self.low):
            return self.high
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    def as_ratio(self) -> tuple[float, float] | None:
        """New value over old one, lowest and highest: "30% better" is (1.3, 1.3), "up to 5x" (1.0, 5.0).

        None for levels and for changes in a unit ("rose by 300"), where the old value is not told.
        """
        if not self.relative or self.unit not in ("percent", "ratio"):
            return None
        if self.bound == "at_most":
            return _ordered(self._no_change_or_all(), self._factor(self.high))
        if self.bound == "at_least":
            return _ordered(self._factor(self.low), self._no_change_or_all(least=True))
        return _ordered(self._factor(self.low), self._factor(self.high))

    def _factor(self, written: float) -> float:
        if self.unit == "percent":
            return max(0.0, 1 + written / 100 * (-1 if self.direction == "down" else 1))
        return 1 / written if self.direction == "down" and written > 1 else written

    def _no_change_or_all(self, *, least: bool = False) -> float:
        """Where an open interval ends: at no change, or as far as a change of that direction can go."""
        below_one = self.unit == "ratio" and self.figure < 1
        if least != below_one:
            return 0.0 if self.direction == "down" else math.inf
        return 0.0 if below_one and not least else 1.0

    def shown(self) -> str:
        """The normalized form for people: "x1.3", "<= x5", "1.13e9 USD", "33 %", "20 to 30", ">= 25"."""
        from assistant.quantities.showing import shown  # `showing` is made of quantities

        return shown(self)


def _ordered(one: float, other: float) -> tuple[float, float]:
    return (one, other) if one <= other else (other, one)
