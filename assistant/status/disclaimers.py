"""Sentences that put a topic in doubt for the whole article, and which of its sentences are about that topic.

Phrases stand in `lexicons/disclaimers.tsv`. A disclaimer covers a sentence where both speak of the same thing: rare
content words in common, weighed by how few of the article's sentences hold them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.status.phrases import lexicon, words_of
from assistant.status.words import Words

_STRENGTHS = {"doubt": 1.0, "debunk": 0.8, "doubt_weak": 0.5, "unknown": 0.4}
_LEAST = 0.8
_EMPTY = words_of(
    """
    about after again against also although always among another any are around because been before being
    between both but came can could day did does doing down during each even ever every few first for from
    further get gets give given goes going got had has have having her here him his how however into its it's
    just last later least less like made make many may might more most much must near never new next not now off
    old one ones only onto other our out over own part people perhaps put said same say saying says second see
    seen several she should since some still such take taken tell than that that's the their them then there
    these they thing things this those though three through time told too took two under until upon use used
    using very was way week weeks well went were what when where whether which while who whole whom whose why
    will with within without would year years yet you your yesterday today monday tuesday wednesday thursday
    friday saturday sunday article report reports reported story stories claim claims claimed confirmed confirm
    verified verify independently unconfirmed true false hoax fake rumor rumors rumour rumours denied denies
    deny added according source sources news website site post official officials spokesman spokeswoman
    statement comment authenticity evidence clear unclear neither nor none company truth
    """
)


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """A sentence (by number) that puts a topic in doubt, and how strongly its words say so."""

    number: int
    strength: float
    words: tuple[int, int]


def find(sentences: Sequence[Words]) -> list[Disclaimer]:
    """The disclaimers of an article."""
    found = [(number, hit) for number, words in enumerate(sentences) for hit in lexicon("disclaimers").find(words.low)]
    best: dict[int, Disclaimer] = {}
    for number, hit in found:
        strength = _STRENGTHS.get(hit.kind, 0.0)
        if strength >= _LEAST and strength > getattr(best.get(number), "strength", 0.0):
            best[number] = Disclaimer(number, strength, (hit.start, hit.end))
    return list(best.values())


def cover(
    sentences: Sequence[Words], disclaimers: Sequence[Disclaimer], *, reported: Sequence[bool]
) -> dict[int, Disclaimer]:
    """For each covered sentence (by number) the disclaimer that covers it best.

    `reported` says of each sentence whether it passes on what others are said to say: such a sentence is what
    disclaimers are about, so that the least likeness is enough; another must share much of the topic.
    """
    if not disclaimers:
        return {}
    stems = [content(words) for words in sentences]
    rarity = _rarity(stems)
    covered: dict[int, tuple[float, Disclaimer]] = {}
    for disclaimer in disclaimers:
        about = _topic(stems, disclaimer.number)
        for number, of in enumerate(stems):
            score = _closeness(about, of, rarity)
            if number == disclaimer.number or not (reported[number] or score >= _CLOSE):
                continue
            if number not in covered or score > covered[number][0]:
                covered[number] = (score, disclaimer)
    return {number: disclaimer for number, (_, disclaimer) in covered.items()}


_CLOSE = 0.2
_SAYS_LITTLE = 3
_SHARED = 2
"""Content words in common from which on two sentences are about one thing: a name alone links everything."""


def _topic(stems: Sequence[frozenset[str]], number: int) -> frozenset[str]:
    """What a disclaimer is about; one that says little ("It is not true.") takes up the sentence before it."""
    own = stems[number]
    return own | stems[number - 1] if len(own) < _SAYS_LITTLE and number else own


def content(words: Words) -> frozenset[str]:
    """The stems of the words that say what a sentence is about."""
    return frozenset(_stem(low) for low in words.low if len(low) > 3 and low not in _EMPTY and low[0].isalpha())


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "edly", "ed", "ers", "er", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _rarity(topics: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much a word tells of a topic: a word of one sentence links nothing, a word of most links everything."""
    counts = Counter(stem for topic in topics for stem in topic)
    return {stem: math.log(1 + len(topics) / count) for stem, count in counts.items()}


def _closeness(about: frozenset[str], of: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Share of the smaller topic's weight that both have, 0 to 1."""
    shared = about & of
    if len(shared) < min(_SHARED, len(about)):
        return 0.0
    weight = sum(rarity[stem] for stem in shared)
    return weight / max(1.0, min(sum(rarity[stem] for stem in about), sum(rarity[stem] for stem in of)))
