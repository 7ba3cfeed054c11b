"""Plain negations that deny a story: "He was not there" in an article that tells a rumour that he was.

A negation alone denies nothing ("The shop is not open"). It does where the article itself treats a story as rumour or
denied, and the sentence speaks of that same story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.status.certainty import Reading
from assistant.status.disclaimers import content
from assistant.status.phrases import Found, words_of
from assistant.status.verdicts import Read
from assistant.status.words import Words

_AUXILIARIES = words_of("is was are were has have had did does do be been")
_CONTRACTED = words_of("isn't wasn't aren't weren't hasn't haven't hadn't didn't doesn't")
_NOTHING_DENIED = words_of(
    """
    only yet clear confirmed verified confirm verify known respond responded comment commented returned immediately
    sure want longer available long enough know released identified named say surprising unusual just necessarily
    alone everyone all always doubt one mention answer
    """
)
_BELOW = words_of("who which if because whether when until")
_LABEL = 4
"""Words from the start within which "Correction" or "an earlier version" stands."""
_SHARED = 2
"""Content words that a sentence must share with the story."""


def deny(reads: Sequence[Read]) -> list[Read]:
    """The reads, with negations of the article's contested story read as denials."""
    contested = [number for number, read in enumerate(reads) if read.firmness.certainty in ("denied", "rumour")]
    if not contested:
        return list(reads)
    story = content(reads[0].words).union(*(content(reads[number].words) for number in contested))
    return [_denied(read, story) for read in reads]


def correct(reads: Sequence[Read]) -> list[Read]:
    """The reads, with what follows a correction in its paragraph read as part of it."""
    found = list[Read]()
    for read in reads:
        before = found[-1].firmness if found else None
        goes_on = before is not None and before.certainty == "corrected" and not read.words.new_paragraph
        is_label = before is not None and (not before.cues or before.cues[0].start <= _LABEL)
        if goes_on and is_label and read.firmness.certainty in ("stated", "forecast", "denied") and not read.vacuous:
            read = replace(read, firmness=Reading("corrected", (), 0.6))
        found.append(read)
    return found


def _denied(read: Read, story: frozenset[str]) -> Read:
    if read.firmness.certainty != "stated" or read.vacuous:
        return read
    place = negation(read.words)
    if place is None or len(content(read.words) & story) < _SHARED:
        return read
    cue = Found(max(0, place - 1), place + 1, "negated")
    return replace(read, firmness=Reading("denied", (cue,), 0.6))


def negation(words: Words) -> int | None:
    """Where the main claim is negated; None where it is not, or where the negation says only what is not known."""
    low = words.low
    for at, word in enumerate(low):
        if not _negates(low, at, word) or not _BELOW.isdisjoint(low[max(0, at - 12) : at]):
            continue
        if _NOTHING_DENIED.isdisjoint(low[at + 1 : at + 4]):
            return at
    return None


def _negates(low: tuple[str, ...], at: int, word: str) -> bool:
    if word in _CONTRACTED:
        return True
    before = low[at - 1] if at else ""
    return word in ("not", "never", "no", "none") and (before in _AUXILIARIES or before in ("'s", "there's", "it's"))
