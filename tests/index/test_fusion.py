"""Fusing two ranked lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Ranked, min_max


def ranked(scores: dict[int, float]) -> Ranked:
    best_first = sorted(scores.items(), key=lambda entry: -entry[1])
    return Ranked(
        np.array([position for position, _ in best_first], dtype=np.int64),
        np.array([score for _, score in best_first], dtype=np.float32),
    )


def as_pairs(fused: Ranked) -> list[tuple[int, float]]:
    return [(int(p), float(s)) for p, s in zip(fused.positions, fused.scores, strict=True)]


LISTS = st.dictionaries(st.integers(0, 30), st.floats(-5, 50, width=16), max_size=20).map(ranked)


def test_scores_are_spread_from_0_to_1_and_added_by_weight() -> None:
    fused = min_max(ranked({1: 0.9, 2: 0.5, 3: 0.1}), ranked({2: 30.0, 4: 20.0, 1: 10.0}))
    assert as_pairs(fused) == [(2, 0.75), (1, 0.5), (4, 0.25), (3, 0.0)]


def test_what_a_list_lacks_gets_nothing_from_it() -> None:
    assert as_pairs(min_max(ranked({7: 0.9, 8: 0.2}), ranked({}))) == [(7, 0.5), (8, 0.0)]


def test_equal_scores_are_all_the_best_of_their_list() -> None:
    assert as_pairs(min_max(ranked({5: 0.3, 4: 0.3}), ranked({4: 2.0}))) == [(4, 1.0), (5, 0.5)]


def test_of_equal_sums_the_nearer_comes_first_and_then_the_position_decides() -> None:
    """Positions depend on the order of ingest, so they decide last."""
    assert min_max(ranked({9: 1.0, 3: 1.0}), ranked({6: 4.0})).positions.tolist() == [3, 9, 6]


def test_nothing_and_nothing_is_nothing() -> None:
    fused = min_max(ranked({}), ranked({}))
    assert as_pairs(fused) == []
    assert fused.positions.dtype == np.dtype(np.int64)


@pytest.mark.parametrize(("weight", "expected"), [(1.0, [1, 2, 3]), (0.0, [3, 2, 1])])
def test_a_weight_of_one_side_ranks_by_that_side(weight: float, expected: list[int]) -> None:
    dense, lexical = ranked({1: 0.9, 2: 0.5, 3: 0.1}), ranked({3: 9.0, 2: 5.0, 1: 1.0})
    assert min_max(dense, lexical, weight=weight).positions.tolist() == expected


@given(LISTS, LISTS, st.floats(0, 1))
def test_every_position_comes_out_once_between_0_and_1_and_in_order(
    dense: Ranked, lexical: Ranked, weight: float
) -> None:
    fused = min_max(dense, lexical, weight=weight)
    assert sorted(fused.positions.tolist()) == sorted({*dense.positions.tolist(), *lexical.positions.tolist()})
    pairs = as_pairs(fused)
    assert [score for _, score in pairs] == sorted((score for _, score in pairs), reverse=True)
    assert all(0 <= score <= 1 for _, score in pairs)


@given(LISTS, LISTS)
def test_with_equal_weights_the_lists_may_be_exchanged(one: Ranked, other: Ranked) -> None:
    """But for the order of equal sums."""
    assert dict(as_pairs(min_max(one, other))) == dict(as_pairs(min_max(other, one)))


@given(LISTS, LISTS, st.sampled_from([0.5, 2.0, 8.0]))
def test_the_scale_of_a_list_does_not_matter(dense: Ranked, lexical: Ranked, scale: float) -> None:
    scaled = Ranked(lexical.positions, lexical.scores * np.float32(scale))
    assert as_pairs(min_max(dense, scaled)) == as_pairs(min_max(dense, lexical))
