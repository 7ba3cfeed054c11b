"""The reader as judge: each statement asked of the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.judgement import Judgement, StatementPair, by_stance, is_it_true, undecided
from assistant.reader import FOLDER, open_reader
from assistant.reading import Pair, Reading
from tests.assistant.comparing.reading import reading, reads

LOGITS = st.floats(-20, 20, allow_nan=False)
STANCES = st.tuples(LOGITS, LOGITS, LOGITS)
OPEN_MILL, CLOSED_MILL = "The mill stays open.", "The mill is closing."


def table(pair: Pair) -> Reading:
    says_no = ("stays open" in pair.question) != ("stays open" in pair.passage)
    return reading(pair.passage, stances=(-4.0, 4.0, 0.0) if says_no else (4.0, -4.0, 0.0))


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("The mill is closing.", "Is it true that The mill is closing?"),
        ("The mill is closing", "Is it true that The mill is closing?"),
        ("The mill is closing?!", "Is it true that The mill is closing?"),
    ],
)
def test_a_statement_is_asked_as_a_question(statement: str, question: str) -> None:
    assert is_it_true(statement) == question


def test_a_no_is_a_conflict_a_yes_an_agreement_and_open_is_neither() -> None:
    judge = by_stance(reads(table))
    conflict, agree = judge([StatementPair(OPEN_MILL, CLOSED_MILL), StatementPair(OPEN_MILL, OPEN_MILL)])
    assert conflict.conflict > 0.9
    assert agree.agree > 0.9
    (neither,) = by_stance(reads(lambda pair: reading(pair.passage)))([StatementPair(OPEN_MILL, CLOSED_MILL)])
    assert neither.compatible > 0.9


def test_each_statement_is_asked_of_the_other_in_one_batch() -> None:
    batches: list[list[Pair]] = []

    def read(pairs: object) -> list[Reading]:
        assert isinstance(pairs, list)
        batches.append(pairs)
        return [reading(pair.passage) for pair in pairs]

    assert len(by_stance(read)([StatementPair("A.", "B."), StatementPair("C.", "D.")])) == 2
    (batch,) = batches
    assert [(pair.question, pair.passage) for pair in batch[:2]] == [
        ("Is it true that A?", "B."),
        ("Is it true that B?", "A."),
    ]


def test_no_pairs_are_judged_without_a_word() -> None:
    assert by_stance(reads(table))([]) == []
    assert undecided([]) == []


def test_no_judge_leans_to_no_side() -> None:
    (judgement,) = undecided([StatementPair("A.", "B.")])
    assert judgement.agree == judgement.compatible == judgement.conflict


@given(STANCES, STANCES)
def test_probabilities_add_up_to_one_and_do_not_depend_on_which_is_first(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    judge = by_stance(reads(lambda pair: reading(pair.passage, stances=one if pair.passage == "B." else other)))
    (forth,), (back,) = judge([StatementPair("A.", "B.")]), judge([StatementPair("B.", "A.")])
    assert forth == back
    assert forth.agree + forth.compatible + forth.conflict == pytest.approx(1)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reader's weights are not there")
def test_the_shipped_reader_judges_both_ways_alike() -> None:
    judge = by_stance(open_reader())
    pairs = [StatementPair(OPEN_MILL, CLOSED_MILL), StatementPair("Nine people died.", "Eleven people died.")]
    forth, back = judge(pairs), judge([StatementPair(pair.b, pair.a) for pair in pairs])
    assert forth == back
    for judgement in forth:
        assert isinstance(judgement, Judgement)
        assert judgement.agree + judgement.compatible + judgement.conflict == pytest.approx(1)
