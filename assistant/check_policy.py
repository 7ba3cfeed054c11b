"""The numbers that decide a claim check, in one place, with the data they were chosen on.

Chosen on the 90 statements of `tests/assistant/distorted.tsv` over the sample articles; the gate of `distortion` has no
numbers and comes first. Apart from `policy`, whose numbers belong to questions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """What is compared with a statement, and when it speaks for or against it."""

    per_article: int = 3
    """Passages of one article, at most, while other articles have any."""
    compared: int = 8
    """Sentences compared with the statement: those nearest to it,"""
    least: float = 0.4
    """with at least this likeness: the mean of the cosine and of the share of the statement's words."""
    covered: float = 0.5
    """A sentence that speaks for the statement has this share of its words with its surroundings; one that speaks
    against it, by itself."""
    covered_itself: float = 0.35
    """One that speaks for it has at least this share by itself."""
    repeated: float = 0.85
    """From this likeness on, one with all of its words in the same form repeats it, whatever the models say."""
    agreeing: float = 0.5
    """It supports where `relate` gives agreement this probability,"""
    leaning: float = 0.35
    """or this one, and the reader says yes, or it has most of the words:"""
    covered_alone: float = 0.85
    """with this share by itself, it is enough that the reader does not say no."""
    opposed: float = 0.6
    """With this probability of conflict it never supports, and contradicts if just one thing in it is different,"""
    against: float = 0.65
    """or with this likeness, if that one thing is another figure or date or a negation,"""
    doubting: float = 0.2
    """and conflict has at least this probability."""
    closest: int = 3
    """Sentences shown where none speaks for or against."""
