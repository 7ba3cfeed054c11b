"""The figures and dates of two statements set side by side: which belong together, and whether both can hold. Pure.

Where the answering words hold figures, those are compared. Otherwise each figure of one statement is laid beside those
of the other whose surroundings are most alike: "40 passengers" beside "28 passengers" and not beside "two crew".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import moments, quantities
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Comparison, Quantity

_AROUND = 40
"""Characters before and after a figure that tell what it is about."""


@dataclass(frozen=True, slots=True)
class Values:
    """Two figures, or two dates, and the outcome."""

    a: Quantity | Moment
    b: Quantity | Moment
    outcome: Comparison
    alike: float
    """How much the surroundings share, 0 to 1."""
    answering: bool
    """Whether both stand among the answering words."""

    @property
    def are_dates(self) -> bool:
        return isinstance(self.a, Moment)


def beside(a: Statement, b: Statement) -> list[Values]:
    """Comparable figures and dates, best matched first; each stands in one pair at most."""
    found = [*_quantities(a, b), *_moments(a, b)]
    found.sort(key=lambda one: (-one.answering, -one.alike, one.are_dates, one.a.start + one.b.start))
    chosen: list[Values] = []
    for one in found:
        if not any(one.a is other.a or one.b is other.b for other in chosen):
            chosen.append(one)
    return chosen


def _quantities(a: Statement, b: Statement) -> Iterator[Values]:
    for one in a.quantities:
        for other in b.quantities:
            outcome = _compared(one, other, answering=a.inside_answer(one) and b.inside_answer(other))
            if outcome.verdict != "incomparable":
                yield _values(a, b, one, other, outcome)


def _compared(one: Quantity, other: Quantity, *, answering: bool) -> Comparison:
    """Two answers to one question count the same thing, whatever they call it: "10 shot-like sounds", "11 shots"."""
    if not answering:
        return quantities.compare(one, other)
    return quantities.compare(replace(one, noun=None), replace(other, noun=None))


def _moments(a: Statement, b: Statement) -> Iterator[Values]:
    for one in a.moments:
        for other in b.moments:
            outcome = moments.compare(one, other)
            if outcome.verdict != "incomparable":
                yield _values(a, b, one, other, outcome)


def _values(
    a: Statement, b: Statement, one: Quantity | Moment, other: Quantity | Moment, outcome: Comparison
) -> Values:
    return Values(
        a=one,
        b=other,
        outcome=outcome,
        alike=shared(_surroundings(a, one), _surroundings(b, other)),
        answering=a.inside_answer(one) and b.inside_answer(other),
    )


def _surroundings(statement: Statement, thing: Quantity | Moment) -> frozenset[str]:
    text = statement.text
    before, after = text[max(0, thing.start - _AROUND) : thing.start], text[thing.end : thing.end + _AROUND]
    return meaning(f"{before} {after}")


def strongest(values: Sequence[Values], verdict: str, *, answering: bool, dates: bool) -> float:
    """How alike the best matched pair with that verdict is, 0 where there is none; of answering words, 1."""
    some = [
        1.0 if answering else one.alike
        for one in values
        if one.outcome.verdict == verdict and one.answering == answering and one.are_dates == dates
    ]
    return max(some, default=0.0)
