"""The figures and dates of two statements set side by side: which belong together, and whether both can hold. Pure.

Where the answering words hold figures, those are compared. Otherwise each figure of one statement is laid beside those
of the other whose surroundings are most alike: "40 passengers" beside "28 passengers" and not beside "two crew".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import moments, quantities
from assistant.comparing import asked, roles
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Comparison, Quantity

_AROUND = 40
"""Characters before and after a figure that tell what it is about."""
_REPLACED = re.compile(r"\b(?:not|no longer|from|instead of|rather than)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
"""Before a figure that the sentence takes back."""


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


def beside(a: Statement, b: Statement, *, question: str | None = None) -> list[Values]:
    """Comparable figures and dates, best matched first; each stands in one pair at most.

    With a question, those among the answering words have to be of what it asks for.
    """
    found = [*_quantities(a, b, question), *_moments(a, b, question)]
    found.sort(key=lambda one: (-one.answering, -one.alike, one.are_dates, one.a.start + one.b.start))
    chosen: list[Values] = []
    for one in found:
        if not any(one.a is other.a or one.b is other.b for other in chosen):
            chosen.append(one)
    return chosen


def _quantities(a: Statement, b: Statement, question: str | None) -> Iterator[Values]:
    for one in a.quantities:
        for other in b.quantities:
            answering = a.inside_answer(one) and b.inside_answer(other)
            if answering and question and not _counts_the_same(a, one, b, other, question):
                continue
            outcome = (
                _compared(one, other, asked.counted(question or "")) if answering else quantities.compare(one, other)
            )
            if answering and outcome.verdict == "clash" and (_has(a, other, one) or _has(b, one, other)):
                continue
            if outcome.verdict != "incomparable":
                yield _values(a, b, one, other, outcome)


def _compared(one: Quantity, other: Quantity, noun: str | None) -> Comparison:
    """Two answers to one question count the same thing, whatever they call it: "10 shot-like sounds", "11 shots".

    Only of people there are parts: 70 passengers can be among 74 people aboard. A bare figure counts what is asked for.
    """
    as_stated = quantities.compare(replace(one, noun=one.noun or noun), replace(other, noun=other.noun or noun))
    if as_stated.verdict != "incomparable":
        return as_stated
    return quantities.compare(replace(one, noun=None), replace(other, noun=None))


def _of_another(question: str, a: Statement, one: Quantity | Moment, b: Statement, other: Quantity | Moment) -> bool:
    return any(
        asked.of_another(question, statement.text, value.start)
        or (isinstance(value, Moment) and asked.of_saying(question, statement.text, value.start))
        for statement, value in ((a, one), (b, other))
    )


def _counts_the_same(a: Statement, one: Quantity, b: Statement, other: Quantity, question: str) -> bool:
    """Whether both figures are of the kind that is asked for: "61 aboard" tells nothing of how many died."""
    if not (asked.fits(question, one) and asked.fits(question, other)):
        return False
    if _of_another(question, a, one, b, other):
        return False
    counted = {roles.of_figure(a.text, one.start, one.end), roles.of_figure(b.text, other.start, other.end)}
    wanted = roles.asked_for(question)
    return len((counted | {wanted}) - {None}) < 2 and (wanted in roles.SPECIAL or not counted & roles.SPECIAL)


def _has(statement: Statement, value: Quantity | Moment, beside: Quantity | Moment) -> bool:
    """Whether a statement also gives the other's value and stands by it: then it speaks of two things."""
    own: Sequence[Quantity | Moment] = statement.quantities if isinstance(value, Quantity) else statement.moments
    return any(
        _same(one, value) and not _REPLACED.search(statement.text[: one.start]) for one in own if one is not beside
    )


def _same(one: Quantity | Moment, other: Quantity | Moment) -> bool:
    if isinstance(one, Quantity):
        return isinstance(other, Quantity) and quantities.compare(one, other).verdict == "same"
    return isinstance(other, Moment) and moments.compare(one, other).verdict == "same"


def _moments(a: Statement, b: Statement, question: str | None) -> Iterator[Values]:
    for one in a.moments:
        for other in b.moments:
            answering = a.inside_answer(one) and b.inside_answer(other)
            if answering and question and (_of_another(question, a, one, b, other)):
                continue
            outcome = moments.compare(one, other)
            if answering and outcome.verdict == "clash" and (_has(a, other, one) or _has(b, one, other)):
                continue
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
