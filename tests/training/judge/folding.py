"""The judge's opinion of labelled pairs that it was not trained on: for the weights that are fitted on its opinions.

The last round is repeated with a part of the tune stories left out at a time, and the network of that round judges the
pairs of those stories. What a network says of its own training pairs would make it look far too sure.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import torch

from tests.training import loop, tokens
from tests.training.judge import batches, examples, from_pairs, training
from tests.training.judge.examples import Example
from tests.training.judge.network import Judge

_FOLDS = 3


def fold_of(story: str) -> int:
    return sha256(story.encode()).digest()[0] % _FOLDS


def judge_all(shared: Path, work: Path, *, threads: int) -> Path:
    """Writes `judged.jsonl`: pair id, and logits with and without the question, each both ways round."""
    last = training.ROUNDS[-1]
    reminders = [one for one in examples.read(work / f"train-{last.number}.jsonl") if one.source != "labelled"]
    rows: list[dict[str, object]] = []
    for fold in range(_FOLDS):
        folder = work / f"fold-{fold}"
        folder.mkdir(exist_ok=True)
        before = loop.weights_of(work, last.number - 1)
        shutil.copy(before, loop.weights_of(folder, last.number - 1))
        some = [one for one in from_pairs.labelled(shared, part="tune") if fold_of(one.story) != fold]
        repeated = [one.example for one in some for _ in range(from_pairs.REPEATS)]
        random.Random(fold).shuffle(repeated)
        weights = training.train([*repeated, *reminders], replace(last), work=folder, threads=threads)
        network = Judge(dropout=0.0)
        network.load_state_dict(torch.load(weights, weights_only=True))
        own = [one for one in from_pairs.labelled(shared, part="tune") if fold_of(one.story) == fold]
        rows += [{"id": one.id, **judged(network.eval(), one.example)} for one in own]
    path = work / "judged.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def judged(network: Judge, example: Example) -> dict[str, Sequence[float]]:
    """Mean logits of both directions: relation and type, framed by the question and bare."""
    found: dict[str, Sequence[float]] = {}
    for name, question in (("framed", example.question or ""), ("bare", "")):
        texts = [(question, example.a, example.b), (question, example.b, example.a)]
        with torch.inference_mode():
            logits = network(*tokens.padded(tokens.pairs(texts, batches.LIMITS)))
        found[name] = [*logits.relation.mean(dim=0).tolist(), *logits.type.mean(dim=0).tolist()]
    return found
