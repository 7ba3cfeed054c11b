"""What several threads ask at the same time goes together, and each gets its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import numpy as np
import pytest
from numpy.typing import NDArray

from index.sharing import MOST, Shared

Vectors = NDArray[np.float32]


class Lengths:
    """Encodes a text as its length. The pass that has "hold" in it lasts until it is let go; "fail" fails."""

    def __init__(self) -> None:
        self.passes: list[list[str]] = []
        self.held = Event()
        self.let_go = Event()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.passes.append(list(texts))
        if "hold" in texts:
            self.held.set()
            assert self.let_go.wait(10)
        if "fail" in texts:
            raise ValueError("no such text")
        return np.array([[len(text)] for text in texts], dtype=np.float32).reshape(-1, 1)


def while_held(lengths: Lengths, shared: Shared[str, Vectors], asked: Sequence[Sequence[str]]) -> list[Future[Vectors]]:
    """What each got who asked while a pass was at work."""
    with ThreadPoolExecutor(len(asked) + 1) as pool:
        first = pool.submit(shared, ["hold"])
        assert lengths.held.wait(10)
        found = []
        for at, texts in enumerate(asked, start=1):
            found.append(pool.submit(shared, texts))
            wait_for(shared, at)
        lengths.let_go.set()
        first.result()
    return found


def wait_for(shared: Shared[str, Vectors], waiting: int) -> None:
    until = monotonic() + 10
    while len(shared._waiting) < waiting:
        assert monotonic() < until
        sleep(0.001)


def test_who_asks_alone_has_a_pass_of_its_own_at_once() -> None:
    lengths = Lengths()
    shared = Shared(lengths, passes=1)
    assert shared(["one", "three"]).tolist() == [[3], [5]]
    assert shared(["a"]).tolist() == [[1]]
    assert lengths.passes == [["one", "three"], ["a"]]


def test_what_is_asked_during_a_pass_goes_together_into_the_next_and_each_gets_its_rows() -> None:
    lengths = Lengths()
    found = while_held(lengths, Shared(lengths, passes=1), [["a", "bb"], ["ccc"], [], ["dddd"]])
    assert lengths.passes == [["hold"], ["a", "bb", "ccc", "dddd"]]
    assert [one.result().tolist() for one in found] == [[[1], [2]], [[3]], [], [[4]]]


def test_a_pass_has_no_more_texts_than_are_allowed_unless_one_asks_for_more() -> None:
    lengths = Lengths()
    many = ["m"] * (MOST + 8)
    asked = [["a"] * (MOST - 1), ["b"], ["c"], many, ["d"]]
    found = while_held(lengths, Shared(lengths, passes=1), asked)
    assert [len(texts) for texts in lengths.passes] == [1, MOST, 1, MOST + 8, 1]
    assert [len(one.result()) for one in found] == [len(texts) for texts in asked]


def test_an_error_is_told_to_all_whose_texts_were_in_that_pass_and_to_nobody_else() -> None:
    lengths = Lengths()
    shared = Shared(lengths, passes=1)
    found = while_held(lengths, shared, [["a"], ["fail"]])
    for one in found:
        with pytest.raises(ValueError, match="no such text"):
            one.result()
    assert shared(["after"]).tolist() == [[5]]


def numbers(texts: Sequence[str]) -> Vectors:
    return np.array([[float(text)] for text in texts], dtype=np.float32)


@pytest.mark.parametrize("passes", [1, 3])
def test_many_threads_that_ask_again_and_again_get_their_own(passes: int) -> None:
    shared = Shared[str, Vectors](numbers, passes=passes)
    sizes: list[int] = []
    shared.watch(sizes.append)

    def ask(thread: int) -> bool:
        return all(shared([str(thread * 1000 + n)]).tolist() == [[thread * 1000 + n]] for n in range(200))

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(16)))
    assert sum(sizes) == 16 * 200
    assert max(sizes) <= MOST


def test_observers_are_told_how_many_texts_each_pass_had() -> None:
    lengths = Lengths()
    shared = Shared(lengths, passes=1)
    sizes: list[int] = []
    shared.watch(sizes.append)
    while_held(lengths, shared, [["a", "bb"], ["ccc"]])
    assert sizes == [1, 3]
