"""What a sentence's figures and dates say to a yes/no question that names one: "Did twelve people die?" Pure.

The reader takes nearness for a yes: to it, nine deaths speak for twelve. Values are compared by rules instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant import moments, quantities
from assistant.comparing import negation, roles
from assistant.comparing.asked import events, own_stance, speaks_of
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Comparison, Quantity

_Thing = TypeVar("_Thing", Quantity, Moment)
_Outcome = tuple[float, Comparison]
"""How alike the words around two values are, and how the values compare."""

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
    return _in_its_role(asked, statement) or _in_its_surroundings(asked, statement)


def _in_its_role(asked: Statement, statement: Statement) -> bool:
    """Another figure for what the question counts, whatever words are around it: other dead than those it names."""
    role = roles.asked_for(asked.text)
    if role is None or not events(asked.text) or negation.denies(asked.text):
        return False
    same = [one for one in statement.quantities if roles.of_figure(statement.text, one.start, one.end) == role]
    return any(_clash([(1.0, quantities.compare(one, other)) for other in same]) for one in asked.quantities)


def _in_its_surroundings(asked: Statement, statement: Statement) -> bool:
    """Another figure or date among about the same words, in a sentence that speaks of what is asked about."""
    if not speaks_of(asked.text, statement.text):
        return False
    return _clash(_outcomes(asked, asked.quantities, statement, statement.quantities, quantities.compare)) or _clash(
        _outcomes(asked, _exact(asked), statement, statement.moments, moments.compare)
    )


def _exact(asked: Statement) -> Sequence[Moment]:
    """Dates that are asked for themselves: not "before 1911"."""
    return [one for one in asked.moments if not _BOUND.search(asked.text[: one.start])]


def _outcomes(
    asked: Statement,
    wanted: Sequence[_Thing],
    statement: Statement,
    there: Sequence[_Thing],
    compare: Callable[[_Thing, _Thing], Comparison],
) -> Sequence[_Outcome]:
    return [(_alike(asked, one, statement, other), compare(one, other)) for one in wanted for other in there]


def _clash(outcomes: Sequence[_Outcome]) -> bool:
    """Whether something wanted clashes with what stands there and nothing wanted is found."""
    if any(outcome.verdict in {"same", "compatible"} for _, outcome in outcomes):
        return False
    return any(outcome.verdict == "clash" and alike >= _LEAST_ALIKE for alike, outcome in outcomes)


def _alike(one: Statement, thing: _Thing, other: Statement, there: _Thing) -> float:
    return shared(_around(one.text, thing), _around(other.text, there))


def _around(text: str, thing: Quantity | Moment) -> frozenset[str]:
    return meaning(f"{text[max(0, thing.start - _AROUND) : thing.start]} {text[thing.end : thing.end + _AROUND]}")
