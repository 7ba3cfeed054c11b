"""BM25 as tantivy counts it, over statistics that the caller gives, and the best of what tantivy found.

Separate because tantivy counts over all that an index holds, deleted documents too, in single precision and in an
order of its own. Here scores depend on the scope and the texts alone. Pure: no index, no files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log, log1p

import numpy as np
from numpy.typing import NDArray

_K1, _B = 1.2, 0.75
_DIGITS = 5
"""Of a score. More would let the order of summation decide between equal documents."""
_EXACT_LENGTHS = 24
_UNIT = 2.0**-24
"""By how much, relatively, a number in single precision differs from the one that is meant, at most."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the documents that are ranked: how many, their terms together, and the terms of the longest."""

    documents: int
    terms: int
    longest: int

    @property
    def average(self) -> float:
        """Terms of a document; 1 where no document has any, which then decides nothing."""
        return self.terms / self.documents if self.terms else 1.0


def weight(documents: int, having: int) -> float:
    """The inverse document frequency of a term that `having` of `documents` have; 0 and up."""
    return log1p((documents - having + 0.5) / (having + 0.5))


def single_weight(documents: int, having: int) -> float:
    """The same as tantivy computes it, in single precision: for a term that nearly all have it is coarse, or 0."""
    half = np.float32(0.5)
    ratio = (np.float32(documents - having) + half) / (np.float32(having) + half)
    return float(np.float32(log(np.float32(1) + ratio)))


def kept_length(terms: int) -> int:
    """The length of a document as the index keeps it, in one byte: never more, exact up to 40, then three bits."""
    above = terms - _EXACT_LENGTHS
    shift = max(above.bit_length() - 4, 0)
    return terms if above < 0 else _EXACT_LENGTHS + (above >> shift << shift)


def score(text: Sequence[str], weights: Mapping[str, float], average: float) -> float:
    """The score of a document with the terms `text` for a question of the terms of `weights`.

    Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with k1 = 1.2 and b = 0.75.
    """
    norm = _norm(kept_length(len(text)), average)
    found = Counter(term for term in text if term in weights)
    return fsum(weights[term] * times * (_K1 + 1) / (times + norm) for term, times in found.items())


def _norm(length: float, average: float) -> float:
    return _K1 * (1 - _B + _B * length / average)


def rounded(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """To five significant digits. What is not less before is not less after."""
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(np.maximum(scores, 1e-30))))
    return np.round(scores * scale) / scale


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which factors of a score by tantivy the exact one lies; it may be `slack` more on top."""

    low: float
    high: float
    slack: float

    @classmethod
    def of(cls, statistics: Statistics, *, by_index: float, terms: int, unheard: Sequence[float] = ()) -> Bounds:
        """Where tantivy took the weights of `terms` terms right, but `by_index` for the average length.

        With another average the part of a term changes the more, the longer the document and the fewer times it has
        the term, so the longest with one occurrence bounds the change. In single precision each of some twenty steps
        and of the additions errs by a unit at most. `unheard` are weights of terms that tantivy takes to be 0.
        """
        change = (1 + _norm(statistics.longest, by_index)) / (1 + _norm(statistics.longest, statistics.average))
        error = (20 + terms) * _UNIT
        return cls(min(1.0, change) * (1 - error), max(1.0, change) * (1 + error), (_K1 + 1) * fsum(unheard))

    def around(self, scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the most that the exact scores can be, both rounded."""
        return rounded(scores * self.low), rounded(scores * self.high + self.slack)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Documents of the scope with their scores by tantivy, each of shape (documents,), and how far it looked."""

    positions: NDArray[np.int64]
    scores: NDArray[np.float64]
    last: float | None
    """What no other document exceeds by tantivy's score; None where there is no other."""


Exact = Callable[[Sequence[int]], Sequence[float]]
"""The exact scores of some positions."""


def ranked(
    k: int, fetch: Callable[[int], Fetched], *, bounds: Bounds, exact: Exact
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Positions and rounded exact scores of the `k` best documents of all that `fetch` could give.

    `fetch` is asked for so many of the best by tantivy's score, and for more until no other can be among the best.
    """
    limit = k + k // 4 + 16
    while True:
        fetched = fetch(limit)
        positions, scores = best(k, fetched.positions, *bounds.around(fetched.scores), exact=exact)
        if fetched.last is None:
            return positions, scores
        unseen = bounds.around(np.array([fetched.last]))[1][0]
        if len(scores) == k and unseen < scores[-1]:
            return positions, scores
        limit *= 2


def best(
    k: int,
    positions: NDArray[np.int64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    *,
    exact: Exact,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The `k` best of some documents by rounded score, then position, with those scores, best first.

    `low` and `high`, each of shape (documents,), are rounded scores between which the exact ones lie. `exact` gives
    exact scores of some positions; it is asked for those alone that could be among the best and are not settled.
    """
    low, high = low.copy(), high.copy()

    def settle(least: float) -> None:
        places = np.flatnonzero((low < high) & (high >= least))
        if len(places):
            low[places] = high[places] = rounded(np.array(exact(positions[places].tolist()), np.float64))

    settle(_largest(high, k))  # the likeliest first: what they have rules most others out
    settle(_largest(low, k))
    order = np.lexsort((positions, -low))[:k]
    return positions[order], low[order]


def _largest(values: NDArray[np.float64], k: int) -> float:
    """The `k`-th largest; where there are fewer, less than all."""
    return float(np.partition(values, -k)[-k]) if len(values) >= k else -1.0
