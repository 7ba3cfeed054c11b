"""What the tests and the benchmark of answers as of a day share: articles, questions, days, and what must be equal.

An answer as of day d has to equal that of a workspace made only of what was published by d. The articles are those of
2022 beside the project; undated ones and later revisions are made from them, as they have none.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from assistant.models import Answer
from index import checksums
from index.embedding_text import embedding_key
from index.models import Encode, SearchResult, Vectors
from index.store import Store
from tests.conftest import ROOT

NEWS = ROOT.parent / "shared" / "articles" / "news_2022.jsonl.gz"
QUESTIONS = (
    "How much did Elon Musk offer for Twitter?",
    "Has Elon Musk bought Twitter?",
    "Who is the chief executive of Twitter?",
    "What sentence did Brittney Griner receive?",
    "Was Brittney Griner released?",
    "How many home runs has Aaron Judge hit?",
    "When does Artemis I launch?",
    "When was the James Webb Space Telescope launched?",
    "How many people were killed at the school in Uvalde?",
    "Who will succeed Boris Johnson as prime minister?",
    "How long was Liz Truss prime minister?",
    "When did Queen Elizabeth II die?",
    "How many cases of monkeypox are there in the United States?",
    "How large is the Mega Millions jackpot?",
    "By how much did the Federal Reserve raise interest rates?",
    "How high is inflation in the United States?",
    "How much student debt does Biden cancel?",
    "Was Elizabeth Holmes found guilty?",
    "Did Nancy Pelosi visit Taiwan?",
    "How many people have fled Ukraine?",
    "How many protesters were killed in Iran after the death of Mahsa Amini?",
    "Who won the Women's Euro 2022?",
    "Who won the World Cup final?",
    "When will Roger Federer retire?",
    "How many flights has Southwest cancelled?",
    "What did the FBI take from Mar-a-Lago?",
    "When did Serena Williams announce her retirement, and how many Grand Slam titles has she won?",
    "world population 8 billion",
)
"""Ours. Of most of them the articles tell something else in spring than at the end of the year."""
DAYS = tuple(date(2022, 1, 10) + timedelta(days=round(number * 350 / 19)) for number in range(20))
_EVERY = 40
"""One in so many articles has no date, another one a later revision, where these are wanted."""
_LATER = 45
"""Days until an article is revised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article in one revision, as a row of a file."""

    id: str
    title: str
    publisher: str
    url: str
    published: date | None
    text: str

    @property
    def line(self) -> str:
        when = self.published.isoformat() if self.published else None
        row = {"id": self.id, "title": self.title, "publisher": self.publisher, "url": self.url, "published": when}
        return json.dumps({**row, "text": self.text}) + "\n"


def news(path: Path = NEWS) -> list[Row]:
    """The articles, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_row(json.loads(line)) for line in lines]


def _row(row: dict[str, str]) -> Row:
    return Row(
        id=row["id"], title=row["title"], publisher=row["publisher"], url=row["url"],
        published=date.fromisoformat(row["published"]), text=row["text"],
    )  # fmt: skip


def undated(rows: Sequence[Row]) -> list[Row]:
    """Those articles, some of them without a date."""
    return [replace(row, published=None) if place % _EVERY == 7 else row for place, row in enumerate(rows)]


def revised(rows: Sequence[Row]) -> list[Row]:
    """Later revisions of some of these articles: without their first paragraph, published some weeks later."""
    return [
        replace(row, text=_shorter(row.text), published=row.published + timedelta(days=_LATER))
        for place, row in enumerate(rows)
        if place % _EVERY == 11 and row.published is not None and _shorter(row.text) != row.text
    ]


def _shorter(text: str) -> str:
    return text.partition("\n\n")[2] or text


def by(day: date, rows: Iterable[Row]) -> Iterator[Row]:
    """What was published by the end of a day."""
    return (row for row in rows if row.published is not None and row.published <= day)


def write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(row.line for row in rows), encoding="utf-8")
    return path


def borrowed(store: Store, encode: Encode) -> Encode:
    """Takes vectors from a store, where it has those of a text; the encoder makes the others.

    An encoder's sixteen bits depend a little on what else is in its batch, and are not what is under test.
    """

    def vectors(texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        known = [_stored(store, text) for text in texts]
        missing = [text for text, vector in zip(texts, known, strict=True) if vector is None]
        made = iter(encode(missing, progress=progress) if missing else ())
        return np.stack([next(made) if vector is None else vector for vector in known])

    return vectors


def _stored(store: Store, text: str) -> Vectors | None:
    """Shape (dimension,)."""
    key = embedding_key(text)
    row = store.connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    found: Vectors = checksums.opened([(key, row[0])], (len(row[0]) - checksums.SEAL) // 2)[0]
    return found


def told(answer: Answer) -> str:
    """All that an answer says of the articles, as JSON; not when, in what time and of which workspace it was made."""
    warnings = tuple(one for one in answer.warnings if "publication date" not in one)
    return answer.model_copy(update={"warnings": warnings}).model_dump_json(
        indent=1, exclude={"id": True, "as_of": True, "timings_ms": True, "workspace": True, "settings_hash": True}
    )


def found(result: SearchResult) -> list[str]:
    """Hits with all their scores, one a line."""
    return [
        f"{hit.passage.article.id}/{hit.passage.article.revision}[{hit.passage.start}:{hit.passage.end}] "
        f"{hit.score!r} {hit.dense!r} {hit.lexical!r}"
        for hit in result.hits
    ]


def first_difference(one: Sequence[str], other: Sequence[str]) -> str:
    """The first line in which two differ, in both; empty where they are equal."""
    for place in range(max(len(one), len(other))):
        here, there = (lines[place].strip() if place < len(lines) else "nothing" for lines in (one, other))
        if here != there:
            return f"line {place + 1}: {here} | {there}"
    return ""
