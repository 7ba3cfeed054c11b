"""Two ranked lists made one. Pure: it sees positions and scores, and not what they stand for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Positions, each once, and their scores, best first. Both of shape (n,)."""

    positions: NDArray[np.int64]
    scores: NDArray[np.float32]


def min_max(dense: Ranked, lexical: Ranked, *, weight: float = 0.5) -> Ranked:
    """Every position of either list, by the weighted sum of its scores; of equal ones the nearer first, then by place.

    Scores are brought to 0 (worst of its list) up to 1 (best) first; where all of a list are equal, all are 1.
    A position that a list lacks gets 0 from it. `weight`, 0 to 1, is that of the dense scores. The result lies
    between 0 and 1 and compares passages within one search only.

    CombSUM of Fox and Shaw, Combination of Multiple Searches (TREC-2, 1994), as a convex combination: Bruch, Gai
    and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (2023, arXiv:2210.11934), who find it better
    than reciprocal ranks and little sensitive to how scores are brought to one scale.
    """
    positions = np.union1d(dense.positions, lexical.positions)
    near = weight * _spread(dense, positions)
    scores = (near + (1 - weight) * _spread(lexical, positions)).astype(np.float32)
    order = np.lexsort((positions, -near, -scores))
    return Ranked(positions[order], scores[order])


def _spread(ranked: Ranked, positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Normalised scores for `positions`, which ascend; 0 where `ranked` has none."""
    spread = np.zeros(len(positions))
    spread[np.searchsorted(positions, ranked.positions)] = _normalised(ranked.scores.astype(np.float64))
    return spread


def _normalised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(scores):
        return scores
    worst, best = float(scores.min()), float(scores.max())
    return (scores - worst) / (best - worst) if best > worst else np.ones_like(scores)
