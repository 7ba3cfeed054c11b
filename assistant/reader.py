"""The project's own reader: a small cross-encoder that shows where a passage answers a question.

It says what the network's outputs mean and nothing else; `pair_network` runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.pair_network import PairNetwork, Read, TextPair, open_network
from assistant.reading import Pair, Reading

FOLDER = Path(__file__).parent / "weights" / "reader"
OUTPUTS = ("start", "end", "answers", "stance")


class Reader:
    """An opened reader. `open_reader` makes one; any number of threads may use it."""

    def __init__(self, network: PairNetwork) -> None:
        self._network = network

    def __call__(self, pairs: Sequence[Pair]) -> list[Reading]:
        """Reading i belongs to pair i, and depends on no other pair."""
        texts = [TextPair((pair.question, pair.title or ""), pair.passage) for pair in pairs]
        return [_reading(read) for read in self._network(texts)]


def _reading(read: Read) -> Reading:
    tokens = read.tokens
    starts, ends, answers, stances = read.outputs
    stop = tokens.first + len(tokens.offsets)
    yes, no, leaves_open = stances.tolist()
    return Reading(
        offsets=tokens.offsets,
        starts=starts[tokens.first : stop],
        ends=ends[tokens.first : stop],
        nothing=float(starts[0] + ends[0]),
        answers=float(answers),
        stances=(yes, no, leaves_open),
    )


def open_reader(folder: Path = FOLDER, *, threads: int = 1, seals: Path | None = None) -> Reader:
    """Opens the shipped reader, or one that was trained anew. Raises DamagedNetwork."""
    return Reader(open_network(folder, outputs=OUTPUTS, threads=threads, seals=seals))
