"""The judge's network: MiniLM with heads over the pair, for how the statements stand and for a clash's type."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from tests.training.judge.examples import RELATIONS, TYPES
from tests.training.minilm import WIDTH, Encoder


class Logits(NamedTuple):
    """What the network says about a batch of B pairs."""

    relation: Tensor
    """[B, 3]: logits of agree, compatible, conflict."""
    type: Tensor
    """[B, 7]: logits of the type, if it is a conflict."""


class Judge(Encoder):
    """Two statements to their relation."""

    HEADS: ClassVar[tuple[str, ...]] = ("pooled", "verdict")

    def __init__(self, *, dropout: float = 0.1) -> None:
        super().__init__(dropout=dropout)
        self.pooled = nn.Linear(WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, len(RELATIONS) + len(TYPES))

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Logits:
        """Arguments as of `Encoder.states`."""
        states = self.states(input_ids, token_type_ids, attention_mask)
        verdict = self.verdict(self.drop(torch.tanh(self.pooled(states[:, 0])))).to(torch.float32)
        return Logits(verdict[:, : len(RELATIONS)], verdict[:, len(RELATIONS) :])
