"""The opened indexes of one generation: vectors, words, and what is known of the row that each position stands for.

A position is a place in all of them at once. Positions are given out one after another and stay: a row that is removed
is only no longer shown, until everything is made anew.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index import cells, dense, lexical, manifest
from index.errors import DamagedIndex
from index.manifest import Manifest
from index.periods import NEVER, UNKNOWN

VECTORS, ROWS, UNTIL, CELLS, CENTROIDS = "vectors.f2", "rows.i4", "until.i4", "cells.u2", "centroids.f4"
LEXICAL = "lexical"
COLUMNS = 3
"""Of `rows.i4`: passage number, article number, day of publication."""


class Derived:
    """Made by `open_derived`."""

    def __init__(
        self,
        generation: int,
        *,
        dense: dense.Dense,
        lexical: lexical.Lexical,
        rows: NDArray[np.int32],
        until: NDArray[np.int32],
        made: Manifest,
    ) -> None:
        if not len(dense) == len(rows) == len(until):
            raise DamagedIndex(f"{len(dense)} vectors for {len(rows)} passages")
        self.generation = generation
        self.dense = dense
        self.lexical = lexical
        self.passages = rows
        """Shape (n, 3): passage number, article number and day of publication by position; see `periods`."""
        self.until = until
        """The day from which a row is no longer shown: 0 for one that was removed, NEVER for what stands now."""
        self.manifest = made

    @classmethod
    def open(cls, folder: Path, generation: int) -> Self:
        """Maps the files of a derived folder. Raises DamagedIndex where one is absent or not what was written."""
        made = manifest.read(folder)
        manifest.verify(folder, made)
        rows = _column(folder / ROWS, made.rows, COLUMNS).reshape(-1, COLUMNS)
        until = _column(folder / UNTIL, made.rows)
        shown = np.asarray(until == NEVER)
        return cls(
            generation,
            dense=dense.Dense.open(
                folder / VECTORS,
                made.rows,
                made.dimension,
                shown=None if shown.all() else shown,
                cells=_cells(folder, made),
            ),
            lexical=lexical.Lexical.open(folder / LEXICAL),
            rows=rows,
            until=until,
            made=made,
        )

    @cached_property
    def undated(self) -> NDArray[np.int64]:
        """Numbers of the articles that stand now and carry no date."""
        rows = np.flatnonzero((self.until == NEVER) & (self.passages[:, 2] == UNKNOWN))
        return np.flatnonzero(np.bincount(self.passages[rows, 1]))

    def present(self) -> NDArray[np.int64]:
        """Positions of what stands now, ascending."""
        return np.flatnonzero(self.until == NEVER)


def _column(path: Path, rows: int, width: int = 1) -> NDArray[np.int32]:
    """Raises DamagedIndex."""
    if not rows:
        return np.empty(0, dtype=np.int32)
    try:
        return np.memmap(path, dtype="<i4", mode="r", shape=(rows * width,))
    except (OSError, ValueError) as error:
        raise DamagedIndex(f"{path.name} cannot be read ({error})") from error


def _cells(folder: Path, made: Manifest) -> cells.Cells | None:
    if not made.trained:
        return None
    try:
        centroids = np.fromfile(folder / CENTROIDS, dtype="<f4").reshape(-1, made.dimension)
        of_rows = np.memmap(folder / CELLS, dtype="<u2", mode="r", shape=(made.rows,))
    except (OSError, ValueError) as error:
        raise DamagedIndex(f"{CELLS} or {CENTROIDS} cannot be read ({error})") from error
    return cells.Cells(centroids, of_rows)
