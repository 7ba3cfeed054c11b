"""Which index of vectors serves at which size: exact, cells over flat, IVF, HNSW and 8 bits, side by side.

    python -m tests.benchmarks.dense_kinds WORKSPACE QUESTIONS.jsonl [--sizes 100000 1000000] [--keep FOLDER]

Vectors are the real ones of the workspace, and beyond them noisy ones around these (see `scale_vectors`). Every kind is
built, then opened in a process of its own and asked one question at a time in one thread. Prints Markdown tables; what
is built stays in FOLDER and is not built again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import faiss
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.measuring import table
from tests.benchmarks.scale_kinds import APPENDED, KINDS, Built, Found, Kind, Question
from tests.benchmarks.scale_vectors import DIMENSION, real_vectors, write_vectors

QUESTIONS = 200
NEW_ROWS = 12
"""An article's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind with one setting."""

    setting: str
    recall10: float
    recall100: float
    p50: float
    p95: float
    resident: float
    """Megabytes, pages of mapped files that were read included, libraries not."""
    append: float
    """Milliseconds until an article's rows are in the file."""


def embedded(questions: Path) -> NDArray[np.float32]:
    """Vectors of real questions, evenly taken from the file."""
    from assistant.settings import load
    from assistant.wiring.models import THREADS
    from index.question_encoder import QuestionEncoder

    *_, export = sorted(path for path in load({}).cache.glob("all-minilm*-v*") if path.is_dir())
    texts = [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").splitlines()]
    chosen = texts[:: max(1, len(texts) // QUESTIONS)][:QUESTIONS]
    return QuestionEncoder.open(export, threads=THREADS).encode_questions(chosen)


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(kind: Kind, folder: Path) -> list[Asked]:
    """In this process, which did nothing before. The first kind is the exact one, and its rows the truth."""
    faiss.omp_set_num_threads(1)
    questions = np.load(folder.parent / "questions.npy")
    exact = folder / "exact.npy"
    before = resident()
    asked: list[Asked] = []
    for way in kind.ways(folder / kind.name):
        rows, times = timed(way.search, questions)
        if not exact.exists():
            np.save(exact, np.stack(rows))
        true = np.load(exact)
        at10, at100 = (recall(rows, true[:, :count]) for count in (10, 100))
        p50, p95 = np.percentile(times, (50, 95)).tolist()
        size = resident() - before
        append = asked[0].append if asked else appending(way.append)
        asked.append(Asked(way.setting, at10, at100, p50, p95, resident=size, append=append))
    return asked


def timed(search: Callable[[Question], Found], questions: NDArray[np.float32]) -> tuple[list[Found], list[float]]:
    """Each question's rows and milliseconds, once the pages are in memory."""
    for question in questions[:20]:
        search(question)
    rows, times = [], []
    for question in questions:
        started = perf_counter()
        rows.append(search(question))
        times.append((perf_counter() - started) * 1000)
    return rows, times


def recall(found: list[Found], true: NDArray[np.int64]) -> float:
    """Of the true rows of each question, how many stand among as many found."""
    count = true.shape[1]
    shares = [len(np.intersect1d(some[:count], row)) / count for some, row in zip(found, true, strict=True)]
    return float(np.mean(shares))


def appending(append: Callable[[NDArray[np.float32]], None]) -> float:
    rows = np.random.default_rng(2).normal(size=(NEW_ROWS, DIMENSION)).astype(np.float32)
    started = perf_counter()
    append(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    return (perf_counter() - started) * 1000


def do(step: str, kind: Kind, folder: Path) -> None:
    """One step, its result as JSON on standard output."""
    if step == "ask":
        print(json.dumps([asdict(one) for one in measure(kind, folder)]))
        (folder / APPENDED).unlink(missing_ok=True)
    else:
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        print(json.dumps(asdict(kind.make(vectors, folder / kind.name))))


def made_and_asked(kind: Kind, folder: Path) -> tuple[Built, list[Asked]]:
    """Each in a process of its own, or what an earlier run noted."""
    note = folder / f"{kind.name}.json"
    if not note.exists():
        this = [sys.executable, "-m", "tests.benchmarks.dense_kinds", "--folder", str(folder), "--kind", kind.name]
        outputs = [subprocess.check_output([*this, "--do", step], text=True) for step in ("make", "ask")]
        note.write_text(json.dumps([json.loads(output) for output in outputs]))
    made, asked = json.loads(note.read_text())
    return Built(**made), [Asked(**one) for one in asked]


HEADS = [
    "index", "setting", "train + add", "file", "resident", "recall@10", "recall@100", "p50 ms", "p95 ms",
    "12 rows more",
]  # fmt: skip


def rows_of(kind: Kind, made: Built, asked: list[Asked]) -> list[list[str]]:
    return [
        [
            kind.name.removesuffix(".npz"), one.setting, f"{made.train:.0f} + {made.add:.0f} s",
            f"{made.bytes / 1e6:.0f} MB", f"{one.resident:.0f} MB", f"{one.recall10:.3f}", f"{one.recall100:.3f}",
            f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.append:.0f} ms",
        ]
        for one in asked
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--keep", type=Path, default=Path("dense_kinds"))
    parser.add_argument("--kinds", nargs="+", default=[kind.name for kind in KINDS])
    parser.add_argument("--kind", help=argparse.SUPPRESS)
    parser.add_argument("--do", choices=("make", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.do:
        do(given.do, next(kind for kind in KINDS if kind.name == given.kind), given.folder)
        return
    given.keep.mkdir(parents=True, exist_ok=True)
    if not (given.keep / "questions.npy").exists():
        np.save(given.keep / "questions.npy", embedded(given.questions))
    real = real_vectors(given.workspace)
    for size in given.sizes:
        folder = given.keep / str(size)
        folder.mkdir(exist_ok=True)
        write_vectors(real, size, folder / "vectors.npy")
        wanted = [kind for kind in KINDS if kind.name in given.kinds]
        rows = [row for kind in wanted for row in rows_of(kind, *made_and_asked(kind, folder))]
        print(f"\n{size:,} vectors, {min(size, len(real)):,} of them real; {QUESTIONS} questions, one thread.\n")
        print(table(HEADS, rows), flush=True)


if __name__ == "__main__":
    main()
