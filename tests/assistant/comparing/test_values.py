"""Figures and dates of two statements side by side: which belong together, and what comes of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside, strongest

FERRY = "The ferry sank with 40 passengers and two crew on Tuesday."
OTHER = "The ferry sank with two crew and 28 passengers on Wednesday."


def answering(text: str, words: str, *, published: date | None = None) -> Statement:
    start = text.index(words)
    return Statement(text, (start, start + len(words)), published=published)


def laid(a: Statement, b: Statement) -> dict[tuple[str, str], str]:
    return {(one.a.words, one.b.words): one.outcome.verdict for one in beside(a, b)}


def test_figures_are_laid_beside_those_that_count_the_same() -> None:
    found = laid(Statement(FERRY), Statement(OTHER))
    assert found[("40", "28")] == "clash"
    assert found[("two", "two")] == "same"


def test_days_are_laid_beside_days_and_never_beside_figures() -> None:
    values = beside(Statement(FERRY), Statement(OTHER))
    assert [one.a.words for one in values if one.are_dates] == ["Tuesday"]
    assert {one.outcome.verdict for one in values if one.are_dates} == {"clash"}


def test_each_figure_stands_in_one_pair_at_most() -> None:
    values = beside(Statement("5 cars, 6 cars and 7 cars."), Statement("5 cars and 6 cars."))
    assert len(values) == 2
    assert len({id(one.a) for one in values}) == len({id(one.b) for one in values}) == 2


def test_two_answers_are_compared_whatever_their_counts_are_called() -> None:
    a = answering("Residents heard 10 shot-like sounds.", "10 shot-like sounds")
    b = answering("The police counted 11 bullets.", "11 bullets")
    (value,) = beside(a, b)
    assert (value.answering, value.outcome.verdict) == (True, "clash")
    assert laid(Statement(a.text), Statement(b.text)) == {}


def test_figures_that_answer_come_before_those_that_stand_beside() -> None:
    a = answering("In 12 rooms, 40 guests slept.", "40 guests")
    b = answering("In 12 rooms, 28 guests slept.", "28 guests")
    assert [one.answering for one in beside(a, b)][:1] == [True]


def test_a_figure_in_another_form_is_the_same_figure() -> None:
    a = answering("It costs $1.13bn.", "$1.13bn")
    b = answering("It costs 1.13 billion dollars.", "1.13 billion dollars")
    assert set(laid(a, b).values()) == {"same"}


def test_a_change_and_a_level_are_not_laid_beside_each_other() -> None:
    assert laid(Statement("Sales rose by 2%."), Statement("Its share of sales is 76%.")) == {}


def test_the_same_day_in_other_words_is_the_same() -> None:
    a = Statement("It sank on Tuesday.", published=date(2026, 3, 5))
    b = Statement("It sank on 3 March 2026.")
    assert laid(a, b) == {("Tuesday", "3 March 2026"): "same"}


def test_nothing_is_laid_beside_nothing() -> None:
    assert beside(Statement("It sank."), Statement(FERRY)) == []
    assert strongest([], "clash", answering=True, dates=False) == 0.0


def test_the_strongest_clash_is_one_for_answers_and_as_alike_as_its_surroundings_otherwise() -> None:
    a, b = answering(FERRY, "40 passengers"), answering(OTHER, "28 passengers")
    assert strongest(beside(a, b), "clash", answering=True, dates=False) == 1.0
    loose = beside(Statement(FERRY), Statement(OTHER))
    assert 0 < strongest(loose, "clash", answering=False, dates=True) < 1
    assert strongest(loose, "clash", answering=True, dates=True) == 0.0


PIECES = st.sampled_from(
    ["40 passengers", "two crew", "28 passengers", "on Tuesday", "5%", "$3 million", "on 3 March 2026", "sank", "about"]
)
SENTENCES = st.lists(PIECES, max_size=6).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_which_statement_comes_first_changes_neither_pairs_nor_verdicts(one: str, other: str) -> None:
    def seen(values: list[Values], *, turned: bool) -> set[tuple[int, int, str, float, bool]]:
        return {
            (v.b.start, v.a.start, v.outcome.verdict, v.alike, v.are_dates)
            if turned
            else (v.a.start, v.b.start, v.outcome.verdict, v.alike, v.are_dates)
            for v in values
        }

    a, b = Statement(one), Statement(other)
    assert seen(beside(a, b), turned=False) == seen(beside(b, a), turned=True)


@given(SENTENCES)
def test_a_statement_never_clashes_with_itself(text: str) -> None:
    best = beside(Statement(text), Statement(text))[:1]
    assert all(one.outcome.verdict in {"same", "compatible"} for one in best)


@pytest.mark.parametrize(
    ("one", "other"), [("On Monday, 30 guests came.", "There came 40 guests on Tuesday."), (FERRY, OTHER)]
)
def test_the_first_clash_is_of_the_same_kind_either_way_round(one: str, other: str) -> None:
    def kind(a: str, b: str) -> bool:
        return next(v.are_dates for v in beside(Statement(a), Statement(b)) if v.outcome.verdict == "clash")

    assert kind(one, other) == kind(other, one)
