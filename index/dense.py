"""Vectors of passages on disk, searched exactly by inner product. The only module that imports faiss.

The file is FAISS's own, with a trailer behind it that FAISS doesn't read: length and checksum of the head. That
is enough to see a file that is cut off or another one, without reading all of it. Positions are rows of the
matrix that the file was built from; this module knows neither passages nor articles.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Self, TypeAlias

import faiss
import numpy as np
from numpy.typing import NDArray

from index.durable import replacing
from index.errors import DamagedIndex
from index.sharing import Shared

_TRAILER = struct.Struct("<8sQI")
_MAGIC = b"XCDENSE1"
_HEAD = 4096

_Wanted: TypeAlias = tuple[NDArray[np.float32], int]
"""A question of shape (dimension,), and how many rows it wants."""
_Found: TypeAlias = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Scores and positions, best first."""


def build(vectors: NDArray[np.float16], path: Path) -> None:
    """Writes the index of `vectors`, shape (n, dimension), rows of length 1, to `path`, whole or not at all.

    The file holds exactly these half-precision numbers. Raises OSError where it cannot be written.
    """
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    codes = np.ascontiguousarray(vectors, dtype="<f2")
    faiss.copy_array_to_vector(codes.view(np.uint8).reshape(-1), index.codes)
    index.ntotal = len(vectors)
    with replacing(path) as building:
        try:
            faiss.write_index(index, str(building))
        except RuntimeError as error:
            raise OSError(f"The vectors could not be written to {str(path)!r} ({error})") from error
        _seal(building)


class Dense:
    """An opened index. Searches may run in several threads at once."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._nearest = Shared[_Wanted, list[_Found]](partial(_scan, index))  # of the index alone: no circle

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps the file into memory: opening reads only its ends, searching reads the rest as it goes.

        Raises DamagedIndex where the file is absent, cut off or of another kind.
        """
        _check(path)
        # IO_FLAG_MMAP is for inverted lists and reads flat codes into memory; this flag maps them.
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            raise DamagedIndex(f"{path.name} is no index that FAISS can read ({error})") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, query: NDArray[np.float32], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and inner products of the `k` nearest rows, best first, equal ones by position.

        `query` has shape (dimension,), `allowed` one value for each row: rows where it is false are left out
        before ranking. Fewer than `k` come back where fewer are there.
        """
        if allowed is not None and len(allowed) != len(self):
            raise ValueError(f"`allowed` has {len(allowed)} values for {len(self)} rows")
        if k < 1 or not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        row, selection = query.reshape(1, -1), _selection(allowed)
        wanted = (query, min(k + 1, len(self)))
        [(scores, positions)] = _scan(self._index, [wanted], selection) if selection else self._nearest([wanted])
        found = positions >= 0
        scores, positions = scores[found], positions[found]
        if len(scores) > k and scores[k] == scores[k - 1]:
            # FAISS keeps any of those that tie for the last places; here the first ones stay.
            below = float(np.nextafter(scores[k], -np.inf, dtype=np.float32))
            _use_one_thread()
            _, scores, positions = self._index.range_search(row, below, params=selection)
        order = np.lexsort((positions, -scores))[:k]
        return positions[order], scores[order]

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


def _seal(path: Path) -> None:
    with path.open("r+b") as file:
        head = zlib.crc32(file.read(_HEAD))
        length = file.seek(0, os.SEEK_END)
        file.write(_TRAILER.pack(_MAGIC, length, head))


def _check(path: Path) -> None:
    """Raises DamagedIndex unless the file ends in the trailer that belongs to its head and length."""
    try:
        with path.open("rb") as file:
            length = file.seek(0, os.SEEK_END) - _TRAILER.size
            file.seek(max(length, 0))
            trailer = file.read(_TRAILER.size)
            file.seek(0)
            head = file.read(min(_HEAD, max(length, 0)))
    except OSError as error:
        raise DamagedIndex(f"{path.name} cannot be opened ({error.strerror})") from error
    if trailer != _TRAILER.pack(_MAGIC, max(length, 0), zlib.crc32(head)):
        raise DamagedIndex(f"{path.name} is cut off, changed or no index of vectors")
