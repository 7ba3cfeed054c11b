"""Readings that are kept: the same as read anew, each read once, no more of them than allowed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.reader import open_reader
from assistant.reading import Pair, Reading
from assistant.wiring.remembered_readings import RememberedReadings

PAIRS = (
    Pair("who opened the bridge?", "A new bridge", "Mayor Ada Lund opened the bridge in May. It cost 12 million."),
    Pair("was it opened in may?", None, "Mayor Ada Lund opened the bridge in May. It cost 12 million."),
    Pair("was it opened in may?", "", "Nothing."),
)


class Counted:
    """The project's reader, and what it was given to read."""

    def __init__(self) -> None:
        self.read: list[Pair] = []
        self._reader = open_reader()

    def __call__(self, pairs: Sequence[Pair]) -> Sequence[Reading]:
        self.read += pairs
        return self._reader(pairs)


def said(reading: Reading) -> tuple[object, ...]:
    scores = np.concatenate([reading.starts, reading.ends]).tolist()
    return list(reading.offsets), scores, reading.nothing, reading.answers, reading.stances, reading.span


def test_a_reading_that_was_kept_is_the_one_that_was_made() -> None:
    counted = Counted()
    remembered = RememberedReadings(counted)
    first, again = remembered(PAIRS), remembered(PAIRS[::-1])[::-1]
    assert [said(one) for one in first] == [said(one) for one in again] == [said(one) for one in open_reader()(PAIRS)]
    assert counted.read == list(PAIRS)
    assert all(type(end) is int for one in again for place in one.offsets for end in place)


def test_a_pair_that_stands_twice_is_read_once() -> None:
    counted = Counted()
    found = RememberedReadings(counted)([PAIRS[0], PAIRS[0]])
    assert said(found[0]) == said(found[1])
    assert len(counted.read) == 1


def test_what_was_not_wanted_for_longest_is_forgotten_first() -> None:
    counted = Counted()
    remembered = RememberedReadings(counted, most=2)
    for pair in (PAIRS[0], PAIRS[1], PAIRS[0], PAIRS[2], PAIRS[0], PAIRS[1]):
        remembered([pair])
    assert counted.read == [PAIRS[0], PAIRS[1], PAIRS[2], PAIRS[1]]
