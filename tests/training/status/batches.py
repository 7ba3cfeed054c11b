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

LIMITS = Limits(max_tokens=192, heads=(32, 64))
"""The article's beginning and what stands before, then the sentence."""
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """B sentences of T tokens with their surroundings, and what to learn of each."""

    input_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    attribution: Tensor
    """[B] int64, `IGNORED` where not known."""
    certainty: Tensor
    unconfirmed: Tensor
    """[B] float32; -1 where not known."""
    weight: Tensor
    """[B] float32."""


def of_epoch(examples: Sequence[Example], *, using: Tokenizer, seed: int) -> list[Batch]:
    def encode(some: Sequence[Example]) -> list[TokenPair]:
        return tokens.pairs([(one.beginning, one.before, one.sentence) for one in some], LIMITS, using=using)

    return batching.of_epoch(examples, chooser=random.Random(seed), encode=encode, make=_batch)


def _batch(examples: list[Example], pairs: list[TokenPair]) -> Batch:
    return Batch(
        *tokens.padded(pairs),
        torch.tensor([_index(ATTRIBUTIONS, one.attribution) for one in examples]),
        torch.tensor([_index(CERTAINTIES, one.certainty) for one in examples]),
        torch.tensor([-1.0 if one.unconfirmed is None else float(one.unconfirmed) for one in examples]),
        torch.tensor([one.weight for one in examples]),
    )


def _index(names: Sequence[str], name: str | None) -> int:
    return IGNORED if name is None else names.index(name)
