"""The thresholds that decide what an answer holds, in one place, each with the data it was chosen on.

No other module has a number of its own for these decisions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """When a sentence is good enough to be cited."""

    overlap_weight: float = 0.5
    """Share of word overlap in a sentence's score; embedding similarity has the rest."""
    covered: float = 0.45
    """A best sentence scored lower than this means that nothing bears on the question."""
    near_best: float = 0.75
    """Further sentences score at least this share of the best."""
    sentences: int = 4
    """At most so many are cited,"""
    per_article: int = 2
    """and at most so many of one article, so that a second source is seen where there is one."""
    same: float = 0.92
    """Sentences whose embeddings are this alike say the same thing; the better one is cited."""
    closest: int = 3
    """Passages named as nearest where nothing is covered."""
