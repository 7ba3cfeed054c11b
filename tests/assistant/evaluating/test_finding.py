"""Whether expected answers and articles are cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.finding import answer_found, articles_found, can_be_found


@pytest.mark.parametrize(
    ("expected", "quote"),
    [
        ("5", "It killed 5."),
        ("5", "5% of them, it said"),
        ("$5", "It costs $5, they say."),
        ("$5,000", "It cost $5,000."),
        ("nine", "NINE people died."),
        ("Valentine's Day", "before Valentine’s  Day"),
        ("2014-15", "in 2014–15"),
        ("early 2015", "early\n2015"),
        ("Microsoft", "Microsoft's own figure"),
        ("Łódź", "in Ło\u0301dz\u0301".replace("Ło\u0301dz\u0301", "Łódź")),
        ("東京", "於 東京 舉行"),
    ],
)
def test_an_answer_is_found(expected: str, quote: str) -> None:
    assert answer_found([expected], [quote])


@pytest.mark.parametrize(
    ("expected", "quote"),
    [
        ("5", "It killed 50."),
        ("5", "It killed 15."),
        ("5", "It grew 2.5 times."),
        ("5", "It cost $5,000."),
        ("000", "It cost $5,000."),
        ("nine", "It was canine."),
        ("yes", "Yes, he said."),
        ("No", "There was no fire."),
        ("...", "He said ... nothing."),
        ("", "Anything."),
    ],
)
def test_an_answer_is_not_found(expected: str, quote: str) -> None:
    assert not answer_found([expected], [quote])


def test_an_answer_does_not_run_over_two_quotes() -> None:
    assert not answer_found(["nine people"], ["There were nine", "people there"])


def test_any_answer_in_any_quote_is_enough() -> None:
    assert answer_found(["ten", "nine"], ["Nobody came.", "Nine died."])
    assert not answer_found(["ten", "nine"], [])
    assert not answer_found([], ["Nine died."])


def test_yes_and_no_cannot_be_looked_for() -> None:
    assert not can_be_found(["yes", "No", " "])
    assert can_be_found(["yes", "nine"])


@given(st.text(), st.text(), st.text())
def test_what_stands_between_spaces_is_found_unless_it_has_no_words(before: str, words: str, after: str) -> None:
    assert answer_found([words], [f"{before} {words} {after}"]) == can_be_found([words])


def test_recall_of_articles() -> None:
    assert articles_found(["a", "b", "a"], {"b", "c"}) == 0.5
    assert articles_found(["a"], {"a", "b"}) == 1.0
    with pytest.raises(ValueError, match="no article is expected"):
        articles_found([], {"a"})
