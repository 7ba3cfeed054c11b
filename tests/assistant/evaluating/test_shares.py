"""Shares and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.shares import Share, wilson

COUNTS = st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_the_interval_is_the_one_in_print(right: int, of: int, low: float, high: float) -> None:
    """The first four from R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3."""
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS)
def test_the_share_is_inside_and_what_is_wrong_has_the_mirrored_interval(counts: tuple[int, int]) -> None:
    right, of = counts
    low, high = wilson(right, of)
    assert 0 <= low <= right / of <= high <= 1
    mirrored = wilson(of - right, of)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high))


@given(COUNTS, st.integers(2, 50))
def test_more_cases_of_the_same_share_narrow_it(counts: tuple[int, int], times: int) -> None:
    right, of = counts
    low, high = wilson(right, of)
    narrow_low, narrow_high = wilson(right * times, of * times)
    assert narrow_high - narrow_low < high - low


@pytest.mark.parametrize(("right", "of"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(right: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(right, of)


def test_a_share_of_nothing_is_none_rather_than_a_number() -> None:
    assert Share.among([]).model_dump() == {"right": 0, "of": 0, "share": None, "interval": None}


def test_a_share_counts_what_is_true() -> None:
    found = Share.among([True, False, True, True])
    assert (found.right, found.of, found.share) == (3, 4, 0.75)
