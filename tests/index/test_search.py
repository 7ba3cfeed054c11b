"""What the search takes of a ranking. The indexes have tests of their own; whole searches are in `test_answering`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.search import Limits, balanced


def test_hits_of_other_articles_come_before_a_fourth_of_the_same() -> None:
    assert balanced([1, 1, 1, 1, 1, 2], Limits(5, per_article=3)) == [0, 1, 2, 5, 3]


def test_without_a_limit_per_article_the_best_are_taken() -> None:
    assert balanced([1, 1, 1, 1, 2], Limits(3)) == [0, 1, 2]


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 10), st.integers(1, 5))
def test_no_place_is_taken_twice_and_none_left_free(articles: list[int], top_k: int, per_article: int) -> None:
    places = balanced(articles, Limits(top_k, per_article=per_article))
    assert len(places) == len(set(places)) == min(top_k, len(articles))
