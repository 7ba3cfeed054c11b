"""The numbers that bound an audit, in one place: which sentences are set beside each other at all.

An audit never compares all pairs. What a comparison says is decided by `policy.ComparingPolicy`, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditPolicy:
    """Each sentence meets the sentences of passages nearest to its own, and few of those go on to the models."""

    neighbours: int = 6
    """Passages of other articles, nearest to a sentence's own by vector."""
    per_sentence: int = 2
    """Partners of a sentence that go on to the models: those most alike."""
    alike: float = 0.2
    """Share of words that two sentences have in common (Jaccard) where a figure or date of theirs clashes,"""
    surroundings: float = 0.15
    """and the share that the words around the two figures have;"""
    negated: float = 0.3
    """share of words where only one of them is negated,"""
    scope: float = 0.5
    """and share of the words after its "not" that the other sentence has;"""
    renamed: float = 0.45
    """and where each names somebody or something that the other does not."""
    alike_enough: float = 0.4
    """Sentences that share fewer words than this rank lower, in proportion,"""
    days: int = 90
    """and so do articles that appeared so many days apart,"""
    lowered: float = 0.5
    """by this factor, and by it again where each has a name that the other does not."""
    batch: int = 16
    """Pairs compared together, and made durable together."""
