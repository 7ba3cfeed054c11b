"""Answering words and stances from a reader that is a table."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.comparing.answers import stated
from assistant.reading import Pair, Reading
from tests.assistant.comparing.reading import reading, reads

NINE, ELEVEN = "Nine people died.", "Later, eleven people were counted."


def words(pair: Pair) -> Reading:
    for one in ("Nine people", "eleven people"):
        if one in pair.passage:
            return reading(pair.passage, one, margin=6.0)
    return reading(pair.passage)


def test_each_text_becomes_a_statement_with_the_words_that_answer() -> None:
    found = stated("How many died?", [NINE, ELEVEN], reads(words))
    assert [one.answering for one in found] == ["Nine people", "eleven people"]
    assert [one.text for one in found] == [NINE, ELEVEN]
    assert [one.margin for one in found] == [6.0, 6.0]
    assert all(one.stance is None for one in found)


def test_words_that_clearly_answer_nothing_are_no_answer() -> None:
    (found,) = stated("How many died?", ["The weather was calm."], reads(words))
    assert found.answer is None
    assert found.margin < -8


@pytest.mark.parametrize(
    ("stances", "stance"), [((3.0, 0.0, 0.0), "yes"), ((0.0, 3.0, 0.0), "no"), ((0.0, 0.0, 3.0), "open")]
)
def test_to_a_yes_no_question_there_is_a_stance_and_no_words(stances: tuple[float, float, float], stance: str) -> None:
    reader = reads(lambda pair: reading(pair.passage, "Nine", answers=2.5, stances=stances))
    (found,) = stated("Did nine people die?", [NINE], reader)
    assert (found.stance, found.answer, found.margin) == (stance, None, 2.5)


def test_days_of_publication_go_along_in_order() -> None:
    days = [date(2026, 3, 3), None]
    assert [one.published for one in stated("How many died?", [NINE, ELEVEN], reads(words), published=days)] == days
    assert [one.published for one in stated("How many died?", [NINE], reads(words))] == [None]


def test_the_question_is_read_in_one_letter_case_with_all_texts_in_one_batch() -> None:
    asked: list[list[Pair]] = []

    def read(pairs: object) -> list[Reading]:
        assert isinstance(pairs, list)
        asked.append(pairs)
        return [words(pair) for pair in pairs]

    stated("HOW MANY DIED?", [NINE, ELEVEN], read)
    assert [[pair.question for pair in batch] for batch in asked] == [["how many died?", "how many died?"]]


def test_no_texts_give_no_statements() -> None:
    assert stated("How many died?", [], reads(words)) == []
