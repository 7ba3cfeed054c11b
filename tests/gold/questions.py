"""Questions over the articles: those that train the reader, and those that whole answers are measured by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from tests.gold.articles import FOLDER, Place


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question asked of one article. All are of the tune part."""

    question: str
    says: Literal["span", "yes", "no", "open", "none"]
    place: Place
    """The answering words; or words of the sentence that decides, or of the one that comes closest."""


@dataclass(frozen=True, slots=True)
class GoldSide:
    value: str
    sentences: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question asked of all articles, and what a good answer shows."""

    id: str
    story: str
    part: Literal["tune", "held"]
    question: str
    status: str
    answers: tuple[str, ...]
    """Any of them is right; of a contested question, those of any side."""
    conflict: str | None
    sentences: tuple[Place, ...]
    sides: tuple[GoldSide, ...]


def reading_questions() -> list[ReadingQuestion]:
    return [
        ReadingQuestion(row["question"], row["says"], Place(row["article"], row["start"], row["end"]))
        for row in _rows("reading.jsonl")
    ]


def gold_questions() -> list[GoldQuestion]:
    return [
        GoldQuestion(
            id=row["id"],
            story=row["story"],
            part=row["part"],
            question=row["question"],
            status=row["status"],
            answers=tuple(row["answers"]),
            conflict=row["conflict"],
            sentences=tuple(Place(**place) for place in row["sentences"]),
            sides=tuple(GoldSide(side["value"], tuple(Place(**p) for p in side["sentences"])) for side in row["sides"]),
        )
        for row in _rows("questions.jsonl")
    ]


def _rows(name: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
