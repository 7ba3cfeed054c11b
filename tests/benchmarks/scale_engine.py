"""An engine whose encoder looks up and derives: the vectors of real passages, and noise around them for others.

Encoding a million passages takes half a day on two cores and is measured elsewhere. Real passages get their own
vector, known by its key. A passage of a resampled article gets that of the real passage at the same place of the real
article, turned away by an angle whose cosine is drawn evenly between 0.80 and 0.98 (see `scale_vectors`). Sentences,
tokens and passages are the pipeline's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from index.embedding_text import embedding_key
from index.models import Vectors
from tests.benchmarks.scale_articles import IN_A_FILE, offsets_of
from tests.benchmarks.scale_vectors import connected, turned, unpacked

_NUMBERED = re.compile(r"(\d+): [^\n]*\n")


class Derived:
    """Encodes as the module says. Counts what it could not find, and how long it took."""

    def __init__(self, workspace: Path, folder: Path) -> None:
        """`workspace` has the real articles; `folder` is what `write_articles` filled."""
        self.unknown = 0
        self.seconds = 0.0
        self._folder = folder
        self._offsets, self._ids, _ = offsets_of(folder)
        self._real, self._by_key = vectors_by_key(workspace)
        self._places = places_by_article(workspace)
        self._last: tuple[int, str] = (-1, "")

    def __call__(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        started = perf_counter()
        rows = np.array([self._row(text) for text in texts])
        derived = np.array([_NUMBERED.match(text) is not None for text in texts])
        vectors: Vectors = self._real[rows]
        rng = np.random.default_rng(int.from_bytes(embedding_key(texts[0])[:8], "little"))
        vectors[derived] = turned(vectors[derived], self._real, rng=rng)
        if progress:
            progress(len(texts))
        self.seconds += perf_counter() - started
        return vectors

    def _row(self, text: str) -> int:
        key = embedding_key(text)
        if (row := self._by_key.get(key)) is not None:
            return row
        if numbered := _NUMBERED.match(text):
            return self._beside(int(numbered[1]), text[numbered.end() :])
        self.unknown += 1
        return int.from_bytes(key[:4], "little") % len(self._real)

    def _beside(self, number: int, passage: str) -> int:
        """The vector of the real passage that stands where this one does."""
        whole = self._text(number)
        share = max(whole.find(passage[:80]), 0) / max(len(whole), 1)
        starts, rows = self._places[str(self._ids[number])]
        return int(rows[max(int(np.searchsorted(starts, share + 0.01)) - 1, 0)])

    def _text(self, number: int) -> str:
        if self._last[0] != number:
            with (self._folder / "articles" / f"{number // IN_A_FILE:04}.jsonl").open("rb") as file:
                file.seek(self._offsets[number])
                self._last = number, json.loads(file.readline())["text"]
        return self._last[1]


def vectors_by_key(workspace: Path) -> tuple[Vectors, dict[bytes, int]]:
    """All vectors of a workspace, and the row of each by its key."""
    rows = connected(workspace).execute("SELECT key, vector FROM vectors ORDER BY number").fetchall()
    return unpacked(vector for _, vector in rows), {key: row for row, (key, _) in enumerate(rows)}


def places_by_article(workspace: Path) -> dict[str, tuple[NDArray[np.float64], NDArray[np.int64]]]:
    """By id: where each passage begins, as a share of the text, and the row of its vector."""
    connection = connected(workspace)
    row_of = {
        number: row for row, (number,) in enumerate(connection.execute("SELECT number FROM vectors ORDER BY number"))
    }
    rows = connection.execute(
        'SELECT a.id, p."start" * 1.0 / length(r.text), p.vector FROM passages p '
        "JOIN articles a ON a.number = p.article JOIN revisions r "
        "ON r.article = p.article AND r.revision = p.revision WHERE r.died IS NULL "
        'ORDER BY a.id, p."start"'
    )
    found: dict[str, tuple[list[float], list[int]]] = {}
    for id_, start, vector in rows:
        starts, vectors = found.setdefault(id_, ([], []))
        starts.append(start)
        vectors.append(row_of[vector])
    return {id_: (np.array(starts), np.array(vectors)) for id_, (starts, vectors) in found.items()}
