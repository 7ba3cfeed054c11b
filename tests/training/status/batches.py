"""Labelled sentences as padded batches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from assistant.pair_network import Limits
from assistant.pair_tokens import TokenPair
from tests.training import batching, tokens
from tests.training.status.examples import ATTRIBUTIONS, CERTAINTIES, Example

LIMITS = Limits(max_tokens=200, heads=(12, 32, 64))
"""What the rules say, the article's beginning and what stands before, then the sentence."""


@dataclass(frozen=True, slots=True)
class Batch:
    """B sentences of T tokens with their surroundings, and what to learn of each."""

    input_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    attribution: Tensor
    """[B] int64: index into `ATTRIBUTIONS`."""
    certainty: Tensor
    """[B] int64: index into `CERTAINTIES`."""
    unconfirmed: Tensor
    """[B] float32: 1 or 0."""


def of_epoch(examples: Sequence[Example], *, using: Tokenizer, seed: int) -> list[Batch]:
    def encode(some: Sequence[Example]) -> list[TokenPair]:
        return tokens.pairs([(one.rules, one.beginning, one.before, one.sentence) for one in some], LIMITS, using=using)

    return batching.of_epoch(examples, chooser=random.Random(seed), encode=encode, make=_batch)


def _batch(examples: list[Example], pairs: list[TokenPair]) -> Batch:
    return Batch(
        *tokens.padded(pairs),
        torch.tensor([ATTRIBUTIONS.index(one.attribution) for one in examples]),
        torch.tensor([CERTAINTIES.index(one.certainty) for one in examples]),
        torch.tensor([float(one.unconfirmed) for one in examples]),
    )
