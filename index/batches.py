"""Which texts go through a model together: those of like length, as many as a budget of tokens allows.

Pure, and the same for both engines. Padding is work thrown away, so lengths are sorted over the whole run and a
batch is bounded by its tokens, padding included, and not by its texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.tokens import Tokens


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Texts that are encoded together, each in a row as wide as the longest needs."""

    rows: NDArray[np.int64]
    """Which texts, by their place in the run."""
    width: int


def batches(lengths: NDArray[np.int64], *, budget: int, step: int = 1) -> Iterator[Batch]:
    """Covers every text once, the longest first, so that a run that is too big for memory fails at its start.

    A batch holds at most `budget` tokens, or one text. With a `step` above 1 widths are rounded up to its multiples
    and a batch holds texts of one width only: a text is then always padded alike, whatever else is in the run.
    """
    widths = np.maximum(-(-lengths // step), 1) * step
    order = np.argsort(-widths, kind="stable")
    start = 0
    while start < len(order):
        width = int(widths[order[start]])
        stop = start + max(1, budget // width)
        rows = order[start:stop]
        if step > 1:
            rows = rows[widths[rows] == width]
        yield Batch(rows, width)
        start += len(rows)


def padded(tokens: Tokens, batch: Batch, *, pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token numbers and attention mask of a batch, both of shape (texts, width)."""
    ids = np.full((len(batch.rows), batch.width), pad, dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(batch.rows):
        found = tokens.of(row)
        ids[place, : len(found)] = found
        mask[place, : max(1, len(found))] = 1  # a text without any token is read as one of padding
    return ids, mask
