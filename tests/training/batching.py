"""Which pairs go through a network together: of like length, in an order that the chooser fixes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assistant.pair_tokens import TokenPair
from tests.training.tokens import rounded

Example = TypeVar("Example")
Batch = TypeVar("Batch")

_MOST_TOKENS = 3072
_MOST_PAIRS = 32
_BUCKET = 1024
"""Pairs sorted by length together: enough for little padding, few enough to keep batches mixed."""


def of_epoch(
    examples: Sequence[Example],
    *,
    chooser: random.Random,
    encode: Callable[[Sequence[Example]], list[TokenPair]],
    make: Callable[[list[Example], list[TokenPair]], Batch],
) -> list[Batch]:
    """All examples once, shuffled."""
    shuffled = list(examples)
    chooser.shuffle(shuffled)
    batches = []
    for first in range(0, len(shuffled), _BUCKET):
        some = shuffled[first : first + _BUCKET]
        pairs = encode(some)
        batches += [make([some[at] for at in group], [pairs[at] for at in group]) for group in _grouped(pairs)]
    chooser.shuffle(batches)
    return batches


def _grouped(pairs: Sequence[TokenPair]) -> Iterator[list[int]]:
    group: list[int] = []
    for at in sorted(range(len(pairs)), key=lambda at: len(pairs[at].ids)):
        if group and (len(group) == _MOST_PAIRS or (len(group) + 1) * rounded(len(pairs[at].ids)) > _MOST_TOKENS):
            yield group
            group = []
        group.append(at)
    yield group
