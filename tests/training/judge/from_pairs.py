"""Pairs of news sentences labelled by reading, and which articles must not be trained on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tests.gold.articles import articles
from tests.gold.pairs import gold_pairs
from tests.gold.stories import stories
from tests.training.judge.examples import Example


def make(shared: Path, *, part: Literal["tune", "held"]) -> Iterator[Example]:
    texts = articles(shared)
    for pair in gold_pairs():
        if pair.part == part:
            a, b = (" ".join(place.words(texts).split()) for place in (pair.a, pair.b))
            yield Example(
                source="labelled",
                a=a,
                b=b,
                question=pair.question,
                relation=pair.relation,
                type=pair.type,
                twoway=True,
            )


def articles_of_held_stories() -> frozenset[str]:
    return frozenset(one for story in stories() if story.part == "held" for one in story.articles)
