"""The labeller's own part of its export: which network, which words, which labels."""

from __future__ import annotations

import json
from pathlib import Path

from tests.training import exporting, loop, vocabulary
from tests.training.status.batches import LIMITS
from tests.training.status.examples import ATTRIBUTIONS, CERTAINTIES
from tests.training.status.network import Labeller, Logits
from tests.training.status.training import ROUNDS


def export(work: Path, ship: Path) -> None:
    """Of the last round's weights."""
    kept = json.loads((work / "kept.json").read_text())
    exporting.export(
        Labeller(words=len(kept), dropout=0.0),
        loop.weights_of(work, ROUNDS[-1].number),
        ship,
        name="status",
        limits=LIMITS,
        outputs=Logits._fields,
        says={"attributions": list(ATTRIBUTIONS), "certainties": list(CERTAINTIES)},
        tokenizer=vocabulary.smaller(kept),
    )
