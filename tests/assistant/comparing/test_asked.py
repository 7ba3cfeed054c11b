"""Whether a figure, a date or a sentence speaks of what a question asks about."""

from __future__ import annotations

import pytest

from assistant import quantities
from assistant.comparing.asked import fits, of_another, of_saying, own_stance, speaks_of
from assistant.comparing.statement import Statement
from assistant.reading import Stance


@pytest.mark.parametrize(
    ("question", "text", "fitting"),
    [
        ("How long is the bridge?", "It is 1,240 metres long.", True),
        ("How long is the bridge?", "It cost 412 million crowns.", False),
        ("How long is the bridge?", "It cost $412 million.", False),
        ("How much did the bridge cost?", "It is 1,240 metres long.", False),
        ("How much did the bridge cost?", "It cost $412 million.", True),
        ("How many people died?", "It cost $9.", False),
        ("How many hours does it last?", "It lasts five hours.", True),
        ("How much better is it?", "It makes bills up to 60% lower.", False),
    ],
)
def test_a_figure_has_to_be_of_the_kind_that_is_asked_for(question: str, text: str, *, fitting: bool) -> None:
    (figure,) = quantities.find(text)
    assert fits(question, figure) == fitting


@pytest.mark.parametrize(
    ("question", "text", "there"),
    [
        ("When was the bridge opened?", "It opened in May.", True),
        ("When was the bridge opened?", "The band played in May.", False),
        ("When did the ship sink?", "She sank in May.", True),
        ("Who was elected mayor?", "Mayor Edda Corvale has not resigned.", False),
        ("Who is Edda Corvale?", "She teaches.", True),
    ],
)
def test_a_sentence_speaks_of_an_event_in_any_form_of_its_word(question: str, text: str, *, there: bool) -> None:
    assert speaks_of(question, text) == there


def test_what_is_told_of_another_thing_or_of_the_report_is_not_asked_about() -> None:
    other = "The Maia 100 followed in 2024."
    assert of_another("When was Maia 200 launched?", other, other.index("2024"))
    assert not of_another("When was Maia 100 launched?", other, other.index("2024"))
    station = "It is by Falkrath, whose station opened in 2012."
    assert of_another("When did it open?", station, station.index("2012"))
    said = "Nine people died, police said on Saturday."
    assert of_saying("When did they die?", said, said.index("Saturday"))
    assert not of_saying("When did police say so? When was it said?", "It sank on Saturday.", 11)


@pytest.mark.parametrize(
    ("question", "text", "passage", "own"),
    [
        ("Was the radar switched off?", "Tickets remain valid.", "no", "open"),
        ("Was the radar switched off?", "He said that the radar had been switched off.", "no", "yes"),
        ("Was the radar switched off?", "The company denies that the radar was switched off.", "yes", "no"),
        ("Was the radar switched off?", "It is unclear whether the radar was switched off.", "no", "no"),
        ("Has it been approved?", "They received an application for approval.", "no", "no"),
    ],
)
def test_a_sentence_has_a_stance_of_its_own_beside_that_of_its_passage(
    question: str, text: str, passage: Stance, own: Stance
) -> None:
    assert own_stance(question, Statement(text, stance=passage)) == own
