"""The exported reader at work: pairs in, readings out, and the scores that are made of them.

What the product does with the shipped files is measured through this module, without torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from tests.training.reader import tokens
from tests.training.reader.tokens import Pair

Floats = NDArray[np.float32]
_LONGEST_SPAN = 30
"""Tokens: longer answers than this are one in two hundred."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says about one pair."""

    pair: Pair
    start: Floats
    """One logit per token of the passage."""
    end: Floats
    nothing: float
    """Start and end logit of the first token, added: how much speaks for no span at all."""
    answers: float
    stance: Floats

    def best_span(self, first: int = 0, stop: int | None = None) -> tuple[float, int, int]:
        """Margin over "nothing", first and last token of the best span between two tokens of the passage."""
        start, end = self.start[first:stop], self.end[first:stop]
        if not len(start):
            return -30.0, first, first
        sums = start[:, None] + end[None, :]
        reach = np.arange(len(end))[None, :] - np.arange(len(start))[:, None]
        sums = np.where((reach >= 0) & (reach < _LONGEST_SPAN), sums, -np.inf)
        a, b = np.unravel_index(int(sums.argmax()), sums.shape)
        return float(sums[a, b]) - self.nothing, first + int(a), first + int(b)

    def of_characters(self, start: int, end: int) -> tuple[float, int, int]:
        """The same for the tokens of `passage[start:end]`, as a sentence."""
        touched = [at for at, (a, b) in enumerate(self.pair.offsets) if a < end and start < b]
        return self.best_span(touched[0], touched[-1] + 1) if touched else (-30.0, 0, 0)

    def text(self, passage: str) -> str:
        _, first, last = self.best_span()
        if not self.pair.offsets:
            return ""
        return passage[self.pair.offsets[first][0] : self.pair.offsets[last][1]]


class ExportedReader:
    """An ONNX file of the reader, opened."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def read(self, texts: Sequence[tuple[str, str | None, str]]) -> list[Reading]:
        """Of (question, title, passage) each, one pair at a time.

        Measured on int8 weights: one at a time takes 0.6 of the time of batches of 16, since all of a pair fits
        the processor's cache, and gives the 32-bit network's span more often (.83 against .77), since each pair
        gets a scale of its own. What a pair is read with can't change its scores, either.
        """
        return [self._one(pair) for pair in tokens.pairs(texts)]

    def _one(self, pair: Pair) -> Reading:
        ids = np.array([pair.ids], dtype=np.int64)
        kinds = (np.arange(ids.shape[1]) >= pair.first).astype(np.int64)[None]
        start, end, answers, stance = self.run(ids, kinds, np.ones_like(ids))
        stop = pair.first + len(pair.offsets)
        return Reading(
            pair,
            start[0, pair.first : stop],
            end[0, pair.first : stop],
            float(start[0, 0] + end[0, 0]),
            float(answers[0]),
            stance[0],
        )

    def run(self, ids: NDArray[np.int64], kinds: NDArray[np.int64], mask: NDArray[np.int64]) -> list[Floats]:
        """Logits `start` and `end` [B, T], `answers` [B] and `stance` [B, 3]."""
        return self._session.run(  # type: ignore[no-any-return]
            None, {"input_ids": ids, "token_type_ids": kinds, "attention_mask": mask}
        )
