"""Examples as padded batches of tensors, of like length together and in an order that the seed fixes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from tests.training.reader import tokens, typing_habits
from tests.training.reader.examples import Example
from tests.training.reader.network import STANCES
from tests.training.reader.tokens import Pair

IGNORED = -100
_MOST_TOKENS = 3072
_MOST_PAIRS = 32
_LENGTHS = 16
"""Lengths are rounded up to a multiple of this: fewer shapes, for each of which torch keeps kernels of its own."""
_BUCKET = 1024
"""Pairs sorted by length together: enough for little padding, few enough to keep batches mixed."""


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
    shuffled = list(examples)
    chooser.shuffle(shuffled)
    batches = [
        batch
        for first in range(0, len(shuffled), _BUCKET)
        for batch in _of_bucket(shuffled[first : first + _BUCKET], chooser)
    ]
    chooser.shuffle(batches)
    return batches


def _of_bucket(examples: Sequence[Example], chooser: random.Random) -> Iterator[Batch]:
    pairs = tokens.pairs([(typing_habits.retyped(one.question, chooser), one.title, one.passage) for one in examples])
    for some in _grouped(pairs):
        yield _batch([examples[at] for at in some], [pairs[at] for at in some])


def _grouped(pairs: Sequence[Pair]) -> Iterator[list[int]]:
    group: list[int] = []
    for at in sorted(range(len(pairs)), key=lambda at: len(pairs[at].ids)):
        if group and (len(group) == _MOST_PAIRS or (len(group) + 1) * _rounded(len(pairs[at].ids)) > _MOST_TOKENS):
            yield group
            group = []
        group.append(at)
    yield group


def _rounded(length: int) -> int:
    return -(-length // _LENGTHS) * _LENGTHS


def _batch(examples: Sequence[Example], pairs: Sequence[Pair]) -> Batch:
    ids, kinds, mask = padded(pairs)
    starts, ends = torch.zeros(ids.shape), torch.zeros(ids.shape)
    for row, (example, pair) in enumerate(zip(examples, pairs, strict=True)):
        for first, last in _targets(example, pair):
            starts[row, first] = ends[row, last] = 1.0
    return Batch(ids, kinds, mask, starts, ends, _answers(examples), _stances(examples))


def padded(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """`input_ids`, `token_type_ids` and `attention_mask`, each [B, T] int64."""
    longest = _rounded(max(len(pair.ids) for pair in pairs))
    ids, kinds, mask = (torch.zeros((len(pairs), longest), dtype=torch.long) for _ in range(3))
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        kinds[row, pair.first : len(pair.ids)] = 1
        mask[row, : len(pair.ids)] = 1
    return ids, kinds, mask


def _targets(example: Example, pair: Pair) -> list[tuple[int, int]]:
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
