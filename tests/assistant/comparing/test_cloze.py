"""Blanks in one statement, filled from the other by a reader that is a table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing import cloze
from assistant.comparing.cloze import BLANK, Blanks
from assistant.comparing.statement import Statement
from assistant.reading import Pair, Read, Reading
from tests.assistant.comparing.reading import reading, reads

NINE = Statement("Nine people died off Port Sellow on Tuesday.")
ELEVEN = Statement("On Tuesday eleven people died near Port Sellow.")


def place(statement: Statement, words: str) -> tuple[int, int]:
    start = statement.text.index(words)
    return start, start + len(words)


def finds(*words: str, margin: float = 6.0) -> Read:
    """Fills a blank with the first of the words that the other statement has and the question lacks."""

    def answer(pair: Pair) -> Reading:
        found = next((one for one in words if one in pair.passage and one not in pair.question), "")
        return reading(pair.passage, found, margin=margin)

    return reads(answer)


def test_a_blank_stands_in_the_place_of_the_words() -> None:
    assert cloze.cloze("Nine people died.", 0, 4) == f"{BLANK} people died."


def test_figures_and_dates_are_blanked_out_before_names() -> None:
    statement = Statement("Ida Marsh and Joran Velk saw 9 cars at Port Sellow on Tuesday, 3 of them red.")
    words = [statement.text[start:end] for start, end in cloze.blanks(statement)]
    assert words[:3] == ["9", "3", "Tuesday"]
    assert set(words[3:]) <= {"Ida Marsh", "Joran Velk", "Port Sellow"}


def test_names_are_kept_together() -> None:
    assert [NINE.text[a:b] for a, b in cloze.blanks(NINE) if "Port" in NINE.text[a:b]] == ["Port Sellow"]


@given(st.lists(st.sampled_from(["9 cars", "Ida Marsh", "on Tuesday", "5%", "came", "of"]), max_size=12).map(" ".join))
def test_blanks_are_few_inside_the_text_and_do_not_overlap(text: str) -> None:
    found = cloze.blanks(Statement(text))
    assert len(found) <= 5
    ordered = sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in ordered)
    assert all(one[1] <= other[0] for one, other in pairwise(ordered))


@pytest.mark.parametrize(
    ("blank", "filler", "verdict"),
    [
        ("Nine", "eleven", "clash"),
        ("Tuesday", "Tuesday", "same"),
        ("Port Sellow", "Port Sellow", "same"),
        ("Port Sellow", "people", "other"),
        ("on", "near", "none"),
    ],
)
def test_what_fills_a_blank_is_compared_with_what_stood_there(blank: str, filler: str, verdict: str) -> None:
    assert cloze.compare(NINE, place(NINE, blank), ELEVEN, place(ELEVEN, filler)) == verdict


def test_the_same_figure_in_another_form_is_the_same() -> None:
    one, other = Statement("It cost $1.13bn."), Statement("The cost was 1.13 billion dollars.")
    assert cloze.compare(one, place(one, "$1.13bn"), other, place(other, "1.13 billion dollars")) == "same"


def test_another_figure_that_fills_the_blank_surely_is_a_clash() -> None:
    (found,) = cloze.fill([(NINE, ELEVEN)], finds("eleven", "Nine"))
    assert found.clash > 0.99
    assert found.same == 0.0


def test_what_the_reader_doubts_counts_little() -> None:
    (sure,) = cloze.fill([(NINE, ELEVEN)], finds("eleven", "Nine", margin=6.0))
    (unsure,) = cloze.fill([(NINE, ELEVEN)], finds("eleven", "Nine", margin=-6.0))
    assert unsure.clash < 0.01 < sure.clash


def test_blanks_of_several_pairs_do_not_mix() -> None:
    plain = Statement("nothing happened there.")
    reader = finds("eleven", "Nine", "Tuesday")
    pairs = [(plain, plain), (NINE, ELEVEN), (NINE, plain), (ELEVEN, NINE)]
    together = cloze.fill(pairs, reader)
    alone = [cloze.fill([pair], reader)[0] for pair in pairs]
    assert together == alone
    assert together[0] == Blanks()


def test_which_statement_is_first_changes_nothing() -> None:
    reader = finds("eleven", "Nine", "Tuesday", "Port Sellow")
    assert cloze.fill([(NINE, ELEVEN)], reader) == cloze.fill([(ELEVEN, NINE)], reader)


def test_nothing_to_fill_reads_nothing() -> None:
    assert cloze.fill([], reads(lambda pair: reading(pair.passage))) == []
    assert cloze.unfilled([(NINE, ELEVEN)] * 3) == [Blanks()] * 3
