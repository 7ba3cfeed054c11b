"""What the labeller learns."""

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
from tests.training.status.batches import Batch
from tests.training.status.examples import Example
from tests.training.status.network import Labeller

ROUNDS = (Round(number=1, learning_rate=1.5e-4, weight_decay=0.05),)
_EPOCHS = 5


def train(
    examples: Sequence[Example], plan: Round, *, kept: Sequence[int], using: Tokenizer, work: Path, threads: int
) -> Path:
    """The file with the weights after this round: several times through the examples."""

    def found() -> list[Batch]:
        return [
            batch
            for epoch in range(_EPOCHS)
            for batch in batches.of_epoch(examples, using=using, seed=loop.SEED + epoch)
        ]

    return loop.train(plan, network=fresh(kept), batches=found, loss=_loss, work=work, threads=threads)


def fresh(kept: Sequence[int]) -> Labeller:
    """MiniLM's first layers over the words kept, with heads that know nothing yet."""
    torch.manual_seed(loop.SEED)
    return minilm.begun(Labeller(words=len(kept)), words=kept)


def _loss(network: Labeller, batch: Batch) -> Tensor:
    device = loop.device_of(network)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(*(one.to(device) for one in (batch.input_ids, batch.token_type_ids, batch.attention_mask)))
    attribution = cross_entropy(logits.attribution, batch.attribution.to(device))
    certainty = cross_entropy(logits.certainty, batch.certainty.to(device))
    return attribution + certainty + binary_cross_entropy_with_logits(logits.unconfirmed, batch.unconfirmed.to(device))
