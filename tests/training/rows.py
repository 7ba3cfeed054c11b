"""Reading the labelled files: JSON lines, gzipped or not, each turned at once into a typed row."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadingRow:
    title: str
    paragraph_id: int
    paragraph: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    id: str
    question: str
    answers: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class NewsArticle:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenDocument:
    text: str
    answer: str
    noise: bool


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A RAMDocs question with its documents."""

    id: str
    question: str
    documents: tuple[OpenDocument, ...]


@dataclass(frozen=True, slots=True)
class EntailmentRow:
    file: str
    premise: str
    hypothesis: str
    label: str


ENTAILMENT = (
    "snli_mnli.jsonl.gz",
    "counterfactual.jsonl.gz",
    "wiki_human.jsonl.gz",
    "fever_symmetric.jsonl",
    "scifact.jsonl.gz",
    "wikifactcheck_contradictions.jsonl.gz",
)


def reading(shared: Path) -> list[ReadingRow]:
    return [
        ReadingRow(row["title"], row["paragraph_id"], row["paragraph"], row["question"], tuple(row["answers"]))
        for row in _lines(shared / "data" / "reading" / "squad_dev_part.jsonl.gz")
    ]


def news_questions(shared: Path) -> list[NewsQuestion]:
    return [
        NewsQuestion(row["id"], row["question"], tuple(row["answers"]), row["evidence"] or "")
        for row in _lines(shared / "data" / "news_2022_questions.jsonl")
    ]


def news_articles(shared: Path) -> list[NewsArticle]:
    return [
        NewsArticle(row["id"], row["title"] or "", row["text"])
        for row in _lines(shared / "articles" / "news_2022.jsonl.gz")
    ]


def open_questions(shared: Path) -> list[OpenQuestion]:
    return [
        OpenQuestion(
            row["id"],
            row["question"],
            tuple(OpenDocument(one["text"], one["answer"], one["label"] == "noise") for one in row["passages"]),
        )
        for row in _lines(shared / "data" / "conflicts" / "ramdocs_dev.jsonl.gz")
    ]


def entailment(shared: Path) -> list[EntailmentRow]:
    return [
        EntailmentRow(name.split(".", maxsplit=1)[0], row["premise"], row["hypothesis"], row["label"])
        for name in ENTAILMENT
        for row in _lines(shared / "data" / "entailment" / name)
    ]


def _lines(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)
