"""The judge's own part of its export: which network, which outputs, which labels."""

from __future__ import annotations

from pathlib import Path

from tests.training import exporting, loop
from tests.training.judge.batches import LIMITS
from tests.training.judge.examples import RELATIONS, TYPES
from tests.training.judge.network import Judge, Logits
from tests.training.judge.training import ROUNDS


def export(work: Path, ship: Path) -> None:
    """Of the last round's weights."""
    exporting.export(
        Judge(dropout=0.0),
        loop.weights_of(work, ROUNDS[-1].number),
        ship,
        name="judge",
        limits=LIMITS,
        outputs=Logits._fields,
        says={"relations": list(RELATIONS), "types": list(TYPES)},
    )
