"""What the labelling of an article's sentences gives: labels with the words that decided, and the evidence behind them.

Frozen values, equal by content. They hold offsets into the article's text and no text of their own, and import
nothing heavy, so that whoever only passes labels on pays nothing for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.models import Sentence

if TYPE_CHECKING:
    from assistant.models import Attribution, Certainty


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """Words that decided a label: `article.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule that spoke for a label."""

    rule: str
    """Name of the rule, out of a closed set: see `features.RULES`."""
    strength: float
    """0 to 1: how far the rule is to be trusted by itself."""


@dataclass(frozen=True, slots=True)
class Label:
    """Who vouches for a sentence, how firmly, and by which words."""

    sentence: Sentence
    attribution: Attribution
    certainty: Certainty
    unconfirmed: bool
    """Whether a reader must not take the sentence's main claim as established."""
    cues: tuple[Cue, ...] = ()
    """In order of appearance, inside the sentence, without overlaps."""
    because_of: Sentence | None = None
    """The sentence elsewhere that decided: it names the speaker, or puts the topic in doubt."""
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[Sentence, ...] = ()
    """Sentences of the article that put something in doubt, whether or not they cover this one."""
