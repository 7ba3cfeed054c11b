"""Parts that threads share: made once, and called one at a time where that is needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from assistant.wiring.once import Once, one_at_a_time

THREADS = 8


def test_what_many_threads_want_at_once_is_made_once() -> None:
    made: list[object] = []
    together = Barrier(THREADS)

    def make() -> object:
        sleep(0.01)
        made.append(object())
        return made[-1]

    once = Once(make)

    def want(_: int) -> object:
        together.wait()
        return once()

    with ThreadPoolExecutor(THREADS) as pool:
        found = set(map(id, pool.map(want, range(THREADS))))
    assert len(made) == len(found) == 1


def test_nothing_is_made_before_it_is_wanted_and_what_fails_is_tried_again() -> None:
    tries: list[int] = []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("The file is not there yet.")
        return "made"

    once = Once(make)
    assert not tries
    with pytest.raises(OSError, match="not there yet"):
        once()
    assert (once(), once(), len(tries)) == ("made", "made", 2)


def test_one_at_a_time_never_runs_twice_at_once_even_after_an_error() -> None:
    inside: list[int] = []

    def call(given: int) -> int:
        inside.append(given)
        try:
            sleep(0.002)
            assert inside == [given]
            if given == 3:
                raise ValueError("three")
            return given
        finally:
            inside.remove(given)

    locked = one_at_a_time(call)
    with pytest.raises(ValueError, match="three"):
        locked(3)
    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(locked, [1, 2, 4, 5, 6])) == [1, 2, 4, 5, 6]
