"""Making the derived indexes of a generation: from the store alone, or from those of an earlier generation.

What changed between two generations is a few articles: their rows are added behind the others, and the rows that they
had are marked as no longer shown. Files are shared with the earlier generation, which stays as it is; see `appending`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import cells, dense, lexical, manifest
from index.appending import extend, share
from index.derived import CELLS, CENTROIDS, COLUMNS, LEXICAL, ROWS, UNTIL, VECTORS, Derived
from index.embedding_text import embedding_text
from index.indexable import PassageRow, added, passage_rows, touched, vectors
from index.lexical import LexicalRow, publisher_key
from index.manifest import Content, Manifest
from index.view import View

SMALL = 2_000
"""Rows that are made anew in less than half a second."""

_MOST_CHANGED = 0.25
"""Share of rows, changed or no longer shown, above which everything is made anew."""


def make(view: View, folder: Path) -> None:
    """Makes all files of a generation in an empty folder. Raises OSError or DamagedWorkspace."""
    noted: list[tuple[int, int, int, int]] = []

    def rows() -> Iterator[LexicalRow]:
        for position, row in enumerate(passage_rows(view)):
            noted.append((row.number, row.article_number, row.day, row.until))
            yield _lexical_row(position, row)

    lexical.build(rows(), folder / LEXICAL)
    columns = np.asarray(noted, dtype="<i4").reshape(-1, COLUMNS + 1)
    columns[:, :COLUMNS].tofile(folder / ROWS)
    columns[:, COLUMNS].tofile(folder / UNTIL)
    numbers = vectors(view)
    dense.write(numbers, folder / VECTORS)
    trained = _make_cells(numbers, folder) if len(numbers) >= cells.FROM else 0
    _note(folder, rows=len(numbers), dimension=numbers.shape[1], trained=trained)


def few_changed(view: View, before: Derived) -> list[int] | None:
    """Numbers of the articles that changed since; None where those are too many, or the earlier generation too small,
    so that everything is better made anew.
    """
    rows, trained = len(before.passages), before.manifest.trained
    outgrown = rows > cells.AGAIN * trained if trained else rows >= cells.FROM
    if rows < SMALL or outgrown:
        return None
    articles = touched(view, before.generation)
    changed = np.count_nonzero(np.isin(before.passages[:, 1], articles))
    hidden = np.count_nonzero(before.until == 0)
    few = changed + hidden + added(view, before.generation) < _MOST_CHANGED * rows
    return articles if few else None


def extended(view: View, before: Derived, earlier: Path, folder: Path, *, articles: Sequence[int]) -> None:
    """As `make`, from the folder `earlier` of the generation `before`, `articles` being those that changed since.

    Raises OSError or DamagedWorkspace.
    """
    there = np.flatnonzero(np.isin(before.passages[:, 1], articles))
    known = dict(zip(before.passages[there, 0].tolist(), there.tolist(), strict=True))
    found = list(passage_rows(view, articles))
    new = [place for place, row in enumerate(found) if row.number not in known]
    positions = _positions(found, known, first=len(before.passages))
    until = np.array(before.until)
    until[there] = 0
    until = np.concatenate([until, np.zeros(len(new), dtype=np.int32)])
    until[positions] = [row.until for row in found]
    _add_rows(before, earlier, folder, [found[place] for place in new])
    until.astype("<i4").tofile(folder / UNTIL)
    more = vectors(view, articles)[new]
    dense.add(earlier / VECTORS, folder / VECTORS, len(before.passages), more)
    if before.manifest.trained:
        _add_cells(before, earlier, folder, more)
    lexical.update(
        earlier / LEXICAL,
        folder / LEXICAL,
        articles=articles,
        rows=[_lexical_row(position, row) for position, row in zip(positions, found, strict=True)],
    )
    _note(
        folder,
        rows=len(until),
        dimension=before.manifest.dimension,
        trained=before.manifest.trained,
        earlier=earlier,
        known=before.manifest,
    )


def _positions(found: Sequence[PassageRow], known: dict[int, int], *, first: int) -> list[int]:
    """Where each row stands: where it stood, or behind the last."""
    positions = []
    for row in found:
        if row.number not in known:
            known[row.number] = first
            first += 1
        positions.append(known[row.number])
    return positions


def _add_rows(before: Derived, earlier: Path, folder: Path, new: Sequence[PassageRow]) -> None:
    columns = np.asarray([(row.number, row.article_number, row.day) for row in new], dtype="<i4")
    extend(earlier / ROWS, folder / ROWS, before.passages.nbytes, columns.tobytes())


def _make_cells(numbers: NDArray[np.float16], folder: Path) -> int:
    centroids = cells.train(numbers, cells=cells.count(len(numbers)))
    centroids.astype("<f4").tofile(folder / CENTROIDS)
    cells.assign(numbers, centroids).astype("<u2").tofile(folder / CELLS)
    return len(numbers)


def _add_cells(before: Derived, earlier: Path, folder: Path, more: NDArray[np.float16]) -> None:
    share(earlier / CENTROIDS, folder / CENTROIDS)
    centroids = np.fromfile(folder / CENTROIDS, dtype="<f4").reshape(-1, before.manifest.dimension)
    of_rows = cells.assign(more, centroids).astype("<u2") if len(more) else np.empty(0, dtype="<u2")
    extend(earlier / CELLS, folder / CELLS, 2 * len(before.passages), of_rows.tobytes())


def _lexical_row(position: int, row: PassageRow) -> LexicalRow:
    return LexicalRow(
        position=position,
        article=row.article_number,
        day=row.day,
        until=row.until,
        publisher=publisher_key(row.publisher) if row.publisher else 0,
        text=embedding_text(row.title, row.text),
    )


def _note(
    folder: Path, *, rows: int, dimension: int, trained: int, earlier: Path | None = None, known: Manifest | None = None
) -> None:
    """Writes the manifest. Of files that are shared with the folder `earlier`, only what was added is read."""
    grown = {ROWS: 4 * COLUMNS * rows, VECTORS: dense.size(rows, dimension), CELLS: 2 * rows}
    files: dict[str, Content] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"):
        name = path.relative_to(folder).as_posix()
        shared = earlier is not None and (earlier / name).exists() and path.samefile(earlier / name)
        files[name] = manifest.content(path, grown.get(name), known=known.files.get(name) if known and shared else None)
    manifest.write(folder, Manifest(rows, dimension, trained, files))
