"""The reader's examples as padded batches of tensors, the questions retyped anew each time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from assistant.pair_network import Limits
from assistant.pair_tokens import TokenPair
from tests.training import batching, tokens
from tests.training.reader import typing_habits
from tests.training.reader.examples import Example
from tests.training.reader.network import STANCES

LIMITS = Limits(max_tokens=256, heads=(96, 24))
"""Question and title, then the passage."""
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """B pairs of T tokens, and what to learn of each."""

    input_ids: Tensor
    token_type_ids: Tensor
    attention_mask: Tensor
    starts: Tensor
    """[B, T] float: 1 where a right span begins; a row of zeros: do not learn the span here."""
    ends: Tensor
    answers: Tensor
    """[B] int64: 1, 0 or `IGNORED`."""
    stance: Tensor
    """[B] int64: index into `STANCES`, or `IGNORED`."""


def of_epoch(examples: Sequence[Example], *, seed: int) -> list[Batch]:
    """All examples once, the questions retyped anew."""
    chooser = random.Random(seed)

    def encode(some: Sequence[Example]) -> list[TokenPair]:
        return encoded([(typing_habits.retyped(one.question, chooser), one.title, one.passage) for one in some])

    return batching.of_epoch(examples, chooser=chooser, encode=encode, make=_batch)


def encoded(texts: Sequence[tuple[str, str | None, str]]) -> list[TokenPair]:
    """Of (question, title, passage) each."""
    return tokens.pairs([(question, title or "", passage) for question, title, passage in texts], LIMITS)


def _batch(examples: list[Example], pairs: list[TokenPair]) -> Batch:
    ids, kinds, mask = tokens.padded(pairs)
    starts, ends = torch.zeros(ids.shape), torch.zeros(ids.shape)
    for row, (example, pair) in enumerate(zip(examples, pairs, strict=True)):
        for first, last in _targets(example, pair):
            starts[row, first] = ends[row, last] = 1.0
    return Batch(ids, kinds, mask, starts, ends, _answers(examples), _stances(examples))


def _targets(example: Example, pair: TokenPair) -> list[tuple[int, int]]:
    """Token spans to learn; the first token where nothing answers; none where that is not known."""
    if example.spans is None:
        return []
    if not example.spans:
        return [(0, 0)]
    return [found for span in example.spans if (found := tokens.token_span(pair, span)) is not None]


def _answers(examples: Sequence[Example]) -> Tensor:
    return torch.tensor([IGNORED if one.answers is None else int(one.answers) for one in examples])


def _stances(examples: Sequence[Example]) -> Tensor:
    return torch.tensor([IGNORED if one.stance is None else STANCES.index(one.stance) for one in examples])
