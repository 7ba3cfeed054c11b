"""Conversations over the sample articles, whose last question can only be understood in the light of those before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.followups import Rewritten, Turn, rewritten
from tests.gold.articles import FOLDER


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two or three questions in a row."""

    id: str
    part: Literal["tune", "held"]
    turns: tuple[str, ...]
    """As typed, the follow-up last."""
    answers: tuple[str, ...]
    """What was quoted in answer to each but the last; empty where it does not matter."""
    rewritten: str
    """The follow-up as a careful reader would ask it by itself; as typed where it stands alone."""
    article: str
    quote: str
    """Words of the passage that answers."""


def conversations(part: Literal["tune", "held"]) -> list[Conversation]:
    lines = (FOLDER / "followups.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Conversation(**{**row, "turns": tuple(row["turns"]), "answers": tuple(row["answers"])})
        for row in rows
        if row["part"] == part
    ]


def understood(one: Conversation, *, answer: Callable[[str], str] | None = None) -> Rewritten:
    """The last question after all turns were rewritten in their order, as a front does it.

    `answer` gives the quotes in answer to a question; without it they are those of the row.
    """
    turns: list[Turn] = []
    for question, quoted in zip(one.turns[:-1], one.answers, strict=True):
        text = rewritten(question, turns).text
        turns.append(Turn(text, answer(text) if answer else quoted))
    return rewritten(one.turns[-1], turns)
