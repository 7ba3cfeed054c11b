"""What the judge learns from its examples, and in which rounds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from tests.training import loop, minilm
from tests.training.judge import batches
from tests.training.judge.batches import IGNORED, Batch
from tests.training.judge.examples import Example
from tests.training.judge.network import Judge
from tests.training.loop import Round

ROUNDS = (
    Round(number=1, learning_rate=1e-4),
    Round(number=2, learning_rate=6e-5),
    Round(number=3, learning_rate=4e-5, weight_decay=0.05),
)
"""Entailment in general; pairs made from news; pairs of news labelled by reading."""
_OF_TYPE = 0.3


def train(examples: Sequence[Example], plan: Round, *, work: Path, threads: int) -> Path:
    """The file with the weights after this round."""

    def found() -> list[Batch]:
        some = random.Random(plan.number).sample(list(examples), int(len(examples) * plan.share))
        return batches.of_epoch(some, seed=loop.SEED + plan.number)

    return loop.train(plan, network=fresh(), batches=found, loss=_loss, work=work, threads=threads)


def fresh() -> Judge:
    """MiniLM's encoder with heads that know nothing yet."""
    torch.manual_seed(loop.SEED)
    return minilm.begun(Judge())


def _loss(network: Judge, batch: Batch) -> Tensor:
    device = loop.device_of(network)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(*(one.to(device) for one in (batch.input_ids, batch.token_type_ids, batch.attention_mask)))
    relation = cross_entropy(logits.relation, batch.relation.to(device), reduction="sum")
    kind = cross_entropy(logits.type, batch.type.to(device), ignore_index=IGNORED, reduction="sum")
    return (relation + _OF_TYPE * kind) / len(batch.relation)
