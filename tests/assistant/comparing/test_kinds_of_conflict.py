"""Which type a conflict has, once it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.kinds_of_conflict import kind_of_conflict
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside
from assistant.models import ConflictType
from assistant.reading import Stance


def clash_of(a: Statement, b: Statement) -> Values | None:
    return next((one for one in beside(a, b) if one.outcome.verdict == "clash"), None)


def kind(one: str, other: str) -> ConflictType:
    a, b = Statement(one), Statement(other)
    return kind_of_conflict(a, b, clash_of(a, b))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("He said that the mill would close.", "He never said that the mill would close.", "attribution"),
        ("The minister called it safe.", "The minister denied saying it was safe.", "attribution"),
        ("Police put it at nine.", "Police have revised the toll from nine to eleven.", "superseded"),
        ("Nine people died.", "Eleven people died.", "polarity"),
    ],
)
def test_words_tell_the_kind_of_a_conflict_either_way_round(one: str, other: str, kind: str) -> None:
    a, b = Statement(one), Statement(other)
    assert kind_of_conflict(a, b, None) == kind_of_conflict(b, a, None) == kind


def test_two_views_of_a_yes_no_question_are_a_dispute_of_opinions() -> None:
    yes = Statement("Ida Marsh believes that the plan is right.", stance="yes")
    no = Statement("Joran Velk criticised the plan as wrong.", stance="no")
    assert kind_of_conflict(yes, no, None) == "opinion"
    assert kind_of_conflict(yes, Statement("The plan was dropped.", stance="no"), None) == "polarity"


def test_figures_and_days_that_clash_give_the_kind() -> None:
    assert kind("Nine people died.", "Eleven people died.") == "number"
    assert kind("The ferry sank on Monday.", "The ferry sank on Tuesday.") == "date"


def test_a_revised_figure_is_superseded_rather_than_a_clash_of_figures() -> None:
    assert kind("Nine people died.", "The toll has since risen: eleven people died.") == "superseded"


def test_different_answers_without_a_figure_are_an_identity_unless_one_is_denied() -> None:
    marsh, velk = Statement("Ida Marsh led it.", (0, 9)), Statement("Joran Velk led it.", (0, 10))
    assert kind_of_conflict(marsh, velk, None) == "identity"
    assert kind_of_conflict(marsh, Statement("Joran Velk did not lead it.", (0, 10)), None) == "polarity"


TEXTS = st.sampled_from(
    [
        "Nine people died on Monday.",
        "On Tuesday eleven people died.",
        "She never said so.",
        "Police later said it was forty.",
        "Ida Marsh believes it is wrong.",
        "The office denied it.",
    ]
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text = draw(TEXTS)
    stance: Stance | None = draw(st.sampled_from(["yes", "no", "open", None]))
    return Statement(text, draw(st.sampled_from([None, (0, 4), (0, 9)])), stance=stance)


@given(statements(), statements())
def test_the_kind_does_not_depend_on_which_is_first(a: Statement, b: Statement) -> None:
    assert kind_of_conflict(a, b, clash_of(a, b)) == kind_of_conflict(b, a, clash_of(b, a))
