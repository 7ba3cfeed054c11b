"""What is seen in a statement before it is compared."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Quantity

TEXT = "Nine people died on Tuesday, the harbour office said."


def test_the_answering_words_are_cut_out_of_the_text() -> None:
    assert Statement(TEXT, (0, 11)).answering == "Nine people"
    assert Statement(TEXT).answering == ""


def test_only_what_stands_among_the_answering_words_is_inside_the_answer() -> None:
    stated = Statement("It has 144GB of memory and 2 fans.", (7, 12))
    assert [stated.inside_answer(one) for one in stated.quantities] == [True, False]
    assert not any(Statement(stated.text).inside_answer(one) for one in stated.quantities)


def test_days_are_worked_out_from_the_day_of_publication() -> None:
    (moment,) = Statement(TEXT, published=date(2026, 3, 5)).moments
    assert moment.first == date(2026, 3, 3)
    (unresolved,) = Statement(TEXT).moments
    assert unresolved.first is None


def test_common_words_mean_nothing_and_letter_case_neither() -> None:
    assert meaning("The FERRY was in the Harbour") == {"ferry", "harbour"}
    assert meaning("It is what it is.") == frozenset()
    assert meaning("") == frozenset()


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The office denied it.", True),
        ("The mill isn't closing.", True),
        ("The mill isn’t closing.", True),
        ("Nobody was hurt.", True),
        ("The story is a hoax.", True),
        ("The knot was noted.", False),
        ("The mill is closing.", False),
    ],
)
def test_negations_are_words_and_not_parts_of_words(text: str, negated: bool) -> None:
    assert (Statement(text).negations > 0) == negated


@pytest.mark.parametrize(
    ("text", "reserved"),
    [
        ("It may close.", True),
        ("He allegedly left.", True),
        ("Rumours say so; a rumor at least.", True),
        ("It opened in May.", False),
        ("It closed.", False),
    ],
)
def test_reserve_is_seen_and_the_month_of_may_is_none(text: str, reserved: bool) -> None:
    assert Statement(text).has_reserve == reserved


WORDS = st.frozensets(st.sampled_from(["ferry", "harbour", "nine", "died", "bridge"]))


@given(WORDS, WORDS)
def test_shared_words_are_counted_alike_both_ways(one: frozenset[str], other: frozenset[str]) -> None:
    assert shared(one, other) == shared(other, one)
    assert 0 <= shared(one, other) <= 1
    assert shared(one, one) == float(bool(one))


@given(st.text(max_size=80))
def test_any_text_is_a_statement(text: str) -> None:
    stated = Statement(text, published=date(2026, 3, 5))
    things: list[Quantity | Moment] = [*stated.quantities, *stated.moments]
    assert all(text[one.start : one.end] == one.words for one in things)
    assert stated.words == meaning(text)
