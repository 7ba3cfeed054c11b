"""Who belongs to which part: fixed by a hash of a name, so that every run and every benchmark agrees.

Nothing of `held` is trained or tuned on. `tune` is for thresholds and for choosing between formulas.
"""

from __future__ import annotations

import hashlib
from typing import Literal

Part = Literal["train", "tune", "held"]

HELD_SHARE = 0.2
TUNE_SHARE = 0.1


def of_title(title: str) -> Part:
    """The part of a title of the reading set: all questions and paragraphs of an article go together."""
    return _part(title, held=HELD_SHARE, tune=TUNE_SHARE)


def of_news_question(identifier: str) -> Part:
    """The part of a 2022 question. Half is held back, since there are few."""
    return _part(identifier, held=0.5, tune=0.0)


def of_ramdocs_question(identifier: str) -> Part:
    return _part(identifier, held=0.3, tune=0.1)


def of_premise(premise: str) -> Part:
    """The part of an entailment row, by premise, since rows that share one say nearly the same."""
    return _part(premise, held=0.08, tune=0.04)


def _part(name: str, *, held: float, tune: float) -> Part:
    place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6]) / 2**48
    if place < held:
        return "held"
    return "tune" if place < held + tune else "train"
