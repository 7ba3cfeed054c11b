"""The arithmetic of BM25: as tantivy's, bounded where it differs, and a ranking that computes only what it must."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np
import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from index import bm25
from index.bm25 import Bounds, Fetched, Statistics
from index.lexical import terms

LONGEST = 3000


def searched(texts: Sequence[str], words: Sequence[str]) -> tuple[dict[int, float], str]:
    """Scores by tantivy of all texts that have one of `words`, and how it explains that of the first."""
    schema = (
        tantivy.SchemaBuilder().add_text_field("text", index_option="freq").add_unsigned_field("n", fast=True).build()
    )
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for n, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("text", text)
        document.add_unsigned("n", n)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    by_word = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word, "freq")) for word in words]
    query, searcher = tantivy.Query.boolean_query(by_word), index.searcher()
    hits = searcher.search(query, len(texts)).hits
    numbers = searcher.fast_field_values("n", [address for _, address in hits])
    explained = query.explain(searcher, hits[0][1]).to_json()
    return {int(number or 0): score for number, (score, _) in zip(numbers, hits, strict=True)}, explained


def test_scores_are_those_of_tantivy_whatever_the_length() -> None:
    chance = random.Random(3)
    words = ["crane", "quay", "harbour", "of", "the", "port"]
    lengths = [*range(1, 420), *(chance.randint(420, LONGEST) for _ in range(60))]
    bags = [chance.choices(words, weights=[1, 1, 2, 30, 40, 3], k=length) for length in lengths]
    found, _ = searched([" ".join(bag) for bag in bags], ["crane", "quay", "the"])
    weights = {word: bm25.weight(len(bags), sum(word in bag for bag in bags)) for word in ("crane", "quay", "the")}
    average = sum(lengths) / len(lengths)
    assert len(found) > 400
    for n, score in found.items():
        # Absolutely too, as single precision is coarse where nearly all have a term.
        assert score == pytest.approx(bm25.score(bags[n], weights, average), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("having", [1, 40, 4_999, 5_000])
def test_the_weight_in_single_precision_is_that_of_tantivy(having: int) -> None:
    _, explained = searched(["crane" if n < having else "quay" for n in range(5_000)], ["crane"])
    (idf,) = re.findall(r'"value": ([^,]+),\s*"description": "idf', explained)
    assert bm25.single_weight(5_000, having) == pytest.approx(float(idf), rel=2e-7)


def test_a_term_that_nearly_all_have_weighs_a_little() -> None:
    assert bm25.single_weight(20_000_000, 20_000_000) == 0.0
    assert 0 < bm25.weight(20_000_000, 20_000_000) < bm25.weight(20_000_000, 19_999_999)


@given(st.integers(0, 10**6))
def test_the_kept_length_is_at_most_an_eighth_short(length: int) -> None:
    kept = bm25.kept_length(length)
    assert kept <= length < kept + max(1, kept / 8)
    assert bm25.kept_length(kept) == kept


def test_texts_without_terms_have_no_score() -> None:
    assert bm25.score([], {"crane": 1.0}, 1.0) == bm25.score(["quay"], {"crane": 1.0}, 1.0) == 0.0
    assert Statistics(0, 0, 0).average == Statistics(5, 0, 0).average == 1.0


@given(st.lists(st.sampled_from(["crane", "quay", "the"]), max_size=30), st.randoms())
def test_the_order_of_words_decides_nothing(text: list[str], chance: random.Random) -> None:
    weights = {"crane": 3.1, "quay": 0.7, "the": 1e-7}
    mixed = chance.sample(text, len(text))
    backwards = dict(reversed(weights.items()))
    assert bm25.score(text, weights, 7.3) == bm25.score(mixed, backwards, 7.3)


SCORES = st.floats(1e-9, 1e4)


@given(st.lists(SCORES, min_size=1, max_size=20))
def test_rounding_keeps_five_digits_and_the_order(scores: list[float]) -> None:
    before = np.sort(np.array(scores))
    after = bm25.rounded(before)
    assert (np.diff(after) >= 0).all()
    assert after == pytest.approx(before, rel=5.1e-5)
    assert (bm25.rounded(after) == after).all()


def test_nothing_is_rounded_to_nothing() -> None:
    assert bm25.rounded(np.array([0.0, 9.99999, 10.00004, 123.456])).tolist() == [0.0, 10.0, 10.0, 123.46]


@given(
    averages=st.tuples(st.floats(1, 500), st.floats(1, 500)),
    text=st.lists(st.sampled_from(["crane", "quay", "of"]), min_size=1, max_size=200),
    more=st.integers(0, 300),
)
def test_no_score_changes_by_more_than_its_bounds(averages: tuple[float, float], text: list[str], more: int) -> None:
    heard, weights = {"crane": 3.1, "quay": 0.7}, {"crane": 3.1, "quay": 0.7, "of": 0.001}
    by_index, average = averages
    statistics = Statistics(1000, int(1000 * average), len(text) + more)
    low, high = Bounds.of(statistics, by_index=by_index, terms=3, unheard=[0.001]).around(
        np.array([bm25.score(text, heard, by_index)])
    )
    (score,) = bm25.rounded(np.array([bm25.score(text, weights, statistics.average)]))
    assert low[0] <= score <= high[0]


@given(
    scores=st.lists(st.integers(1, 40).map(lambda n: n / 3), max_size=60),
    off=st.lists(st.floats(0.9, 1.1), min_size=60, max_size=60),
    k=st.integers(1, 70),
)
def test_the_best_by_bounds_are_the_best(scores: list[float], off: list[float], k: int) -> None:
    by_index = sorted(((score * off[n], n) for n, score in enumerate(scores)), key=lambda found: -found[0])

    def fetch(limit: int) -> Fetched:
        found = by_index[: limit // 8]  # so that the first try is too short
        positions, there = np.array([n for _, n in found], np.int64), np.array([score for score, _ in found])
        return Fetched(positions, there, found[-1][0] if 0 < len(found) < len(by_index) else None)

    positions, best = bm25.ranked(
        k, fetch, bounds=Bounds(1 / 1.11, 1 / 0.89, 0.0), exact=lambda asked: [scores[n] for n in asked]
    )
    exact = bm25.rounded(np.array(scores))
    expected = sorted(range(len(scores)), key=lambda n: (-exact[n], n))[:k]
    assert positions.tolist() == expected
    assert best.tolist() == exact[expected].tolist()


def test_only_what_the_bounds_leave_open_is_computed() -> None:
    low, high = np.array([9.0, 7.0, 5.0, 5.0, 1.0]), np.array([9.0, 7.5, 5.0, 6.0, 2.0])
    asked: list[int] = []

    def exact(positions: Sequence[int]) -> list[float]:
        asked.extend(positions)
        return [7.25 if position == 11 else 5.5 for position in positions]

    positions, scores = bm25.best(3, np.arange(10, 15), low, high, exact=exact)
    assert (positions.tolist(), scores.tolist(), sorted(asked)) == ([10, 11, 13], [9.0, 7.25, 5.5], [11, 13])


def test_terms_of_a_text_are_counted_as_given() -> None:
    assert bm25.score(terms("Cranes, crane"), {"crane": 1.0}, 2.0) == pytest.approx(2 * 2.2 / (2 + 1.2))
