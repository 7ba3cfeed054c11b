"""The gate: a sentence bears a statement out only in the same figures, dates and names, with the same polarity."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing import names
from assistant.comparing.statement import Statement
from assistant.distortion import Witness, differences


def kinds(statement: str, sentence: str, *, context: str = "", published: date | None = None) -> list[str]:
    witness = Witness(
        Statement(sentence, published=published), context=context, capitals=names.known(f"{context} {sentence}")
    )
    return [one.kind for one in differences(Statement(statement), witness)]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("The bridge cost 412 million crowns.", "The bridge cost 412 million crowns, Lisle said in his speech."),
        ("The bridge cost more than 400 million crowns.", "The bridge cost 412 million crowns."),
        ("A third of the patients were cured.", "In all, 33% of the patients were cured."),
        ("The Sandlark hit a wall in March 2026.", "The Sandlark hit a wall at 17:42 on 3 March 2026."),
        ("Thane won with 8,412 votes.", "Thane won with 8,412 votes, not with 8,421 as we wrote."),
        ("Tolvane agreed to buy Quellspring.", "Quellspring has agreed to be bought by Tolvane."),
        ("The roads cost 41 million crowns.", "One sum is not in dispute: the roads cost 41 million crowns."),
    ],
)
def test_the_same_in_other_words_is_borne_out(statement: str, sentence: str) -> None:
    assert kinds(statement, sentence) == []
    assert kinds(sentence, sentence) == []


@pytest.mark.parametrize(
    ("kind", "statement", "sentence"),
    [
        ("figure", "The bridge cost 421 million crowns.", "The bridge cost 412 million crowns."),
        ("figure", "The chip is 5x better.", "The chip is up to 5x better."),
        ("figure", "Nine people died.", "People died."),
        ("figure", "The Sandlark carried 80 passengers.", "The Sandlark carried 70 passengers; 80 are allowed."),
        ("figure", "Thane won with 8,421 votes.", "Thane won with 8,412 votes, not with 8,421 as we wrote."),
        ("figure", "They were counted twice at station 9.", "They were counted twice at station 4."),
        ("figure", "It employs 2,305 people.", "It employs 2,300 people."),
        ("figure", "It has about 2,320 employees.", "It has about 2,300 employees."),
        ("date", "The bridge opened on 28 April 2026.", "The bridge opened on 25 April 2026."),
        ("date", "The bridge opened on 25 April 2026 at 09:00.", "The bridge opened on 25 April 2026."),
        ("date", "The ferry sank shortly before 17:10.", "The ferry sank shortly before 17:00."),
        ("date", "The bridge opened on 25 April 2025.", "The bridge opened on 25 April."),
        ("name", "The captain is Jonas Velk.", "The captain is Joran Velk."),
        ("name", "The bill came from Maia 300.", "The bill came from Maia 200."),
        ("name", "Quellspring agreed to buy Tolvane.", "Tolvane agreed to buy Quellspring."),
        ("name", "Quellspring agreed to buy Tolvane.", "Quellspring has agreed to be bought by Tolvane."),
        ("polarity", "The mayor has resigned.", "The mayor has not resigned."),
        ("polarity", "The mayor has not resigned.", "The mayor has resigned."),
        ("polarity", "Three things were not wrong.", "Three things were wrong."),
        ("polarity", "Sales rose in spring.", "Sales fell in spring."),
        ("polarity", "Cars pay without a limit.", "Cars pay with a limit."),
    ],
)
def test_one_changed_thing_is_seen(kind: str, statement: str, sentence: str) -> None:
    assert kind in kinds(statement, sentence)


def test_a_name_or_date_may_stand_beside_the_sentence_that_says_the_rest() -> None:
    assert kinds("The Sandlark was built in 1991.", "She was built in 1991.", context="The Sandlark is a ferry.") == []
    assert kinds("The bridge opened in April 2026.", "The bridge opened.", published=date(2026, 4, 25)) == []


def test_a_name_that_stands_beside_does_not_replace_the_one_in_the_sentence() -> None:
    context = "Edda Corvale received 8,377 votes."
    assert kinds("Edda Corvale received 8,412 votes.", "Rufus Thane received 8,412 votes.", context=context) == ["name"]


def test_who_is_quoted_does_not_take_the_place_of_a_name_that_stands_beside() -> None:
    sentence = "The ferry hit the north breakwater in fog, said Sergeant Mina Okvist of the harbour police."
    assert kinds("The Sandlark hit the north breakwater.", sentence, context="The Sandlark is a ferry.") == []


def test_a_figure_of_something_else_in_the_same_sentence_is_not_the_one() -> None:
    sentence = "Headaches occurred in 21% of the patients on the tablet and in 19% of those on placebo."
    assert kinds("Headaches occurred in 21% of the patients on the tablet.", sentence) == []
    assert kinds("Headaches occurred in 19% of the patients on the tablet.", sentence) == ["figure"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(statement: str, sentence: str) -> None:
    assert isinstance(kinds(statement, sentence), list)


@given(st.integers(13, 9999), st.integers(13, 9999))
def test_another_number_of_votes_is_never_borne_out(one: int, other: int) -> None:
    found = kinds(f"Thane received exactly {one:,} votes.", f"Thane received exactly {other:,} votes.")
    if one == other or abs(one - other) > 0.02 * other:
        assert (found == []) == (one == other)
