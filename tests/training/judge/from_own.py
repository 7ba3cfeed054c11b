"""The pairs that this project wrote itself, for the judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from tests.training.judge.examples import Example, Relation
from tests.training.own_pairs import own_pairs


def make() -> Iterator[Example]:
    for own in own_pairs():
        yield Example(
            source="own pairs",
            a=own.a,
            b=own.b,
            question=own.question if own.question != "-" else None,
            relation=cast(Relation, own.relation),
            type=own.type if own.relation == "conflict" and own.type != "-" else None,
            twoway=True,
        )
