"""Vectors of passages on disk, searched by inner product: the nearest, or exactly those that a filter allows.

The file is a head that FAISS reads, then the rows in half precision, to which later generations add: how many of them
belong to this one, the caller knows. The file is mapped and FAISS is told in a private copy of the head how many rows
there are, so opening reads nothing else. Positions are rows; this module knows neither passages nor articles.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Self, TypeAlias

import faiss
import numpy as np
from numpy.typing import NDArray

from index.appending import extend
from index.cells import Cells
from index.errors import DamagedIndex
from index.sharing import Shared

_Wanted: TypeAlias = tuple[NDArray[np.float32], int]
"""A question of shape (dimension,), and how many rows it wants."""
_Found: TypeAlias = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Scores and positions, best first."""


def write(vectors: NDArray[np.float16], path: Path) -> None:
    """Writes `vectors`, shape (n, dimension), rows of length 1, to `path`. Raises OSError."""
    with path.open("wb") as file:
        file.write(_head(len(vectors), vectors.shape[1]))
        file.write(np.ascontiguousarray(vectors, dtype="<f2").data)


def add(before: Path, path: Path, rows: int, vectors: NDArray[np.float16]) -> None:
    """Makes `path` of the first `rows` rows of `before` and of `vectors`. Raises OSError."""
    extend(before, path, size(rows, vectors.shape[1]), _raw(vectors))


def size(rows: int, dimension: int) -> int:
    """Bytes that so many rows take in a file."""
    return len(_head(rows, dimension)) + 2 * rows * dimension


def _raw(vectors: NDArray[np.float16]) -> bytes:
    return np.ascontiguousarray(vectors, dtype="<f2").tobytes()


def _head(rows: int, dimension: int) -> bytes:
    """What FAISS writes before the codes of such an index: it ends in how many bytes of them follow."""
    index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.ntotal = rows
    return bytes(faiss.serialize_index(index)[:-8]) + struct.pack("<Q", 2 * rows * dimension)


class Dense:
    """An opened index. Searches may run in several threads at once."""

    def __init__(
        self,
        index: faiss.Index,
        *,
        shown: NDArray[np.bool_] | None = None,
        cells: Cells | None = None,
    ) -> None:
        """`shown` says of each row whether it is searched where no filter says otherwise; None: all are."""
        self._index = index
        self._shown = shown
        self._cells = cells
        # Of the index alone: no circle.
        self._nearest = Shared[_Wanted, list[_Found]](partial(_scan, index, selection=_selection(shown)))

    @classmethod
    def open(
        cls,
        path: Path,
        rows: int,
        dimension: int,
        *,
        shown: NDArray[np.bool_] | None = None,
        cells: Cells | None = None,
    ) -> Self:
        """Maps the first `rows` rows of a file into memory: searching reads them as it goes.

        Raises DamagedIndex where the file is absent, cut off or of another kind.
        """
        head = np.frombuffer(_head(rows, dimension), dtype=np.uint8)
        try:
            mapped = np.memmap(path, dtype=np.uint8, mode="c", shape=(size(rows, dimension),))
            mapped[: len(head)] = head
            index = faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(mapped), len(mapped)))  # type: ignore[attr-defined]
        except (OSError, ValueError, RuntimeError) as error:
            raise DamagedIndex(f"{path.name} cannot be read, or is cut off ({error})") from error
        index.referenced_objects = [mapped]  # type: ignore[attr-defined]  # it points into it
        return cls(index, shown=shown, cells=cells)

    @property
    def kind(self) -> str:
        """How it is searched, for people."""
        if self._cells is None:
            return "exact scan over fp16 vectors"
        cells, probes = len(self._cells.centroids), self._cells.probes
        return f"fp16 vectors in {cells:,} cells, the nearest {probes} of them scanned; exact within filters"

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, query: NDArray[np.float32], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and inner products of the `k` nearest rows, best first, equal ones by position.

        `query` has shape (dimension,), `allowed` one value for each row: those are ranked, all of them. Without it, the
        rows that are shown; where there are cells, those of them in the nearest ones. Fewer than `k` come back where
        fewer are there.
        """
        if allowed is not None and len(allowed) != len(self):
            raise ValueError(f"`allowed` has {len(allowed)} values for {len(self)} rows")
        if k < 1 or not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if allowed is None and self._cells is not None:
            near = self._cells.near(query)
            allowed = near if self._shown is None else near & self._shown
        row, selection = query.reshape(1, -1), _selection(self._shown if allowed is None else allowed)
        wanted = (query, min(k + 1, len(self)))
        [(scores, positions)] = self._nearest([wanted]) if allowed is None else _scan(self._index, [wanted], selection)
        found = positions >= 0
        scores, positions = scores[found], positions[found]
        if len(scores) > k and scores[k] == scores[k - 1]:
            # FAISS keeps any of those that tie for the last places; here the first ones stay.
            below = float(np.nextafter(scores[k], -np.inf, dtype=np.float32))
            _use_one_thread()
            _, scores, positions = self._index.range_search(row, below, params=selection)
        order = np.lexsort((positions, -scores))[:k]
        return positions[order], scores[order]

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of those rows, in their order, shape (n, dimension)."""
        return np.asarray(self._index.reconstruct_batch(positions), dtype=np.float32)

    def scores(self, query: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Inner products of `query` with those rows, in their order; the same numbers that `search` gives."""
        computer = self._index.get_distance_computer()
        row = np.ascontiguousarray(query, dtype=np.float32)
        # The stubs that FAISS ships leave out what SWIG adds, here and in `_selection`.
        computer.set_query(faiss.swig_ptr(row))  # type: ignore[attr-defined]
        scores = [computer(position) for position in positions.tolist()]  # type: ignore[operator]
        return np.array(scores, dtype=np.float32)


def _scan(
    index: faiss.Index, wanted: Sequence[_Wanted], selection: faiss.SearchParameters | None = None
) -> list[_Found]:
    """Each as by itself. Together they take half the time: vectors that one has fetched from memory are still near."""
    _use_one_thread()
    if len({k for _, k in wanted}) > 1:
        return [found for one in wanted for found in _scan(index, [one], selection)]
    scores, positions = index.search(np.stack([query for query, _ in wanted]), wanted[0][1], params=selection)
    return list(zip(scores, positions, strict=True))


def _use_one_thread() -> None:
    """For one question, threads cost more than they bring: waiting for a busy core stretches every search.

    OpenMP keeps this setting for each calling thread, so it is made at every search, where it costs nothing.
    """
    faiss.omp_set_num_threads(1)


def _selection(allowed: NDArray[np.bool_] | None) -> faiss.SearchParameters | None:
    if allowed is None:
        return None
    bits = np.packbits(allowed, bitorder="little")
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
