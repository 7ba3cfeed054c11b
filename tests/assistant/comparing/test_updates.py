"""When the later of two statements updates the earlier, and when the two contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.comparing.statement import Statement
from assistant.comparing.updates import is_withdrawn, overtaken, updates
from assistant.comparing.values import Values, beside

EARLY, LATE = date(2026, 3, 3), date(2026, 3, 9)


def updated(one: str, other: str, first: date | None = EARLY, second: date | None = LATE) -> bool:
    a, b = Statement(one, published=first), Statement(other, published=second)
    clash: Values | None = next((value for value in beside(a, b) if value.outcome.verdict == "clash"), None)
    assert updates(a, b, clash) == updates(b, a, next(iter(_turned(b, a)), None))
    return updates(a, b, clash)


def _turned(a: Statement, b: Statement) -> list[Values]:
    return [value for value in beside(a, b) if value.outcome.verdict == "clash"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nine people died.", "Eleven people died."),
        ("The bridge is estimated at 310 crowns.", "The bridge cost 412 crowns."),
        ("No toll will be charged.", "Lorries pay a toll."),
        ("Police put it at 9 cars.", "Police have revised it from 9 cars to 11 cars."),
        ("The chip has 261 GB.", "The first version of our article gave it as 300 GB."),
    ],
)
def test_a_later_article_updates_a_count_a_plan_or_what_it_says_was_said_before(one: str, other: str) -> None:
    assert updated(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fourteen people died.", "Eleven people died."),
        ("There were 61 rooms.", "There were 74 rooms."),
        ("It cost 412 crowns.", "It cost 438 crowns."),
        ("They expect it in October.", "They will decide in December."),
    ],
)
def test_a_later_day_alone_is_no_update(one: str, other: str) -> None:
    assert not updated(one, other)


def test_a_count_on_one_day_or_without_days_is_no_update() -> None:
    assert not updated("Nine people died.", "Fourteen people died.", EARLY, EARLY)
    assert not updated("Nine people died.", "Eleven people died.", None, LATE)


def test_a_plan_that_comes_after_what_was_done_is_about_something_else() -> None:
    done, planned = Statement("It opened on 18 April.", published=EARLY), Statement("It will open.", published=LATE)
    assert overtaken(done, planned)
    assert overtaken(planned, done)
    assert not overtaken(Statement("It will open.", published=EARLY), Statement("It opened.", published=LATE))


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("On 4 March we called the captain Jonas Velk.", True),
        ("Our edition of 7 March said that twelve people had died.", True),
        ("Thane won with 8,412 votes, not with 8,421 as we wrote.", False),
        ("Nine people died.", False),
    ],
)
def test_an_outlet_that_only_tells_what_it_said_before_stands_by_nothing(text: str, *, withdrawn: bool) -> None:
    assert is_withdrawn(text) == withdrawn
