"""Labelled pairs of sentences, read from their file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from tests.gold.articles import FOLDER, Place

Relation = Literal["agree", "compatible", "conflict"]


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two sentences, what they are to each other, and the question that both speak to."""

    id: str
    story: str
    part: Literal["tune", "held"]
    a: Place
    b: Place
    relation: Relation
    type: str | None
    question: str | None
    answers: tuple[Place | str | None, Place | str | None]
    """The answering words; "yes", "no" or "open" to a yes/no question; None where a sentence does not answer."""


def gold_pairs() -> list[GoldPair]:
    lines = (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [_pair(json.loads(line)) for line in lines]


def _pair(row: dict) -> GoldPair:  # type: ignore[type-arg]
    one, other = (answer if answer is None or isinstance(answer, str) else Place(**answer) for answer in row["answers"])
    return GoldPair(
        id=row["id"],
        story=row["story"],
        part=row["part"],
        a=Place(**row["a"]),
        b=Place(**row["b"]),
        relation=row["relation"],
        type=row["type"],
        question=row["question"],
        answers=(one, other),
    )
