"""The training loop of every network: deterministic in its order, checkpointed by time, resumed where it stopped.

It knows neither where examples come from, nor what is learnt of them, nor what becomes of the weights.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor

from tests.training.minilm import Encoder

Network = TypeVar("Network", bound=Encoder)
Batch = TypeVar("Batch")

_LOG = logging.getLogger(__name__)
_SAVE_EVERY_S = 150.0
_WARM_UP = 0.05
SEED = 20260122


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Once through examples of its own, the rate rising shortly and then falling to 0."""

    number: int
    learning_rate: float
    share: float = 1.0
    """How much of the round's examples is taken, by chance."""
    weight_decay: float = 0.01


def train(
    plan: Round,
    *,
    network: Network,
    batches: Callable[[], Sequence[Batch]],
    loss: Callable[[Network, Batch], Tensor],
    work: Path,
    threads: int,
) -> Path:
    """The file with the weights after this round (a torch state dict); the round before must be there.

    `network` is a fresh one, for the first round. Goes on from the round's own checkpoint if there is one, and does
    nothing where the round is done.
    """
    finished, checkpoint = weights_of(work, plan.number), work / f"checkpoint-{plan.number}.pt"
    if finished.exists():
        return finished
    torch.set_num_threads(threads)
    _begin(network, plan.number, work)
    optimizer = torch.optim.AdamW(_groups(network, plan), lr=plan.learning_rate, fused=True)
    done = _resumed(checkpoint, network, optimizer)
    found = batches()
    saved = time.monotonic()
    for step, batch in enumerate(found[done:], start=done):
        torch.manual_seed(SEED + step)
        value = _step(network, optimizer, batch, loss, _rate(step, len(found)) * plan.learning_rate)
        _report(step, len(found), value)
        if time.monotonic() - saved > _SAVE_EVERY_S:
            _save(checkpoint, network, optimizer, step + 1)
            saved = time.monotonic()
    _written(finished, network.to("cpu").state_dict())
    checkpoint.unlink(missing_ok=True)
    return finished


def weights_of(work: Path, number: int) -> Path:
    return work / f"round-{number}.pt"


def device_of(network: Encoder) -> torch.device:
    return network.words.weight.device


def _begin(network: Encoder, number: int, work: Path) -> None:
    if number > 1:
        network.load_state_dict(torch.load(weights_of(work, number - 1), weights_only=True))
    network.words.weight.requires_grad_(False)
    network.to("cuda" if torch.cuda.is_available() else "cpu")


def _groups(network: Encoder, plan: Round) -> list[dict]:  # type: ignore[type-arg]
    """MiniLM's word vectors stay; the fresh heads learn faster than the rest; biases and norms don't decay."""
    learnt = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    return [
        {
            "params": [w for name, w in learnt if (w.ndim > 1) == matrix and name.startswith(network.HEADS) == head],
            "weight_decay": plan.weight_decay if matrix else 0.0,
            "scale": 3.0 if head else 1.0,
        }
        for matrix in (True, False)
        for head in (True, False)
    ]


def _rate(step: int, total: int) -> float:
    """Linear up over the first steps, then linear down to 0."""
    warm = max(1, int(total * _WARM_UP))
    return min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    loss: Callable[[Network, Batch], Tensor],
    rate: float,
) -> float:
    network.train()
    value = loss(network, batch)
    value.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    optimizer.step()
    optimizer.zero_grad()
    return float(value.detach())


def _report(step: int, total: int, loss: float) -> None:
    if step % 25 == 0:
        _LOG.info("step %d of %d, loss %.3f", step, total, loss)


def _resumed(path: Path, network: Encoder, optimizer: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True, map_location=device_of(network))
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    _LOG.info("going on from step %d", state["step"])
    return int(state["step"])


def _save(path: Path, network: Encoder, optimizer: torch.optim.Optimizer, step: int) -> None:
    _written(path, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step})


def _written(path: Path, state: object) -> None:
    unfinished = path.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(path)
