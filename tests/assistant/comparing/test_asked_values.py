"""Yes/no questions that name a figure or a date."""

from __future__ import annotations

import pytest

from assistant.comparing.asked_values import contradicted, with_own_stance
from assistant.comparing.statement import Statement


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did twelve people die in the crash?", "Nine people died in the crash, police said."),
        ("Did twelve people die?", "Nine people died."),
        ("Did more than ten people die?", "Nine people died in the crash, police said."),
        ("Was the mayor born on 1 February?", "The mayor was born on 10 February 1972 in Sellow."),
        ("Was the bridge opened in 1967?", "The bridge was opened in 1971."),
        ("Was the route less than 615 km long?", "The route was 630 km long."),
    ],
)
def test_another_value_in_its_place_contradicts(question: str, sentence: str) -> None:
    assert contradicted(question, Statement(sentence))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did nine people die in the crash?", "Nine people died in the crash, police said."),
        ("Did more than five people die?", "Nine people died in the crash, police said."),
        ("Was the bridge built before 1920?", "The bridge was built in 1913."),
        ("Did twelve people die in the crash?", "The crash closed the road for two days."),
        ("Is its speed 65 km/h?", "Its highest speed is 130 km/h, its average speed 65 km/h."),
        ("Did people die?", "Nine people died in the crash, police said."),
    ],
)
def test_the_same_value_or_one_of_something_else_does_not(question: str, sentence: str) -> None:
    assert not contradicted(question, Statement(sentence))


def test_another_figure_answers_otherwise_than_the_passage_around_it() -> None:
    stated = Statement("Nine people died.", stance="yes")
    assert with_own_stance("Did twelve people die?", stated).stance == "no"
    assert with_own_stance("Did nine people die?", stated).stance == "yes"


def test_what_is_counted_is_told_by_its_own_word_whatever_else_stands_around_it() -> None:
    question = "Were twelve people killed when the ferry sank?"
    assert contradicted(question, Statement("Of the 61 aboard, nine were killed."))
    assert not contradicted(question, Statement("It had 61 aboard."))
