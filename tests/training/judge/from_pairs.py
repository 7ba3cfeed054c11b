"""Pairs of news sentences labelled by reading, and which articles must not be trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.gold.articles import articles
from tests.gold.pairs import gold_pairs
from tests.gold.stories import stories
from tests.training.judge.examples import Example

REPEATS = 3
"""How often each labelled pair counts in the last round."""


@dataclass(frozen=True, slots=True)
class Labelled:
    id: str
    story: str
    example: Example


def labelled(shared: Path, *, part: Literal["tune", "held"]) -> list[Labelled]:
    texts = articles(shared)
    return [
        Labelled(
            pair.id,
            pair.story,
            Example(
                source="labelled",
                a=" ".join(pair.a.words(texts).split()),
                b=" ".join(pair.b.words(texts).split()),
                question=pair.question,
                relation=pair.relation,
                type=pair.type,
                twoway=True,
            ),
        )
        for pair in gold_pairs()
        if pair.part == part
    ]


def articles_of_held_stories() -> frozenset[str]:
    return frozenset(one for story in stories() if story.part == "held" for one in story.articles)
