"""Which of the rumour articles are about the same story, and which stories are held back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from tests.gold.articles import FOLDER


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    part: Literal["tune", "held"]
    articles: tuple[str, ...]


def stories() -> list[Story]:
    lines = (FOLDER / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    return [Story(row["story"], row["part"], tuple(row["articles"])) for row in map(json.loads, lines)]
