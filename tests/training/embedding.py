"""MiniLM as published, to compare with and to find what is alike: its embeddings, as the search has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from tests.training import minilm, tokens

_BATCH = 32
_MAX_TOKENS = 256


class Similarity:
    """MiniLM as published."""

    def __init__(self) -> None:
        self._network = minilm.begun(minilm.Encoder()).eval()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[texts, 384], of length 1."""
        encoded = [one.ids[:_MAX_TOKENS] for one in tokens.tokenizer().encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at]))
        found = np.zeros((len(texts), 384), dtype=np.float32)
        for first in range(0, len(order), _BATCH):
            some = order[first : first + _BATCH]
            found[some] = self._pass([encoded[at] for at in some])
        return found

    def _pass(self, encoded: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        longest = max(len(ids) for ids in encoded)
        ids = torch.tensor([[*one, *[0] * (longest - len(one))] for one in encoded])
        mask = (ids != 0).long()
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = self._network.states(ids, torch.zeros_like(ids), mask).float()
        mean = (states * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=1).numpy()
