"""Kinds of vector index to choose among: how each is made, and how it is asked and added to. For `dense_kinds`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import faiss
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.scale_vectors import DIMENSION, Half, blocks

TRAINING = 40
"""Vectors of the sample for each cell."""
TOP = 100

Question = NDArray[np.float32]
Found = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Built:
    """What making an index took, in seconds and bytes."""

    train: float
    add: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Way:
    """One setting to ask an index with, and what makes rows part of its file."""

    setting: str
    search: Callable[[Question], Found]
    append: Callable[[NDArray[np.float32]], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A name, also that of its file, what makes it and what asks it."""

    name: str
    make: Callable[[Half, Path], Built]
    ways: Callable[[Path], Iterator[Way]]


def built(index: faiss.Index, vectors: Half, path: Path, *, sample: int = 100_000) -> Built:
    """Trains and adds with all cores, and writes."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    started = perf_counter()
    if not index.is_trained:
        index.train(taken(vectors, sample))
    trained = perf_counter()
    for block in blocks(vectors):
        index.add(block)
    added = perf_counter()
    faiss.write_index(index, str(path))
    return Built(trained - started, added - trained, path.stat().st_size)


def taken(vectors: Half, sample: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(1).choice(len(vectors), min(sample, len(vectors)), replace=False)
    return np.asarray(vectors[np.sort(rows)], dtype=np.float32)


def make_flat(code: int, vectors: Half, path: Path) -> Built:
    return built(faiss.IndexScalarQuantizer(DIMENSION, code, faiss.METRIC_INNER_PRODUCT), vectors, path)


def make_cells(count: int, vectors: Half, path: Path) -> Built:
    """Centres and, for each row, the cell it is in; the rows themselves stay where they are."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    started = perf_counter()
    made = faiss.Kmeans(DIMENSION, count, niter=10, spherical=True, seed=1, max_points_per_centroid=TRAINING)
    made.train(taken(vectors, TRAINING * count))
    centres = np.asarray(made.centroids, dtype=np.float32)
    trained = perf_counter()
    of_row = np.concatenate([nearest_cell(centres, block) for block in blocks(vectors)])
    added = perf_counter()
    np.savez(path, centres=centres, of_row=of_row)
    return Built(trained - started, added - trained, path.stat().st_size)


def nearest_cell(centres: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.uint16]:
    few = (rows[at : at + 4096] for at in range(0, len(rows), 4096))
    return np.concatenate([(some @ centres.T).argmax(1) for some in few]).astype(np.uint16)


def make_inverted(code: int, vectors: Half, path: Path, *, lists: int = 4096) -> Built:
    quantizer = faiss.IndexFlatIP(DIMENSION)
    index = faiss.IndexIVFScalarQuantizer(quantizer, DIMENSION, lists, code, faiss.METRIC_INNER_PRODUCT)
    return built(index, vectors, path, sample=TRAINING * lists)


def make_graph(vectors: Half, path: Path) -> Built:
    # The stubs that FAISS ships don't know this order of arguments, nor what SWIG adds below.
    index = faiss.IndexHNSWSQ(DIMENSION, QT.QT_fp16, 32, faiss.METRIC_INNER_PRODUCT)  # type: ignore[arg-type]
    index.hnsw.efConstruction = 100
    return built(index, vectors, path)


def mapped(path: Path) -> faiss.Index:
    """Flat codes and inverted lists stay in the file."""
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP if "IVF" in path.name else faiss.IO_FLAG_MMAP_IFC)


def nearest(index: faiss.Index, question: Question, chosen: faiss.SearchParameters | None = None) -> Found:
    return np.asarray(index.search(question.reshape(1, -1), TOP, params=chosen)[1][0])


def flat_ways(path: Path) -> Iterator[Way]:
    yield Way("", partial(nearest, mapped(path)), partial(append_bytes, path.parent))


def cells_ways(path: Path) -> Iterator[Way]:
    """The plain index beside it, restricted to the rows of the nearest cells."""
    index = mapped(path.parent / "flat fp16")
    with np.load(path) as kept:
        centres, of_row = kept["centres"], kept["of_row"]

    def search(probes: int, question: Question) -> Found:
        _, cells = faiss.knn(question.reshape(1, -1), centres, probes, metric=faiss.METRIC_INNER_PRODUCT)
        probed = np.zeros(len(centres), np.bool_)
        probed[cells[0]] = True
        bits = np.packbits(np.take(probed, of_row), bitorder="little")
        return nearest(index, question, faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits)))  # type: ignore[call-arg, arg-type]

    def append(rows: NDArray[np.float32]) -> None:
        append_bytes(path.parent, rows)
        append_bytes(path.parent, nearest_cell(centres, rows))

    for probes in (32, 64, 96, 128, 192, 256, 384, 512):
        if probes <= len(centres) // 4:
            yield Way(f"{probes} of {len(centres)} cells", partial(search, probes), append)


def inverted_ways(path: Path) -> Iterator[Way]:
    index = mapped(path)
    for probes in (32, 64, 128, 256):
        index.nprobe = probes  # type: ignore[attr-defined]
        yield Way(f"{probes} lists", partial(nearest, index), partial(rewrite, path))


def graph_ways(path: Path) -> Iterator[Way]:
    index = mapped(path)
    for breadth in (64, 128, 256):
        index.hnsw.efSearch = breadth  # type: ignore[attr-defined]
        yield Way(f"efSearch {breadth}", partial(nearest, index), partial(rewrite, path))


def reranked_ways(path: Path) -> Iterator[Way]:
    """The best by 8 bits, ranked again by the vectors themselves."""
    small, vectors = mapped(path), np.load(path.parent / "vectors.npy", mmap_mode="r")

    def search(most: int, question: Question) -> Found:
        rows = np.sort(small.search(question.reshape(1, -1), most)[1][0])
        return np.asarray(rows[np.argsort(-(vectors[rows].astype(np.float32) @ question))][:TOP])

    for most in (TOP, 2 * TOP):
        yield Way(f"{most} reranked", partial(search, most), partial(append_bytes, path.parent))


APPENDED = "appended"


def append_bytes(folder: Path, rows: NDArray[np.float32] | NDArray[np.uint16]) -> None:
    """What an append-only file costs."""
    with (folder / APPENDED).open("ab") as file:
        file.write((rows.astype("<f2") if rows.dtype == np.float32 else rows).tobytes())
        os.fsync(file.fileno())


def rewrite(path: Path, rows: NDArray[np.float32]) -> None:
    """What a file costs that FAISS writes only whole: read, added to, written."""
    index = faiss.read_index(str(path))
    index.add(rows)
    faiss.write_index(index, str(path.parent / APPENDED))


QT = faiss.ScalarQuantizer

KINDS = (
    Kind("flat fp16", partial(make_flat, QT.QT_fp16), flat_ways),
    *(Kind(f"cells {count} over flat.npz", partial(make_cells, count), cells_ways) for count in (1024, 2048, 4096)),
    Kind("flat 8 bit", partial(make_flat, QT.QT_8bit), reranked_ways),
    Kind("IVF4096 fp16", partial(make_inverted, QT.QT_fp16), inverted_ways),
    Kind("IVF4096 8 bit", partial(make_inverted, QT.QT_8bit), inverted_ways),
    Kind("HNSW32 fp16", make_graph, graph_ways),
)
