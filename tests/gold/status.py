"""Articles whose sentences are labelled: who vouches for each, and how firmly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from corpus.models import Sentence
from tests.gold.articles import FOLDER


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """Spans are offsets into the article's text."""

    sentence: Sentence
    attribution: str
    certainty: str
    unconfirmed: bool
    cues: tuple[Sentence, ...]
    because_of: Sentence | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """All labelled sentences of an article; of some articles these are only a few of all."""

    article: str
    part: Literal["tune", "held"]
    labels: tuple[GoldLabel, ...]


def gold_articles() -> list[GoldArticle]:
    lines = (FOLDER / "status.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        GoldArticle(row["article"], row["part"], tuple(_label(one) for one in row["sentences"]))
        for row in map(json.loads, lines)
    ]


def _label(row: dict) -> GoldLabel:  # type: ignore[type-arg]
    because = row["because_of"]
    return GoldLabel(
        sentence=_span(row),
        attribution=row["attribution"],
        certainty=row["certainty"],
        unconfirmed=row["unconfirmed"],
        cues=tuple(_span(cue) for cue in row["cues"]),
        because_of=_span(because) if because else None,
    )


def _span(row: dict) -> Sentence:  # type: ignore[type-arg]
    return Sentence(row["start"], row["end"])
