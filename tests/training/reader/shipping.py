"""The reader's own part of its export: which network, which outputs, which labels."""

from __future__ import annotations

from pathlib import Path

from assistant.reader import OUTPUTS
from tests.training import exporting, loop
from tests.training.reader.batches import LIMITS
from tests.training.reader.network import STANCES, Reader
from tests.training.reader.training import ROUNDS

SHIPPED = "reader.onnx"


def export(work: Path, ship: Path) -> None:
    """Of the last round's weights."""
    exporting.export(
        Reader(dropout=0.0),
        loop.weights_of(work, ROUNDS[-1].number),
        ship,
        name="reader",
        limits=LIMITS,
        outputs=OUTPUTS,
        says={"stances": list(STANCES)},
    )
