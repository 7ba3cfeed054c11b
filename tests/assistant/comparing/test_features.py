"""The numbers that decide how two statements stand to each other."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.cloze import Blanks
from assistant.comparing.features import Features, features
from assistant.comparing.judgement import Judgement
from assistant.comparing.statement import Statement
from assistant.comparing.values import beside
from assistant.policy import ComparingWeights
from assistant.reading import Stance

EVEN = Judgement(1 / 3, 1 / 3, 1 / 3)


def of(a: Statement, b: Statement, judgement: Judgement = EVEN, blanks: Blanks | None = None) -> Features:
    return features(a, b, beside(a, b), judgement, blanks or Blanks())


def answering(text: str, words: str, *, margin: float = 8.0) -> Statement:
    start = text.index(words)
    return Statement(text, (start, start + len(words)), margin=margin)


NINE = answering("Nine people died.", "Nine people")
ELEVEN = answering("In all, eleven people died.", "eleven people")


def test_every_feature_has_a_weight_and_every_weight_but_the_bias_a_feature() -> None:
    assert {one.name for one in fields(ComparingWeights)} - {"bias"} == {one.name for one in fields(Features)}


def test_figures_that_answer_and_clash_are_told_from_those_that_are_the_same() -> None:
    clash, same = of(NINE, ELEVEN), of(NINE, answering("The dead are nine people.", "nine people"))
    assert (clash.number_clash, clash.number_same, clash.clash_answered) == (1.0, 0.0, 1.0)
    assert (same.number_clash, same.number_same, same.clash_answered) == (0.0, 1.0, 0.0)


def test_dates_that_answer_have_features_of_their_own() -> None:
    monday, tuesday = answering("It sank on Monday.", "on Monday"), answering("It sank on Tuesday.", "on Tuesday")
    assert (of(monday, tuesday).date_clash, of(monday, tuesday).number_clash) == (1.0, 0.0)
    assert of(monday, monday).date_same == 1.0


def test_figures_outside_the_answer_count_by_how_alike_their_surroundings_are() -> None:
    found = of(Statement("Nine people died."), Statement("In all, eleven people died."))
    assert 0 < found.loose_number_clash <= 1
    assert found.number_clash == 0.0


def test_answering_words_are_the_same_apart_or_neither() -> None:
    marsh = answering("Its captain was Ida Marsh.", "Ida Marsh")
    captain = answering("Captain Ida Marsh came.", "Captain Ida Marsh")
    velk = answering("Joran Velk was its captain.", "Joran Velk")
    partly = answering("Lena Marsh was its captain.", "Lena Marsh")
    assert (of(marsh, captain).answers_same, of(marsh, captain).answers_apart) == (1.0, 0.0)
    assert (of(marsh, velk).answers_same, of(marsh, velk).answers_apart) == (0.0, 1.0)
    assert (of(marsh, partly).answers_same, of(marsh, partly).answers_apart) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "clash", "same"),
    [
        ("yes", "no", 1.0, 0.0),
        ("yes", "yes", 0.0, 1.0),
        ("no", "no", 0.0, 1.0),
        ("yes", "open", 0.0, 0.0),
        ("open", "open", 0.0, 0.0),
        (None, None, 0.0, 0.0),
        ("yes", None, 0.0, 0.0),
    ],
)
def test_only_yes_against_no_is_a_clash_of_stances(
    one: Stance | None, other: Stance | None, clash: float, same: float
) -> None:
    found = of(Statement("It is so.", stance=one), Statement("So it goes.", stance=other))
    assert (found.stances_clash, found.stances_same) == (clash, same)


def test_how_surely_it_is_answered_is_that_of_the_less_sure_between_minus_one_and_one() -> None:
    unsure = answering("In all, eleven people died.", "eleven people", margin=-4.0)
    assert of(NINE, unsure).answered == of(NINE, unsure).clash_answered == -0.5
    assert of(answering(NINE.text, "Nine", margin=99.0), answering(NINE.text, "Nine", margin=99.0)).answered == 1.0


def test_only_one_that_denies_or_has_reserve_is_seen() -> None:
    plain, denies = Statement("The mill is closing."), Statement("The mill is not closing.")
    reserved = Statement("The mill may be closing.")
    assert (of(plain, denies).negation, of(denies, denies).negation) == (1.0, 0.0)
    assert (of(plain, reserved).reserve, of(reserved, reserved).reserve) == (1.0, 0.0)


def test_a_judge_that_is_sure_gives_finite_log_odds() -> None:
    found = of(NINE, ELEVEN, Judgement(0.0, 0.0, 1.0))
    assert found.judged_conflict == pytest.approx(9.21, abs=0.01)
    assert found.judged_agree == 0.0
    assert of(NINE, ELEVEN).judged_conflict == 0.0


def test_what_filled_the_blanks_is_passed_on() -> None:
    found = of(NINE, ELEVEN, blanks=Blanks(0.1, 0.2, 0.3))
    assert (found.blank_clash, found.blank_same, found.blank_other) == (0.1, 0.2, 0.3)


TEXTS = st.sampled_from(
    [
        NINE.text,
        ELEVEN.text,
        "The mill is not closing.",
        "It may be 30% better, sources say.",
        "On Monday, 30 guests came.",
        "There came 40 guests on Tuesday.",
        "",
    ]
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    answer = draw(st.one_of(st.none(), st.tuples(st.just(start), st.integers(start, len(text)))))
    return Statement(text, answer, draw(st.floats(-20, 20)), draw(st.sampled_from(["yes", "no", "open", None])))


@given(statements(), statements())
def test_no_feature_depends_on_which_statement_is_first(a: Statement, b: Statement) -> None:
    assert asdict(of(a, b)) == pytest.approx(asdict(of(b, a)))
