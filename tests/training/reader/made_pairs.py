"""Pairs made from news: sentences that two articles of a story share nearly, one of them changed; and lookalikes.

Which sentences are alike is found by MiniLM's own embeddings within a story: articles whose beginnings are alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import split
from tests.training.own_pairs import OwnPair
from tests.training.reader import changing

_SAME_STORY = 0.62
"""Cosine of two articles' beginnings."""
_MOST_NEIGHBOURS = 6
_SAYS_NEARLY_THE_SAME = (0.84, 0.985)
_LOOKS_ALIKE = (0.5, 0.76)
_WORDS = range(8, 45)
BEGINNING = 600
"""Characters."""
_FRAMES = (
    "According to reports, {}",
    "Officials said that {}",
    "It has emerged that {}",
    "The newspaper reported that {}",
    "Police say {}",
    "On its website, the group said {}",
)
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, by the article's place in the list."""

    article: int
    text: str


def statements(texts: Sequence[str]) -> list[Statement]:
    found = []
    for number, text in enumerate(texts):
        for sentence in split(text):
            words = " ".join(text[sentence.start : sentence.end].split())
            if len(words.split()) in _WORDS and words[-1] in '.!?"”’':
                found.append(Statement(number, words))
    return found


def make(
    texts: Sequence[str],
    found: Sequence[Statement],
    *,
    beginnings: NDArray[np.float32],
    vectors: NDArray[np.float32],
    chooser: random.Random,
) -> Iterator[OwnPair]:
    """`beginnings` [articles, 384] and `vectors` [statements, 384] are unit vectors."""
    places: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        places.setdefault(one.article, []).append(at)
    names = [changing.NAME.findall(text) for text in texts]
    for article, others in enumerate(_neighbours(beginnings)):
        mine = places.get(article, [])
        theirs = [at for other in others for at in places.get(other, [])]
        if mine and theirs:
            yield from _of_article(found, vectors, mine, theirs, names[article], chooser)
        yield from _alone([found[at] for at in mine], names[article], chooser)


def _neighbours(beginnings: NDArray[np.float32]) -> Iterator[list[int]]:
    alike = beginnings @ beginnings.T
    np.fill_diagonal(alike, 0)
    for row in alike:
        near = np.argsort(-row)[:_MOST_NEIGHBOURS]
        yield [int(at) for at in near if row[at] >= _SAME_STORY]


def _of_article(
    found: Sequence[Statement],
    vectors: NDArray[np.float32],
    mine: Sequence[int],
    theirs: Sequence[int],
    names: Sequence[str],
    chooser: random.Random,
) -> Iterator[OwnPair]:
    alike = vectors[list(mine)] @ vectors[list(theirs)].T
    for row, at in zip(alike, mine, strict=True):
        best = int(np.argmax(row))
        a, b = found[at].text, found[theirs[best]].text
        if _SAYS_NEARLY_THE_SAME[0] <= row[best] <= _SAYS_NEARLY_THE_SAME[1] and a < b:
            yield from _of_the_same(a, b, names, chooser)
        near = [int(n) for n in np.flatnonzero((row > _LOOKS_ALIKE[0]) & (row < _LOOKS_ALIKE[1]))]
        if near and chooser.random() < 0.35:
            other = found[theirs[chooser.choice(near)]].text
            yield _pair(a, other, "compatible")


def _of_the_same(a: str, b: str, names: Sequence[str], chooser: random.Random) -> Iterator[OwnPair]:
    if set(_NUMBER.findall(a)) <= set(_NUMBER.findall(b)):
        yield _pair(a, b, "agree")
    changed = changing.change(a, names=names, chooser=chooser)
    if changed is not None:
        yield _pair(changed.text, b, "conflict")


def _alone(found: Sequence[Statement], names: Sequence[str], chooser: random.Random) -> Iterator[OwnPair]:
    """A statement against itself: changed, or only told by somebody."""
    for one in found:
        draw = chooser.random()
        if draw < 0.08:
            changed = changing.change(one.text, names=names, chooser=chooser)
            if changed is not None:
                framed = _framed(changed.text, chooser)
                yield _pair(one.text, framed, "conflict")
        elif draw < 0.12:
            yield _pair(one.text, _framed(one.text, chooser), "agree")


def _pair(a: str, b: str, relation: str) -> OwnPair:
    return OwnPair(question="-", a=a, b=b, relation=relation, type="-", answer_a="-", answer_b="-")


def _framed(text: str, chooser: random.Random) -> str:
    if chooser.random() < 0.4:
        return text
    return chooser.choice(_FRAMES).format(text[0].lower() + text[1:] if text[1:2].islower() else text)
