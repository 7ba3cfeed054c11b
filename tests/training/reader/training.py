"""What the reader learns from its examples, and in which rounds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax

from tests.training import loop, minilm
from tests.training.loop import Round
from tests.training.reader import batches
from tests.training.reader.batches import IGNORED, Batch
from tests.training.reader.examples import Example
from tests.training.reader.network import Logits, Reader

ROUNDS = (
    Round(number=1, learning_rate=1e-4),
    Round(number=2, learning_rate=7e-5, share=0.6),
    Round(number=3, learning_rate=6e-5),
)


def train(examples: Sequence[Example], plan: Round, *, work: Path, threads: int) -> Path:
    """The file with the weights after this round."""

    def found() -> list[Batch]:
        some = random.Random(plan.number).sample(list(examples), int(len(examples) * plan.share))
        return batches.of_epoch(some, seed=loop.SEED + plan.number)

    return loop.train(plan, network=fresh(), batches=found, loss=_loss, work=work, threads=threads)


def fresh() -> Reader:
    """MiniLM's encoder with heads that know nothing yet."""
    torch.manual_seed(loop.SEED)
    return minilm.begun(Reader())


def _loss(network: Reader, batch: Batch) -> Tensor:
    device = loop.device_of(network)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(*(one.to(device) for one in (batch.input_ids, batch.token_type_ids, batch.attention_mask)))
    return loss_of(logits, batch)


def loss_of(logits: Logits, batch: Batch) -> Tensor:
    """Mean over the pairs of: negative log of the probability of the right starts and ends, of the right verdict
    and of the right stance, as far as each is known."""
    device = logits.start.device
    span = _of_marked(logits.start, batch.starts.to(device)) + _of_marked(logits.end, batch.ends.to(device))
    answers = batch.answers.to(device)
    known = answers != IGNORED
    verdict = binary_cross_entropy_with_logits(logits.answers[known], answers[known].float(), reduction="sum")
    stance = cross_entropy(logits.stance, batch.stance.to(device), ignore_index=IGNORED, reduction="sum")
    return (span / 2 + verdict + stance) / len(answers)


def _of_marked(logits: Tensor, marked: Tensor) -> Tensor:
    """-log of the probability of all marked tokens together, summed over the rows that have any."""
    rows = marked.any(dim=1)
    right = log_softmax(logits[rows], dim=-1).masked_fill(marked[rows] == 0, -torch.inf)
    return -torch.logsumexp(right, dim=-1).sum()
