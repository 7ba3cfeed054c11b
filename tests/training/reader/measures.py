"""The figures that an evaluation reports, as pure functions over numbers and strings."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def exact(answer: str, right: Sequence[str]) -> float:
    """1 where `answer` is one of `right`, as SQuAD's script compares (Rajpurkar et al. 2016)."""
    return float(any(_plain(answer) == _plain(one) for one in right))


def overlap(answer: str, right: Sequence[str]) -> float:
    """The best F1 over words of `answer` and one of `right`, as in SQuAD's script."""
    return max(_f1(_plain(answer).split(), _plain(one).split()) for one in right)


def _f1(answer: list[str], right: list[str]) -> float:
    shared = sum((Counter(answer) & Counter(right)).values())
    return 2 * shared / (len(answer) + len(right)) if shared else 0.0


def _plain(text: str) -> str:
    bare = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def separation(answerable: Sequence[float], not_answerable: Sequence[float]) -> float:
    """Area under the ROC curve: how often an answerable one scores higher than one that is not."""
    below = np.searchsorted(np.sort(not_answerable), answerable, side="left")
    upto = np.searchsorted(np.sort(not_answerable), answerable, side="right")
    return float((below + upto).mean() / 2 / len(not_answerable))


def threshold(not_answerable: Sequence[float], *, abstained: float) -> float:
    """The score that the share `abstained` of what cannot be answered stays below."""
    return float(np.quantile(not_answerable, abstained))


def refused(answerable: Sequence[float], below: float) -> float:
    """The share of what can be answered whose score is below the threshold."""
    return float((np.asarray(answerable) < below).mean())


def ndcg_at_10(gains: Sequence[float], possible: Sequence[float]) -> float:
    """Of a ranking with these gains, `possible` being all gains there are (Järvelin and Kekäläinen 2002)."""
    best = _discounted(sorted(possible, reverse=True)[:10])
    return _discounted(gains[:10]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return float(sum(gain / np.log2(rank + 2) for rank, gain in enumerate(gains)))


def logistic(features: Sequence[Sequence[float]], labels: Sequence[bool], *, ridge: float = 1e-2) -> list[float]:
    """Weights and, last, the bias of a logistic regression, by Newton's method."""
    inputs = np.column_stack([np.asarray(features, dtype=float), np.ones(len(labels))])
    targets, weights = np.asarray(labels, dtype=float), np.zeros(inputs.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (targets - chances) - ridge * weights
        curve = (inputs * (chances * (1 - chances))[:, None]).T @ inputs + ridge * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return [float(weight) for weight in weights]
