"""What a figure counts, by the words nearest to it."""

from __future__ import annotations

import pytest

from assistant.comparing.roles import asked_for, of_figure


@pytest.mark.parametrize(
    ("text", "figure", "role"),
    [
        ("Nine people have died in the sinking.", "Nine", "dead"),
        ("The Sandlark had 61 people aboard.", "61", "aboard"),
        ("Her certificate allows 65 passengers, and she carried 70.", "65", "allowed"),
        ("Her certificate allows 65 passengers, and she carried 70.", "70", "aboard"),
        ("Of the 276 who were kidnapped, 219 are still missing.", "276", "taken"),
        ("Of the 276 who were kidnapped, 219 are still missing.", "219", "missing"),
        ("Thane is elected with a majority of 35 votes.", "35", "lead"),
        ("Lorries pay a toll of 12 crowns.", "12", "fee"),
        ("The school has 40 rooms.", "40", None),
    ],
)
def test_the_nearest_telling_word_says_what_is_counted(text: str, figure: str, role: str | None) -> None:
    start = text.index(figure)
    assert of_figure(text, start, start + len(figure)) == role


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("How many people died?", "dead"),
        ("How many girls are still missing from Lowmere?", "missing"),
        ("How many passengers may the ship carry?", "allowed"),
        ("How many survivors were injured?", None),
        ("How many rooms are there?", None),
    ],
)
def test_a_question_asks_for_one_of_them_or_leaves_it_open(question: str, role: str | None) -> None:
    assert asked_for(question) == role
