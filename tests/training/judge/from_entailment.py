"""Pairs from the entailment and quantity sets: what follows agrees, what contradicts conflicts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from tests.training.judge.examples import Example, Relation
from tests.training.rows import EntailmentRow

_RELATION: dict[str, Relation] = {"entailment": "agree", "neutral": "compatible", "contradiction": "conflict"}
_SHARES = {
    "snli_mnli": 0.6,
    "counterfactual": 0.8,
    "wiki_human": 1.0,
    "fever_symmetric": 1.0,
    "scifact": 1.0,
    "wikifactcheck_contradictions": 0.35,
    "awpnli": 0.5,
    "redditnli": 1.0,
    "rte_quant": 1.0,
    "stresstest": 0.35,
}
"""Captions of pictures and the same sums over and over are little like news, so less of them is taken."""
_NUMBERS = frozenset({"awpnli", "redditnli", "rte_quant", "stresstest"})


def make(rows: Sequence[EntailmentRow], chooser: random.Random) -> Iterator[Example]:
    for row in rows:
        if chooser.random() < _SHARES[row.file]:
            relation = _RELATION[row.label]
            yield Example(
                source=row.file,
                a=row.premise,
                b=row.hypothesis,
                relation=relation,
                type="number" if relation == "conflict" and row.file in _NUMBERS else None,
                twoway=relation == "conflict",
            )
