"""How texts become one row of tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.pair_tokens import CLS, SEP, joined

TOKENS = st.lists(st.integers(1000, 2000), max_size=40)
HEADS = st.lists(st.lists(st.integers(1000, 2000), max_size=10), max_size=2)


def test_heads_stand_before_the_passage_each_with_its_end_mark() -> None:
    row = joined([[7], [8, 9]], [10, 11], [(0, 2), (3, 5)], max_tokens=20)
    assert row.ids == (CLS, 7, SEP, 8, 9, SEP, 10, 11, SEP)
    assert row.ids[row.first : -1] == (10, 11)
    assert row.offsets == ((0, 2), (3, 5))


def test_an_empty_head_is_left_out() -> None:
    assert joined([[7], []], [10], [(0, 2)], max_tokens=20).ids == (CLS, 7, SEP, 10, SEP)


def test_a_passage_too_long_is_cut_at_its_end() -> None:
    row = joined([[7]], [10, 11, 12], [(0, 1), (1, 2), (2, 3)], max_tokens=6)
    assert row.ids == (CLS, 7, SEP, 10, 11, SEP)
    assert row.offsets == ((0, 1), (1, 2))


def test_an_empty_passage_is_an_end_mark_alone() -> None:
    row = joined([[7]], [], [], max_tokens=20)
    assert (row.ids, row.first, row.offsets) == ((CLS, 7, SEP, SEP), 3, ())


@given(HEADS, TOKENS, st.integers(24, 60))
def test_a_row_fits_and_knows_the_place_of_every_token_of_the_passage(
    heads: list[list[int]], passage: list[int], most: int
) -> None:
    """Heads of ten tokens leave room: a network's own limits for its heads do the same."""
    row = joined(heads, passage, [(at, at + 1) for at in range(len(passage))], max_tokens=most)
    assert len(row.ids) <= most
    assert (row.ids[0], row.ids[-1]) == (CLS, SEP)
    assert row.ids[row.first : -1] == tuple(passage[: len(row.offsets)])
    assert [start for start, _ in row.offsets] == list(range(len(row.offsets)))
