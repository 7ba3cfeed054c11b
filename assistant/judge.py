"""The project's own judge: a small cross-encoder that says how two statements stand to each other.

It says what the network's outputs mean and nothing else; `pair_network` runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from assistant.comparing.judgement import Judgement, StatementPair
from assistant.models import ConflictType
from assistant.pair_network import PairNetwork, Read, TextPair, open_network

FOLDER = Path(__file__).parent / "weights" / "judge"
OUTPUTS = ("relation", "type")
_TYPES: tuple[ConflictType, ...] = get_args(ConflictType)


class Judge:
    """An opened judge. `open_judge` makes one; any number of threads may use it."""

    def __init__(self, network: PairNetwork) -> None:
        self._network = network

    def __call__(self, pairs: Sequence[StatementPair]) -> list[Judgement]:
        """Each pair is read both ways round, and the mean of the logits decides: which is first changes nothing."""
        texts = [
            TextPair((pair.question or "", first), second)
            for pair in pairs
            for first, second in ((pair.a, pair.b), (pair.b, pair.a))
        ]
        read = self._network(texts)
        return [_judgement(one, other) for one, other in zip(read[::2], read[1::2], strict=True)]


def _judgement(one: Read, other: Read) -> Judgement:
    relation, kind = (sum(outputs) / 2 for outputs in zip(one.outputs, other.outputs, strict=True))
    likely = np.exp(relation - np.max(relation))
    agree, compatible, conflict = (likely / likely.sum()).tolist()
    return Judgement(agree, compatible, conflict, _TYPES[int(np.argmax(kind))])


def open_judge(folder: Path = FOLDER, *, threads: int = 1) -> Judge:
    """Opens the shipped judge, or one that was trained anew. Raises DamagedNetwork."""
    return Judge(open_network(folder, outputs=OUTPUTS, threads=threads))
