"""What is planted in the sample articles, as rows, and whether an answer's conflicts set the two sides of one apart."""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.models import Answer, Conflict, Side
from tests.conftest import SAMPLE


@dataclass(frozen=True, slots=True)
class Planted:
    relation: str
    type: str | None
    question: str
    sides: tuple[tuple[str, str], ...]
    """Article and quote."""


def planted() -> list[Planted]:
    with (SAMPLE.parent / "planted.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Planted(
            row["relation"],
            row["type"],
            row["question"],
            tuple((side["article_id"], side["quote"]) for side in row["sides"]),
        )
        for row in rows
    ]


def apart(answer: Answer, row: Planted) -> list[Conflict]:
    """The conflicts of the answer that have two of the planted quotes on different sides."""
    return [conflict for conflict in answer.conflicts if _sets_apart(answer, conflict, row)]


def about(answer: Answer, row: Planted) -> list[Conflict]:
    """The conflicts of the answer that cite one of the planted articles."""
    articles = {article for article, _ in row.sides}
    numbers = {one.number for one in answer.citations if one.article_id in articles}
    return [one for one in answer.conflicts if any(numbers.intersection(side.citations) for side in one.sides)]


def _sets_apart(answer: Answer, conflict: Conflict, row: Planted) -> bool:
    found = [{at for at, place in enumerate(row.sides) if _cites(answer, side, place)} for side in conflict.sides]
    return any(one - other and other - one for one in found for other in found)


def _cites(answer: Answer, side: Side, place: tuple[str, str]) -> bool:
    article, quote = place
    cited = [one.quote for one in answer.citations if one.number in side.citations and one.article_id == article]
    return any(_line(one) in _line(quote) or _line(quote) in _line(one) for one in cited)


def _line(text: str) -> str:
    return " ".join(text.split())
