"""Which rows are worth looking at for a question, where there are too many to look at all: those of the nearest cells.

Cells are the neighbourhoods of k-means centroids (an inverted file: Sivic and Zisserman, Video Google, 2003; Jegou,
Douze and Schmid, Product Quantization for Nearest Neighbor Search, 2011), kept as one number a row beside the vectors.
Within the cells that are looked at, scores are exact. A row that is added gets the cell of its nearest centroid, so
adding costs no training. Measured against HNSW and FAISS's own inverted files in docs/measurements.md.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

FROM = 150_000
"""Rows from which on cells are made; looking at all of fewer takes about 10 ms."""

AGAIN = 4
"""Cells are made anew when there are so many times the rows that they were made from."""

_PER_CELL = 40
"""Rows of the sample for each centroid; more moved the centroids no further."""
_ROUNDS = 10
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Cells:
    """Centroids, shape (cells, dimension), and the cell of every row, shape (rows,)."""

    centroids: NDArray[np.float32]
    of_rows: NDArray[np.uint16]

    def near(self, query: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which rows lie in the cells nearest to `query`, shape (dimension,)."""
        probed = np.zeros(len(self.centroids), dtype=np.bool_)
        faiss.omp_set_num_threads(1)  # numpy would take all cores, and wait where they are busy
        _, nearest = faiss.knn(query.reshape(1, -1), self.centroids, self.probes, metric=faiss.METRIC_INNER_PRODUCT)
        probed[nearest[0]] = True
        return np.take(probed, self.of_rows)  # a fourth of the time of an index in brackets

    @property
    def probes(self) -> int:
        """How many cells are looked at: a fixed share, for which recall was measured."""
        return max(1, len(self.centroids) * _SHARE_LOOKED_AT // 1000)


_SHARE_LOOKED_AT = 40
"""Of 1,000 cells."""


def count(rows: int) -> int:
    """How many cells that many rows get."""
    return 2048 if rows < 500_000 else 4096


def train(vectors: NDArray[np.float16], *, cells: int) -> NDArray[np.float32]:
    """Centroids of a sample of `vectors`, shape (cells, dimension), of length 1. The same for the same vectors."""
    chosen = np.random.default_rng(0).choice(len(vectors), min(len(vectors), cells * _PER_CELL), replace=False)
    sample = np.asarray(vectors[np.sort(chosen)], dtype=np.float32)
    _use_all_threads()
    made = faiss.Kmeans(
        vectors.shape[1], cells, niter=_ROUNDS, spherical=True, seed=1, max_points_per_centroid=_PER_CELL
    )
    made.train(sample)
    return np.asarray(made.centroids, dtype=np.float32)


def assign(vectors: NDArray[np.float16], centroids: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The cell of each row, shape (n,)."""
    index = faiss.IndexFlatIP(centroids.shape[1])
    index.add(centroids)
    _use_all_threads()
    found = np.empty(len(vectors), dtype=np.uint16)
    for start in range(0, len(vectors), _CHUNK):
        chunk = np.asarray(vectors[start : start + _CHUNK], dtype=np.float32)
        found[start : start + len(chunk)] = index.search(chunk, 1)[1][:, 0]
    return found


def _use_all_threads() -> None:
    faiss.omp_set_num_threads(os.cpu_count() or 1)
