"""What `crosscheck compare` does: pairs of statements from JSON lines, compared in batches, one result a line.

Apart from the command line so that it parses and prints only. A line that cannot be used is reported with its number
and the run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.harmless import in_json
from corpus.dates import WrongDate, day, parse_published

_BATCH = 16
"""Pairs compared together: enough to keep both cores busy, few enough to see results soon."""

Compare = Callable[[Sequence[tuple[Statement, Statement]], str | None], Sequence[Related]]
"""Statements that answer the question, or bare ones where there is none."""
Stated = Callable[[str, Sequence[str], Sequence[date | None]], Sequence[Statement]]
"""A question, texts and the days they were published: the statements with the words that answer."""


class StatementRow(BaseModel):
    """One statement of a line."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    article_text: str | None = None
    published: str | None = None

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if not any(character.isalnum() for character in text):
            raise ValueError("it has no words")
        return text

    @property
    def day(self) -> date | None:
        """None where there is none, or none that can be read: a pair is compared all the same."""
        try:
            return day(parse_published(self.published)) if self.published else None
        except WrongDate:
            return None


class PairRow(BaseModel):
    """One line of the input."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int | None = None
    a: StatementRow
    b: StatementRow
    question: str | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used, and why."""

    line: int
    reason: str


def compared(lines: Iterable[bytes], *, compare: Compare, stated: Stated) -> Iterator[str | BadLine]:
    """A JSON line for each pair, in order; between them, the lines that cannot be used."""
    rows = (_row(number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(rows, _BATCH)):
        pairs = [row for row in batch if isinstance(row, PairRow)]
        found = iter(_of_pairs(pairs, compare=compare, stated=stated))
        for row in batch:
            yield row if isinstance(row, BadLine) else _json(row, next(found))


def _row(number: int, line: bytes) -> PairRow | BadLine:
    try:
        return PairRow.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        return BadLine(number, f"{'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}")
    except (ValueError, RecursionError) as error:
        return BadLine(number, f"it is no JSON ({error})")


def _of_pairs(pairs: Sequence[PairRow], *, compare: Compare, stated: Stated) -> list[Related]:
    """Pairs of one question go together; those without one too."""
    found: dict[int, Related] = {}
    for question in dict.fromkeys(pair.question for pair in pairs):
        places = [at for at, pair in enumerate(pairs) if pair.question == question]
        statements = [_statements(pairs[at], stated) for at in places]
        found |= dict(zip(places, compare(statements, question or None), strict=True))
    return [found[at] for at in range(len(pairs))]


def _statements(pair: PairRow, stated: Stated) -> tuple[Statement, Statement]:
    if not pair.question:
        return Statement(pair.a.text, published=pair.a.day), Statement(pair.b.text, published=pair.b.day)
    a, b = stated(pair.question, [pair.a.text, pair.b.text], [pair.a.day, pair.b.day])
    return a, b


def _json(pair: PairRow, related: Related) -> str:
    row = {
        "id": pair.id,
        "relation": related.relation,
        "type": related.type,
        "reason": related.reason,
        "score": round(related.conflict, 4),
    }
    return in_json(json.dumps(row, ensure_ascii=False))
