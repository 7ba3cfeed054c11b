"""The judge's examples as padded batches. By chance a pair changes its order, where it may, or loses its question."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from assistant.pair_network import Limits
from assistant.pair_tokens import TokenPair
from tests.training import batching, tokens
from tests.training.judge.examples import RELATIONS, TYPES, Example

LIMITS = Limits(max_tokens=224, heads=(40, 88))
"""Question and first statement, then the second."""
IGNORED = -100
_WITHOUT_QUESTION = 0.4


@dataclass(frozen=True, slots=True)
class Batch:
    """B pairs of T tokens, and what to learn of each."""

    input_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    relation: Tensor
    """[B] int64: index into `RELATIONS`."""
    type: Tensor
    """[B] int64: index into `TYPES`, or `IGNORED`."""


def of_epoch(examples: Sequence[Example], *, seed: int) -> list[Batch]:
    chooser = random.Random(seed)

    def encode(some: Sequence[Example]) -> list[TokenPair]:
        return tokens.pairs([_texts(one, chooser) for one in some], LIMITS)

    return batching.of_epoch(examples, chooser=chooser, encode=encode, make=_batch)


def _texts(one: Example, chooser: random.Random) -> tuple[str, str, str]:
    a, b = (one.b, one.a) if one.twoway and chooser.random() < 0.5 else (one.a, one.b)
    return ("" if chooser.random() < _WITHOUT_QUESTION else one.question or "", a, b)


def _batch(examples: list[Example], pairs: list[TokenPair]) -> Batch:
    return Batch(
        *tokens.padded(pairs),
        torch.tensor([RELATIONS.index(one.relation) for one in examples]),
        torch.tensor([TYPES.index(one.type) if one.type else IGNORED for one in examples]),
    )
