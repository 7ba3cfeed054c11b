"""The reader's network: MiniLM with a span head over the tokens and two heads over the whole pair.

Devlin et al. 2019 (spans); Rajpurkar et al. 2018 (no answer = the first token).
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from tests.training.minilm import NEVER, WIDTH, Encoder

STANCES = ("yes", "no", "open")


class Logits(NamedTuple):
    """What the network says about a batch of B pairs of T tokens."""

    start: Tensor
    """[B, T]: where the answering span begins; token 0 means that nothing in the passage answers."""
    end: Tensor
    """[B, T]: its last token."""
    answers: Tensor
    """[B]: log-odds that the passage answers the question."""
    stance: Tensor
    """[B, 3]: logits of `STANCES`."""


class Reader(Encoder):
    """Question and passage to span, answers and stance."""

    HEADS: ClassVar[tuple[str, ...]] = ("span", "pooled", "verdict")

    def __init__(self, *, dropout: float = 0.1) -> None:
        super().__init__(dropout=dropout)
        self.span = nn.Linear(WIDTH, 2)
        self.pooled = nn.Linear(WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, 1 + len(STANCES))

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Logits:
        """Arguments as of `Encoder.states`.

        Only the first token and the passage's own tokens can be part of a span; the others get `NEVER`.
        """
        states = self.states(input_ids, token_type_ids, attention_mask)
        first = torch.arange(input_ids.shape[1], device=input_ids.device) == 0
        allowed = (token_type_ids * attention_mask + first).clamp(max=1).to(torch.float32)
        spans = self.span(states).to(torch.float32) + ((1.0 - allowed) * NEVER)[:, :, None]
        verdict = self.verdict(self.drop(torch.tanh(self.pooled(states[:, 0])))).to(torch.float32)
        return Logits(spans[:, :, 0], spans[:, :, 1], verdict[:, 0], verdict[:, 1:])
