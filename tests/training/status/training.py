"""What the labeller learns, and in which rounds: first what the rules say about much news, then what readers say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from tests.training import loop, minilm
from tests.training.loop import Round
from tests.training.status import batches
from tests.training.status.batches import IGNORED, Batch
from tests.training.status.examples import Example
from tests.training.status.network import Labeller

ROUNDS = (Round(number=1, learning_rate=2e-4), Round(number=2, learning_rate=1e-4, weight_decay=0.05))


def train(
    examples: Sequence[Example], plan: Round, *, kept: Sequence[int], using: Tokenizer, work: Path, threads: int
) -> Path:
    """The file with the weights after this round."""

    def found() -> list[Batch]:
        return batches.of_epoch(examples, using=using, seed=loop.SEED + plan.number)

    return loop.train(plan, network=fresh(kept), batches=found, loss=_loss, work=work, threads=threads)


def fresh(kept: Sequence[int]) -> Labeller:
    torch.manual_seed(loop.SEED)
    return minilm.begun(Labeller(words=len(kept)), words=kept)


def _loss(network: Labeller, batch: Batch) -> Tensor:
    device = loop.device_of(network)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(*(one.to(device) for one in (batch.input_ids, batch.token_type_ids, batch.attention_mask)))
    weight = batch.weight.to(device)
    total = sum(
        (cross_entropy(said, right.to(device), ignore_index=IGNORED, reduction="none") * weight).sum()
        for said, right in ((logits.attribution, batch.attribution), (logits.certainty, batch.certainty))
    )
    known = (batch.unconfirmed >= 0).to(device)
    unconfirmed = batch.unconfirmed.to(device)[known]
    total += (
        binary_cross_entropy_with_logits(logits.unconfirmed[known], unconfirmed, reduction="none") * weight[known]
    ).sum()
    return total / len(weight)
