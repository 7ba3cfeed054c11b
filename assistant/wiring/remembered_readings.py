"""What the reader said of pairs, kept while many questions are asked: reworded, they meet the same passages again.

A reading follows from its pair alone, so what is kept is what would be read again. Kept packed: a reading as it is
takes 15 kilobytes, most of it for the offsets of its tokens.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from assistant.reading import Pair, Read, Reading

MOST = 16_384
"""Readings; about 2.5 kilobytes each."""

_Packed = tuple["Reading", NDArray[np.int32]]
"""A reading without its offsets, and these, shape (tokens, 2)."""


class RememberedReadings:
    """Reads each pair once, as long as it is among the `most` that were wanted last. For any number of threads."""

    def __init__(self, read: Read, *, most: int = MOST) -> None:
        self._read = read
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[bytes, _Packed] = OrderedDict()

    def __call__(self, pairs: Sequence[Pair]) -> list[Reading]:
        """As the reader itself: reading i belongs to pair i."""
        keys = [_key(pair) for pair in pairs]
        known = self._known(keys)
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        if missing:
            found = dict(zip(missing, self._read(list(missing.values())), strict=True))
            self._keep(found)
            known |= found
        return [known[key] for key in keys]

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Reading]:
        with self._lock:
            kept = {key: self._kept[key] for key in keys if key in self._kept}
            for key in kept:
                self._kept.move_to_end(key)
        return {key: _unpacked(packed) for key, packed in kept.items()}

    def _keep(self, readings: dict[bytes, Reading]) -> None:
        packed = {key: _packed(reading) for key, reading in readings.items()}
        with self._lock:
            self._kept.update(packed)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _key(pair: Pair) -> bytes:
    """The reader takes no title for an empty one."""
    texts = (pair.question, pair.title or "", pair.passage)
    return hashlib.blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=16).digest()


def _packed(reading: Reading) -> _Packed:
    return replace(reading, offsets=()), np.array(reading.offsets, dtype=np.int32).reshape(-1, 2)


def _unpacked(packed: _Packed) -> Reading:
    reading, offsets = packed
    return replace(reading, offsets=[(start, end) for start, end in offsets.tolist()])
