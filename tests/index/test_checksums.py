"""Checksums of rows: what was changed is noticed, what was not is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import checksums
from index.errors import DamagedWorkspace

KEY = b"sixteen bytes ok"


def vector(seed: int = 0) -> NDArray[np.float16]:
    return np.random.default_rng(seed).standard_normal(8).astype(np.float16)


def test_vectors_come_back_as_they_were_stored() -> None:
    rows = [(KEY, checksums.sealed(KEY, vector(seed))) for seed in range(3)]
    assert np.array_equal(checksums.opened(rows, 8), np.stack([vector(seed) for seed in range(3)]))
    assert checksums.opened([], 8).shape == (0, 8)


@given(bit=st.integers(0, 8 * (16 + checksums.SEAL) - 1))
def test_any_flipped_bit_of_a_vector_is_noticed(bit: int) -> None:
    stored = bytearray(checksums.sealed(KEY, vector()))
    stored[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DamagedWorkspace, match="1 vectors in the store are damaged"):
        checksums.opened([(KEY, bytes(stored))], 8)


def test_a_vector_under_another_key_or_of_another_size_is_noticed() -> None:
    stored = checksums.sealed(KEY, vector())
    assert not checksums.holds(b"another key here", stored, 8)
    assert not checksums.holds(KEY, stored[2:], 8)
    with pytest.raises(DamagedWorkspace, match="2 vectors"):
        checksums.opened([(KEY, None), (None, stored)], 8)


def test_rows_differ_in_every_cell() -> None:
    base = (1, 2, "copy", None, 0.5)
    others = [
        (2, 2, "copy", None, 0.5),
        (1, 2, "copy", "None", 0.5),
        (1, 2, "credit", None, 0.5),
        (12, "copy", None, 0.5),
    ]
    assert checksums.of_row(*base) not in {checksums.of_row(*other) for other in others}


def test_a_revision_is_covered_with_its_sentences_and_its_end() -> None:
    def of(died: int | None = None, sentences: bytes = b"12345678", sha256: str = "a") -> int:
        return checksums.of_revision(1, 1, 1, died, record="r", sha256=sha256, sentences=sentences)

    assert len({of(), of(died=2), of(sentences=b"12345679"), of(sha256="b")}) == 4
