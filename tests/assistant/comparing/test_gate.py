"""What can be set side by side at all, by what the question asks for; and what is the same answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.gate import Gate, comparable
from assistant.comparing.statement import Statement
from assistant.comparing.values import beside
from assistant.kinds import Kind
from assistant.reading import Stance


def answering(text: str, words: str, *, margin: float = 8.0) -> Statement:
    start = text.index(words)
    return Statement(text, (start, start + len(words)), margin=margin)


def gate(kind: Kind, a: Statement, b: Statement, *, judged: float = 0.0) -> Gate:
    forth, back = (comparable(kind, one, other, beside(one, other), judged=judged) for one, other in ((a, b), (b, a)))
    assert forth == back
    return forth


NINE, ELEVEN = answering("Nine people died.", "Nine people"), answering("Eleven people died.", "Eleven people")
MARSH, VELK = answering("Ida Marsh led it.", "Ida Marsh"), answering("Joran Velk led it.", "Joran Velk")
MONDAY, TUESDAY = answering("It sank on Monday.", "Monday"), answering("It sank on Tuesday.", "Tuesday")
DAM, STORM = answering("A dam broke.", "A dam broke"), answering("It was the storm.", "the storm")


@pytest.mark.parametrize(
    ("kind", "a", "b"), [("number", NINE, ELEVEN), ("date", MONDAY, TUESDAY), ("person", MARSH, VELK)]
)
def test_two_different_answers_of_the_kind_that_is_asked_for_are_comparable(
    kind: Kind, a: Statement, b: Statement
) -> None:
    assert gate(kind, a, b).comparable


@pytest.mark.parametrize(
    ("kind", "a", "b"), [("date", NINE, ELEVEN), ("number", MARSH, VELK), ("number", DAM, NINE), ("reason", DAM, STORM)]
)
def test_answers_of_another_kind_are_not_and_the_reason_says_so(kind: Kind, a: Statement, b: Statement) -> None:
    found = gate(kind, a, b)
    assert (found.comparable, found.same) == (False, False)
    assert found.reason.endswith(".")


def test_figures_are_not_compared_to_a_question_for_a_day_though_days_stand_beside_them() -> None:
    assert not gate("date", answering("9 died.", "9"), answering("11 died.", "11")).comparable


@pytest.mark.parametrize("kind", ["number", "date", "person", "reason"])
def test_what_hardly_answers_is_compared_with_nothing(kind: Kind) -> None:
    weak = replace(VELK if kind == "person" else ELEVEN, margin=-5.0)
    found = gate(kind, MARSH if kind == "person" else NINE, weak, judged=1.0)
    assert (found.comparable, found.same) == (False, False)


def test_several_reasons_can_hold_together_unless_the_judge_is_very_sure() -> None:
    assert not gate("reason", DAM, STORM, judged=0.8).comparable
    assert gate("reason", DAM, STORM, judged=0.95).comparable


def test_the_same_figure_in_answer_is_the_same_answer() -> None:
    assert gate("number", NINE, answering("The dead are nine people.", "nine people")).same


@pytest.mark.parametrize(
    ("one", "other", "comparable", "same"),
    [
        ("yes", "no", True, False),
        ("yes", "yes", False, True),
        ("no", "no", False, True),
        ("yes", "open", False, False),
        ("open", "open", False, False),
    ],
)
def test_only_yes_against_no_is_comparable(one: Stance, other: Stance, comparable: bool, same: bool) -> None:
    found = gate("yes_no", Statement("So it is.", stance=one), Statement("It is.", stance=other))
    assert (found.comparable, found.same) == (comparable, same)


def test_a_longer_form_of_a_name_is_the_same_name() -> None:
    assert gate("person", MARSH, answering("Captain Ida Marsh led it.", "Captain Ida Marsh")).same
    assert gate("person", MARSH, answering("Marsh led it.", "Marsh")).same


@pytest.mark.parametrize(("one", "other"), [("Ida Marsh", "Lena Marsh"), ("Port Sellow", "Port Vendrey")])
def test_names_that_share_a_word_are_not_the_same_where_each_has_another(one: str, other: str) -> None:
    assert not gate("person", Statement(one, (0, len(one)), 8.0), Statement(other, (0, len(other)), 8.0)).same


def test_words_that_name_nobody_are_not_the_same_as_a_name() -> None:
    assert not gate("person", MARSH, answering("He led it.", "He")).same


KINDS: tuple[Kind, ...] = ("number", "date", "person", "place", "yes_no", "reason", "list", "other", "no_question")
STATEMENTS = st.builds(
    replace,
    st.sampled_from([NINE, ELEVEN, MARSH, VELK, MONDAY, TUESDAY, DAM, Statement("It was calm.")]),
    margin=st.floats(-9, 9),
    stance=st.sampled_from(["yes", "no", "open", None]),
)


@given(st.sampled_from(KINDS), STATEMENTS, STATEMENTS, st.floats(0, 1))
def test_what_is_the_same_is_never_compared_and_what_is_not_compared_says_why(
    kind: Kind, a: Statement, b: Statement, judged: float
) -> None:
    found = gate(kind, a, b, judged=judged)
    assert not (found.comparable and found.same)
    assert found.comparable or found.reason
