"""A claim as a statement, and what is shown of it on a side of a conflict."""

from __future__ import annotations

from datetime import date

from assistant.stating import shown_value, statement
from tests.assistant.claiming import Said, claimed

FIVE = Said("up to 5x better", "a", text="The maker promises up to 5x better performance.", published="2026-03-09")


def test_the_answering_words_keep_their_place_in_the_sentence() -> None:
    found = statement(claimed(FIVE))
    assert (found.text, found.answering) == (FIVE.text, "up to 5x better")
    assert found.published == date(2026, 3, 9)


def test_a_day_with_an_hour_is_that_day_and_none_is_none() -> None:
    late = Said("nine", "a", published="2026-03-09T23:30:00+00:00")
    assert statement(claimed(late)).published == date(2026, 3, 9)
    assert statement(claimed(Said("nine", "a"))).published is None


def test_a_figure_is_shown_in_its_own_words_and_on_a_common_scale() -> None:
    assert shown_value(claimed(FIVE)) == ("up to 5x better", "<= x5")


def test_words_without_a_figure_have_no_scale() -> None:
    assert shown_value(claimed(Said("Ida Marsh", "a", text="Its captain was Ida Marsh in 2026."))) == (
        "Ida Marsh",
        None,
    )


def test_a_whole_sentence_is_shown_where_no_words_answer_alone() -> None:
    assert shown_value(claimed(Said("nine", "a", whole=True))) == ("It was nine.", None)


def test_of_a_yes_no_question_the_sentence_and_its_stance_are_shown() -> None:
    assert shown_value(claimed(Said("nine", "a", stance="no"))) == ("It was nine.", "no")
