"""Risk against coverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.abstaining import Tried, risk_coverage

TRIED = st.lists(st.builds(Tried, st.sampled_from([0.1, 0.2, 0.5, 0.7, 0.9]), st.booleans()), max_size=30)


def test_a_curve_computed_by_hand() -> None:
    found = risk_coverage([Tried(0.7, True), Tried(0.9, True), Tried(0.8, False)], questions=4)
    assert [(one.confidence, one.coverage, one.risk) for one in found.points] == [
        (0.9, 0.25, 0.0), (0.8, 0.5, 0.5), (0.7, 0.75, pytest.approx(1 / 3)),
    ]  # fmt: skip
    assert found.area == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert found.best_area == pytest.approx((0 + 0 + 1 / 3) / 3)
    assert (found.questions, found.answered) == (4, 3)


def test_answers_of_one_confidence_enter_together() -> None:
    found = risk_coverage([Tried(0.5, True), Tried(0.5, False), Tried(0.4, True)], questions=3)
    assert [(one.coverage, one.risk) for one in found.points] == [
        (pytest.approx(2 / 3), 0.5), (1.0, pytest.approx(1 / 3)),
    ]  # fmt: skip
    assert found.area == pytest.approx(2 / 3 * 1 / 2 + 1 / 3 * 1 / 3)


def test_where_nothing_was_answered_there_is_no_area() -> None:
    found = risk_coverage([], questions=5)
    assert (found.points, found.area, found.best_area) == ((), None, None)


def test_more_answers_than_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="2 answers to 1 questions"):
        risk_coverage([Tried(0.5, True)] * 2, questions=1)


@given(TRIED, st.integers(0, 10), st.randoms())
def test_the_order_of_answers_is_of_no_account(tried: list[Tried], refused: int, random: object) -> None:
    shuffled = list(tried)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    questions = len(tried) + refused
    assert risk_coverage(shuffled, questions=questions) == risk_coverage(tried, questions=questions)


@given(TRIED.filter(bool), st.integers(0, 10))
def test_coverage_grows_to_what_was_answered_and_no_order_beats_the_best(tried: list[Tried], refused: int) -> None:
    found = risk_coverage(tried, questions=len(tried) + refused)
    coverages = [one.coverage for one in found.points]
    assert coverages == sorted(set(coverages))
    assert coverages[-1] == len(tried) / (len(tried) + refused)
    assert found.points[-1].risk == sum(not one.right for one in tried) / len(tried)
    assert found.area is not None
    assert found.best_area is not None
    assert found.best_area <= found.area + 1e-12 <= 1 + 2e-12


@given(TRIED.filter(bool))
def test_refused_questions_change_coverage_and_not_the_area(tried: list[Tried]) -> None:
    few, many = (risk_coverage(tried, questions=len(tried) + refused) for refused in (0, 7))
    assert many.area == pytest.approx(few.area)
    assert [one.risk for one in many.points] == [one.risk for one in few.points]
