"""The network that labels sentences: MiniLM's first layers, with three heads over the sentence and its surroundings."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from tests.training.minilm import WIDTH, Encoder
from tests.training.status.examples import ATTRIBUTIONS, CERTAINTIES

LAYERS = 3
_VERDICTS = len(ATTRIBUTIONS) + len(CERTAINTIES) + 1


class Logits(NamedTuple):
    """What the network says about a batch of B sentences."""

    attribution: Tensor
    """[B, 8]: logits of `ATTRIBUTIONS`."""
    certainty: Tensor
    """[B, 6]: logits of `CERTAINTIES`."""
    unconfirmed: Tensor
    """[B]: log-odds."""


class Labeller(Encoder):
    """A sentence, what its article is about and what stands before it, to its labels."""

    HEADS: ClassVar[tuple[str, ...]] = ("pooled", "verdict")

    def __init__(self, *, words: int, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__(layers=layers, words=words, dropout=dropout)
        self.pooled = nn.Linear(2 * WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, _VERDICTS)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Logits:
        """Arguments as of `Encoder.states`. The heads see the first token and the mean of the sentence's own."""
        states = self.states(input_ids, token_type_ids, attention_mask)
        own = token_type_ids[:, :, None].to(states.dtype)
        mean = (states * own).sum(dim=1) / own.sum(dim=1).clamp(min=1)
        pooled = torch.tanh(self.pooled(torch.cat([states[:, 0], mean], dim=1)))
        verdict = self.verdict(self.drop(pooled)).to(torch.float32)
        first, second = len(ATTRIBUTIONS), len(ATTRIBUTIONS) + len(CERTAINTIES)
        return Logits(verdict[:, :first], verdict[:, first:second], verdict[:, second])
