"""How much of one text stands in another: a sketch of its word runs, small enough to keep for every article.

Apart from `origins`, which decides what a share means. Knows neither articles nor storage, and loads nothing but
numpy.

A run is five words in a row. Of all runs, those whose hash falls below a fixed bound are kept (Broder, "On the
resemblance and containment of documents", 1997, section 4: "modulo" sketches; Irber et al., 2022, call it
FracMinHash). Unlike MinHash signatures of a fixed length, such a sketch estimates containment as well as
resemblance, whatever the lengths of the two texts, and an abridgement is contained in its original while it
resembles it little. Hashes are our own arithmetic, so a stored sketch means the same in every later version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

RUN = 5
"""Words in a run. Of unrelated articles on one event, few share runs this long besides quotations."""

KEPT = 4
"""One run of so many is kept."""

INDEXED = 8
"""One run of so many is looked up by: a subset of those kept."""

_WORD = re.compile(r"\w+")
_BOUND = np.uint64((1 << 64) // KEPT)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """The kept runs of one text."""

    runs: NDArray[np.uint64]
    """Hashes, ascending, each once."""

    @property
    def prints(self) -> list[int]:
        """Those to be looked up by, as signed 64-bit numbers, which is what SQLite keeps."""
        low = self.runs[self.runs < np.uint64((1 << 64) // INDEXED)]
        return low.astype(np.int64).tolist()  # type: ignore[no-any-return]

    def containment(self, other: Sketch) -> tuple[float, int]:
        """The estimated share of the shorter text's runs that stand in the longer, and how many kept runs that is."""
        runs = len(np.intersect1d(self.runs, other.runs, assume_unique=True))
        shorter = min(len(self.runs), len(other.runs))
        return (runs / shorter if shorter else 0.0), runs

    def to_bytes(self) -> bytes:
        return self.runs.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, packed: bytes) -> Sketch:
        """The reverse of `to_bytes`."""
        return cls(np.frombuffer(packed, dtype="<u8").astype(np.uint64))


def sketch(text: str) -> Sketch:
    """The sketch of a text; case, punctuation and layout do not count."""
    words = _WORD.findall(text.casefold())
    if len(words) < RUN:
        return Sketch(np.empty(0, np.uint64))
    runs = _hashes(_HASHES.of(words))
    return Sketch(np.unique(runs[runs < _BOUND]))


def _hashes(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hash of every run; numpy's unsigned numbers wrap around, as they should here."""
    count = len(words) - RUN + 1
    total = np.zeros(count, np.uint64)
    for place in range(RUN):
        total = _mixed(total + words[place : place + count])
    return total


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit depends on every other: the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class _Hashes(dict[str, int]):
    """Hashes of words, each worked out once: most words of an article stand in earlier ones."""

    def __missing__(self, word: str) -> int:
        self[word] = found = int.from_bytes(blake2b(word.encode(errors="replace"), digest_size=8).digest(), "little")
        return found

    def of(self, words: list[str]) -> NDArray[np.uint64]:
        if len(self) > _MOST_WORDS:
            self.clear()
        return np.array([*map(self.__getitem__, words)], dtype=np.uint64)


_MOST_WORDS = 1 << 18
_HASHES = _Hashes()
