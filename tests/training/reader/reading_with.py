"""An exported file of the reader at work, before it is shipped or after: the product's own reader over that file.

So what is measured here is what the product does, without torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.pair_network import PairNetwork, open_session
from assistant.reader import OUTPUTS, Reader
from assistant.reading import Floats, Pair, Reading
from tests.training import tokens
from tests.training.reader.batches import LIMITS

__all__ = ["ExportedReader", "Floats", "Reading", "spoken"]


class ExportedReader:
    """An ONNX file of the reader, opened."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        self._session = open_session(path)
        network = PairNetwork(self._session, tokens.tokenizer(), LIMITS, outputs=OUTPUTS, threads=threads)
        self._reader = Reader(network)

    def read(self, texts: Sequence[tuple[str, str | None, str]]) -> list[Reading]:
        """Of (question, title, passage) each."""
        return self._reader([Pair(*text) for text in texts])

    def run(self, ids: NDArray[np.int64], kinds: NDArray[np.int64], mask: NDArray[np.int64]) -> list[Floats]:
        """Logits `start` and `end` [B, T], `answers` [B] and `stance` [B, 3] of finished ids [B, T]."""
        return self._session.run(  # type: ignore[no-any-return]
            None, {"input_ids": ids, "token_type_ids": kinds, "attention_mask": mask}
        )


def spoken(reading: Reading, passage: str) -> str:
    """The words of the best span."""
    return passage[reading.span.start : reading.span.end]
