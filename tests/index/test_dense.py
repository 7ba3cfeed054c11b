"""Exact search over half-precision vectors: equal to brute force, and honest about damaged files."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import cells, dense
from index.dense import Dense, add, write
from index.errors import DamagedIndex

DIMENSION = 16


def unit_rows(count: int, *, seed: int = 0, dimension: int = DIMENSION) -> NDArray[np.float16]:
    rows: NDArray[np.float64] = np.random.default_rng(seed).standard_normal((count, dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float16)


def question(seed: int = 1, dimension: int = DIMENSION) -> NDArray[np.float32]:
    row = np.random.default_rng(seed).standard_normal(dimension)
    return (row / np.linalg.norm(row)).astype(np.float32)


def opened(
    vectors: NDArray[np.float16],
    folder: Path,
    *,
    shown: NDArray[np.bool_] | None = None,
    in_cells: cells.Cells | None = None,
) -> Dense:
    write(vectors, folder / "vectors")
    return Dense.open(folder / "vectors", *vectors.shape, shown=shown, cells=in_cells)


def test_search_equals_brute_force(tmp_path: Path) -> None:
    vectors = unit_rows(500)
    positions, scores = opened(vectors, tmp_path).search(question(), 20)
    expected = vectors.astype(np.float32) @ question()
    assert positions.tolist() == np.argsort(-expected)[:20].tolist()
    assert np.allclose(scores, expected[positions], atol=1e-6)
    assert positions.dtype == np.dtype(np.int64)
    assert scores.dtype == np.dtype(np.float32)


def test_rows_that_are_not_allowed_are_left_out_before_ranking(tmp_path: Path) -> None:
    vectors = unit_rows(500)
    allowed = np.random.default_rng(3).random(500) < 0.05
    positions, _ = opened(vectors, tmp_path).search(question(), 20, allowed=allowed)
    expected = np.where(allowed, vectors.astype(np.float32) @ question(), -np.inf)
    assert positions.tolist() == np.argsort(-expected)[:20].tolist()


def test_fewer_come_back_where_fewer_are_allowed(tmp_path: Path) -> None:
    allowed = np.zeros(30, dtype=bool)
    allowed[[4, 17]] = True
    positions, scores = opened(unit_rows(30), tmp_path).search(question(), 10, allowed=allowed)
    assert sorted(positions.tolist()) == [4, 17]
    assert len(scores) == 2


def test_nothing_allowed_finds_nothing(tmp_path: Path) -> None:
    positions, scores = opened(unit_rows(30), tmp_path).search(question(), 10, allowed=np.zeros(30, dtype=bool))
    assert len(positions) == len(scores) == 0


def test_a_filter_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="29 values for 30 rows"):
        opened(unit_rows(30), tmp_path).search(question(), 10, allowed=np.ones(29, dtype=bool))


@pytest.mark.parametrize("filtered", [False, True])
def test_equal_scores_are_ranked_by_position_even_at_the_cut(tmp_path: Path, filtered: bool) -> None:
    vectors = np.repeat(unit_rows(4), 50, axis=0)
    np.random.default_rng(0).shuffle(vectors)
    allowed = np.arange(200) % 3 > 0 if filtered else np.ones(200, dtype=bool)
    exact = np.where(allowed, vectors.astype(np.float32) @ question(), -np.inf).round(5)
    expected = np.lexsort((np.arange(200), -exact))
    dense = opened(vectors, tmp_path)
    for k in (1, 7, 49, 60, int(allowed.sum())):
        positions, _ = dense.search(question(), k, allowed=allowed if filtered else None)
        assert positions.tolist() == expected[:k].tolist()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(count=st.integers(0, 40), k=st.integers(0, 50), kept=st.integers(0, 2**40 - 1), coarse=st.booleans())
def test_any_search_equals_brute_force(tmp_path: Path, count: int, k: int, kept: int, coarse: bool) -> None:
    vectors = np.sign(unit_rows(count, dimension=2)) if coarse else unit_rows(count)
    allowed = np.array([bool(kept >> n & 1) for n in range(count)], dtype=bool)
    asked = question(dimension=vectors.shape[1])
    dense = opened(vectors, tmp_path)
    positions, scores = dense.search(asked, k, allowed=allowed)
    every = dense.scores(asked, np.arange(count))
    order = np.lexsort((np.arange(count), -every))
    assert positions.tolist() == [n for n in order.tolist() if allowed[n]][:k]
    assert np.array_equal(scores, every[positions])


def test_named_positions_have_the_scores_that_search_gives(tmp_path: Path) -> None:
    dense = opened(unit_rows(100), tmp_path)
    positions, scores = dense.search(question(), 100)
    mixed = np.random.default_rng(5).permutation(100)
    assert np.array_equal(dense.scores(question(), positions[mixed]), scores[mixed])
    assert len(dense.scores(question(), np.empty(0, np.int64))) == 0


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    dense = opened(unit_rows(0), tmp_path)
    assert len(dense) == 0
    assert [len(part) for part in dense.search(question(), 5)] == [0, 0]


def test_the_file_holds_exactly_the_numbers_given(tmp_path: Path) -> None:
    vectors = unit_rows(50)
    write(vectors, tmp_path / "vectors")
    index = faiss.read_index(str(tmp_path / "vectors"))
    assert np.array_equal(index.reconstruct_n(0, 50), vectors.astype(np.float32))


def test_rows_that_lie_apart_in_memory_are_written_in_order(tmp_path: Path) -> None:
    vectors = unit_rows(40)
    positions, _ = opened(vectors[::-2], tmp_path).search(vectors[39].astype(np.float32), 1)
    assert positions.tolist() == [0]


@pytest.mark.parametrize("kept", [0, 5, 60, 4000, -1])
def test_a_file_that_is_cut_off_is_damaged(tmp_path: Path, kept: int) -> None:
    write(unit_rows(500), tmp_path / "vectors")
    whole = (tmp_path / "vectors").read_bytes()
    (tmp_path / "vectors").write_bytes(whole[:kept])
    with pytest.raises(DamagedIndex, match="vectors cannot be read, or is cut off"):
        Dense.open(tmp_path / "vectors", 500, DIMENSION)


def test_an_absent_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match="cannot be read"):
        Dense.open(tmp_path / "vectors", 500, DIMENSION)


def test_rows_that_are_added_are_found_and_the_earlier_index_stays_as_it_was(tmp_path: Path) -> None:
    vectors = unit_rows(40)
    before = opened(vectors[:30], tmp_path)
    expected = before.search(question(), 5)[0].tolist()
    add(tmp_path / "vectors", tmp_path / "more", 30, vectors[30:])
    after = Dense.open(tmp_path / "more", 40, DIMENSION)
    every = vectors.astype(np.float32) @ question()
    assert after.search(question(), 40)[0].tolist() == np.argsort(-every).tolist()
    assert before.search(question(), 5)[0].tolist() == expected
    assert Dense.open(tmp_path / "vectors", 30, DIMENSION).search(question(), 5)[0].tolist() == expected


def test_rows_that_are_not_shown_are_found_only_where_a_filter_allows_them(tmp_path: Path) -> None:
    vectors = unit_rows(50)
    shown = np.arange(50) % 2 == 0
    dense = opened(vectors, tmp_path, shown=shown)
    every = vectors.astype(np.float32) @ question()
    assert dense.search(question(), 50)[0].tolist() == np.argsort(np.where(shown, -every, np.inf))[:25].tolist()
    everything = np.ones(50, dtype=bool)
    assert dense.search(question(), 50, allowed=everything)[0].tolist() == np.argsort(-every).tolist()


def test_rows_are_given_back_as_they_were_written(tmp_path: Path) -> None:
    vectors = unit_rows(20)
    places = np.array([7, 0, 19])
    assert np.array_equal(opened(vectors, tmp_path).vectors(places), vectors[places].astype(np.float32))


def in_cells(vectors: NDArray[np.float16], count: int) -> cells.Cells:
    centroids = cells.train(vectors, cells=count)
    return cells.Cells(centroids, cells.assign(vectors, centroids))


def test_within_the_nearest_cells_scores_are_exact(tmp_path: Path) -> None:
    vectors = unit_rows(4000)
    made = in_cells(vectors, 50)
    near = made.near(question())
    assert 0 < near.sum() < 1000
    positions, scores = opened(vectors, tmp_path, in_cells=made).search(question(), 10)
    every = np.where(near, vectors.astype(np.float32) @ question(), -np.inf)
    assert positions.tolist() == np.argsort(-every)[:10].tolist()
    assert np.allclose(scores, every[positions], atol=1e-6)


def test_a_filter_looks_at_all_that_it_allows_whatever_the_cells(tmp_path: Path) -> None:
    vectors = unit_rows(4000)
    allowed = np.random.default_rng(3).random(4000) < 0.05
    dense = opened(vectors, tmp_path, in_cells=in_cells(vectors, 50))
    expected = np.where(allowed, vectors.astype(np.float32) @ question(), -np.inf)
    assert dense.search(question(), 20, allowed=allowed)[0].tolist() == np.argsort(-expected)[:20].tolist()


def test_cells_are_the_same_for_the_same_vectors() -> None:
    vectors = unit_rows(2000)
    assert np.array_equal(cells.train(vectors, cells=20), cells.train(vectors, cells=20))


def test_opening_does_not_read_the_vectors(tmp_path: Path) -> None:
    if not Path("/proc/self/io").exists():
        pytest.skip("only Linux counts what a process reads")
    write(unit_rows(20_000, dimension=64), tmp_path / "vectors")

    def read_so_far() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    before = read_so_far()
    Dense.open(tmp_path / "vectors", 20_000, 64)
    assert read_so_far() - before < 100_000


def test_threads_share_an_index(tmp_path: Path) -> None:
    dense = opened(unit_rows(2000), tmp_path)
    expected = [dense.search(question(seed), 10)[0].tolist() for seed in range(8)]
    found: dict[int, list[int]] = {}

    def ask(seed: int) -> None:
        for _ in range(20):
            found[seed] = dense.search(question(seed), 10)[0].tolist()

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[seed] for seed in range(8)] == expected


def test_questions_searched_together_get_the_bits_that_each_gets_alone(tmp_path: Path) -> None:
    together = opened(unit_rows(3000, dimension=384), tmp_path)
    queries = [question(seed, dimension=384) for seed in range(64)]
    expected = [together.search(query, 10 + place % 3) for place, query in enumerate(queries)]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda place: together.search(queries[place], 10 + place % 3), range(64)))
    for one, other in zip(found, expected, strict=True):
        assert np.array_equal(one[0], other[0])
        assert np.array_equal(one[1], other[1])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 16, 20, 32, 33])
def test_a_pass_of_any_size_has_the_bits_of_single_questions(tmp_path: Path, size: int) -> None:
    queries = [question(seed, dimension=384) for seed in range(size)]
    index = opened(unit_rows(3000, dimension=384), tmp_path)._index
    found = dense._scan(index, [(query, 101) for query in queries])
    for query, (scores, positions) in zip(queries, found, strict=True):
        [(alone, places)] = dense._scan(index, [(query, 101)])
        assert np.array_equal(scores, alone)
        assert np.array_equal(positions, places)
