"""The training loop: deterministic in its order, checkpointed by time, resumed where it stopped.

It knows neither where examples come from nor what becomes of the weights.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax

from tests.training.reader import batches
from tests.training.reader.batches import IGNORED, Batch
from tests.training.reader.examples import Example
from tests.training.reader.network import Logits, Reader, from_minilm

_LOG = logging.getLogger(__name__)
_SAVE_EVERY_S = 150.0
_WARM_UP = 0.05
_SEED = 20260122


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Once through examples of its own, the rate rising shortly and then falling to 0."""

    number: int
    learning_rate: float
    share: float = 1.0
    """How much of the round's examples is taken, by chance."""
    weight_decay: float = 0.01


ROUNDS = (Round(number=1, learning_rate=1e-4), Round(number=2, learning_rate=7e-5, share=0.6))


def train(examples: Sequence[Example], plan: Round, *, work: Path, threads: int) -> Path:
    """The file with the weights after this round (a torch state dict); the round before must be there.

    Goes on from the round's own checkpoint if there is one, and does nothing where the round is done.
    """
    finished, checkpoint = weights_of(work, plan.number), work / f"checkpoint-{plan.number}.pt"
    if finished.exists():
        return finished
    torch.set_num_threads(threads)
    network = _begun(work, plan.number)
    optimizer = torch.optim.AdamW(_groups(network, plan), lr=plan.learning_rate, fused=True)
    done = _resumed(checkpoint, network, optimizer)
    some = random.Random(plan.number).sample(list(examples), int(len(examples) * plan.share))
    found = batches.of_epoch(some, seed=_SEED + plan.number)
    saved = time.monotonic()
    for step, batch in enumerate(found[done:], start=done):
        torch.manual_seed(_SEED + step)
        loss = _step(network, optimizer, batch, _rate(step, len(found)) * plan.learning_rate)
        _report(step, len(found), loss)
        if time.monotonic() - saved > _SAVE_EVERY_S:
            _save(checkpoint, network, optimizer, step + 1)
            saved = time.monotonic()
    _written(finished, network.to("cpu").state_dict())
    return finished


def weights_of(work: Path, number: int) -> Path:
    return work / f"round-{number}.pt"


def _begun(work: Path, number: int) -> Reader:
    network = from_minilm(seed=_SEED)
    if number > 1:
        network.load_state_dict(torch.load(weights_of(work, number - 1), weights_only=True))
    network.words.weight.requires_grad_(False)
    return network.to("cuda" if torch.cuda.is_available() else "cpu")


def _groups(network: Reader, plan: Round) -> list[dict]:  # type: ignore[type-arg]
    """MiniLM's word vectors stay; the fresh heads learn faster than the rest; biases and norms don't decay."""
    learnt = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    heads = ("span", "pooled", "verdict")
    return [
        {
            "params": [w for name, w in learnt if (w.ndim > 1) == matrix and name.startswith(heads) == head],
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


def _step(network: Reader, optimizer: torch.optim.Optimizer, batch: Batch, rate: float) -> float:
    network.train()
    device = network.span.weight.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = network(*(one.to(device) for one in (batch.input_ids, batch.token_type_ids, batch.attention_mask)))
    loss = loss_of(logits, batch)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


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


def _report(step: int, total: int, loss: float) -> None:
    if step % 25 == 0:
        _LOG.info("step %d of %d, loss %.3f", step, total, loss)


def _resumed(path: Path, network: Reader, optimizer: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True, map_location=network.span.weight.device)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    _LOG.info("going on from step %d", state["step"])
    return int(state["step"])


def _save(path: Path, network: Reader, optimizer: torch.optim.Optimizer, step: int) -> None:
    _written(path, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step})


def _written(path: Path, state: object) -> None:
    unfinished = path.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(path)
