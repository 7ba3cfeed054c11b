"""The rules that make training data. The training itself is no test: it takes hours."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Sentence
from tests.training import splits, tokens
from tests.training.reader import batches, finding, from_own, typing_habits, yes_no

_KNOWN = frozenset({"defeat", "hope", "plan", "carry", "live", "resign"})


class _Never(random.Random):
    """Always turns a statement where the rules can."""

    def random(self) -> float:
        return 0.99


def _asked(statement: str) -> yes_no.Asked:
    return yes_no.ask(statement, _Never(), vocabulary=_KNOWN)


def test_a_form_of_be_moves_to_the_front() -> None:
    assert _asked("The bridge is open.") == yes_no.Asked("Is The bridge open?", swapped=False)


def test_a_past_tense_is_asked_with_did() -> None:
    assert _asked("He planned a coup.").question == "Did He plan a coup?"
    assert _asked("She hoped for rain.").question == "Did She hope for rain?"


def test_a_plain_not_is_taken_out_and_the_sides_are_swapped() -> None:
    assert _asked("The mayor has not resigned.") == yes_no.Asked("Has The mayor resigned?", swapped=True)


def test_a_later_not_stays_where_it_is() -> None:
    assert _asked("Midler decided not to appeal.").swapped is False


def test_an_answer_is_found_as_a_whole_word_only() -> None:
    assert finding.occurrences("In 2014 there were 14 of them.", ["14"]) == [(19, 21)]


def test_a_window_holds_the_sentence_it_was_made_around() -> None:
    text = "One is here. Two is there. Three is away. Four is back."
    around = Sentence(13, 26)
    start, end = finding.window(text, around, characters=30, chooser=random.Random(1))
    assert start <= 13
    assert end >= 26


def test_the_quotes_of_our_own_questions_stand_in_the_sample_articles() -> None:
    assert len(list(from_own.make(random.Random(0)))) > len(from_own.questions())


def test_a_title_counts_as_the_questions_side() -> None:
    (pair,) = batches.encoded([("who?", "News", "Ann did it.")])
    assert tokens.token_span(pair, (0, 3)) == (pair.first, pair.first)
    assert pair.ids.count(102) == 3


def test_parts_do_not_depend_on_the_run() -> None:
    assert splits.of_title("Nikola Tesla") == "held"
    assert splits.of_title("Fresno, California") == "tune"


@given(st.text(max_size=80), st.integers())
def test_retyping_never_fails_and_never_empties_a_question(question: str, seed: int) -> None:
    assert typing_habits.retyped(f"why {question} there", random.Random(seed)).strip()
