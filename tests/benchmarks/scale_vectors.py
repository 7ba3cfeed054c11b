"""Vectors for benchmarks of any size: the real ones of a workspace, and noisy ones around them.

A resampled vector is a real one turned away by noise: towards the difference of two other real vectors, so that noise
is spread as the vectors are, by an angle whose cosine is drawn evenly between 0.80 and 0.98.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSION = 384
NEAREST, FURTHEST = 0.98, 0.80
"""Cosines between a resampled vector and the real one."""

Half = NDArray[np.float16]


def connected(workspace: Path) -> sqlite3.Connection:
    """Of its store, for reading."""
    return sqlite3.connect(f"{(workspace / 'crosscheck.sqlite').absolute().as_uri()}?mode=ro", uri=True)


def unpacked(stored: Iterable[bytes]) -> Half:
    """Vectors as the store keeps them, shape (n, DIMENSION); a checksum may stand behind each."""
    wide = 2 * DIMENSION
    vectors: Half = np.frombuffer(b"".join(one[:wide] for one in stored), dtype="<f2").reshape(-1, DIMENSION)
    return vectors


def real_vectors(workspace: Path) -> Half:
    """Those of the store in their order, shape (n, DIMENSION)."""
    return unpacked(row[0] for row in connected(workspace).execute("SELECT vector FROM vectors ORDER BY number"))


def resampled(real: Half, size: int, *, seed: int = 9) -> Iterator[Half]:
    """Blocks of rows of length 1, `size` in all: the real ones, then noisy ones."""
    rng = np.random.default_rng(seed)
    yield real[:size]
    for start in range(len(real), size, 20_000):
        yield noisy(real, min(20_000, size - start), rng=rng)


def noisy(real: Half, count: int, *, rng: np.random.Generator) -> Half:
    """So many of the real vectors, each turned away."""
    return turned(real[rng.integers(0, len(real), count)], real, rng=rng)


def turned(rows: Half, real: Half, *, rng: np.random.Generator) -> Half:
    """Each row turned away, as this module says."""
    count = len(rows)
    base, one, other = (
        some.astype(np.float32) for some in (rows, *(real[rng.integers(0, len(real), count)] for _ in range(2)))
    )
    noise = one - other
    noise -= (noise * base).sum(1, keepdims=True) * base
    noise /= np.linalg.norm(noise, axis=1, keepdims=True) + 1e-9
    cosine = rng.uniform(FURTHEST, NEAREST, (count, 1)).astype(np.float32)
    away = cosine * base + np.sqrt(1 - cosine**2) * noise
    return np.asarray(away / np.linalg.norm(away, axis=1, keepdims=True), dtype=np.float16)


def write_vectors(real: Half, size: int, path: Path) -> None:
    if path.exists():
        return
    into = np.lib.format.open_memmap(path, mode="w+", dtype="<f2", shape=(size, DIMENSION))
    at = 0
    for block in resampled(real, size):
        into[at : at + len(block)] = block
        at += len(block)
    into.flush()


def blocks(vectors: Half, rows: int = 50_000) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(vectors), rows):
        yield vectors[start : start + rows].astype(np.float32)
