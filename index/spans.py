"""Sentence spans as the bytes that the store keeps of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.models import Sentence


def pack_sentences(sentences: Sequence[Sentence]) -> bytes:
    """Spans as little-endian unsigned 32-bit pairs: start, end, start, end, ..."""
    return np.asarray([(s.start, s.end) for s in sentences], dtype="<u4").tobytes()


def unpack_sentences(packed: bytes) -> list[Sentence]:
    """The reverse of `pack_sentences`."""
    pairs = np.frombuffer(packed, dtype="<u4").reshape(-1, 2).tolist()
    return [Sentence(start, end) for start, end in pairs]
