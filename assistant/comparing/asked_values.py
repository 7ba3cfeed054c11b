"""What a sentence's figures and dates say to a yes/no question that names one: "Did twelve people die?" Pure.

The reader takes nearness for a yes: to it, nine deaths speak for twelve. Values are compared by rules instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant import moments, quantities
from assistant.comparing.asked import own_stance, speaks_of
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Comparison, Quantity

_Thing = TypeVar("_Thing", Quantity, Moment)

_LEAST_ALIKE = 0.1
"""Of the words around two figures; below, they are figures of different things."""
_BOUND = re.compile(
    r"\b(?:before|after|since|until|till|by|from|prior to|later than|earlier than)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_AROUND = 40


def with_own_stance(question: str, statement: Statement) -> Statement:
    """With what the sentence itself says to a yes/no question, where the reader spoke of the passage around it.

    Where a value answers otherwise, no; else what its words say; else, if it leads, what its passage says.
    """
    if statement.stance is None:
        return statement
    said = "no" if contradicted(question, statement) else own_stance(question, statement)
    return statement if said == "open" and statement.leads else replace(statement, stance=said)


def contradicted(question: str, statement: Statement) -> bool:
    """Whether the sentence has another figure or date in the place of the one that the question names."""
    asked = Statement(question, published=statement.published)
    if not speaks_of(question, statement.text):
        return False
    return _clash(asked, asked.quantities, statement, statement.quantities, quantities.compare) or _clash(
        asked, _exact(asked), statement, statement.moments, moments.compare
    )


def _exact(asked: Statement) -> Sequence[Moment]:
    """Dates that are asked for themselves: not "before 1911"."""
    return [one for one in asked.moments if not _BOUND.search(asked.text[: one.start])]


def _clash(
    asked: Statement,
    wanted: Sequence[_Thing],
    statement: Statement,
    there: Sequence[_Thing],
    compare: Callable[[_Thing, _Thing], Comparison],
) -> bool:
    """Whether something wanted clashes with what stands there and nothing wanted is found."""
    outcomes = [(_alike(asked, one, statement, other), compare(one, other)) for one in wanted for other in there]
    if any(outcome.verdict in {"same", "compatible"} for _, outcome in outcomes):
        return False
    return any(outcome.verdict == "clash" and alike >= _LEAST_ALIKE for alike, outcome in outcomes)


def _alike(one: Statement, thing: _Thing, other: Statement, there: _Thing) -> float:
    return shared(_around(one.text, thing), _around(other.text, there))


def _around(text: str, thing: Quantity | Moment) -> frozenset[str]:
    return meaning(f"{text[max(0, thing.start - _AROUND) : thing.start]} {text[thing.end : thing.end + _AROUND]}")
