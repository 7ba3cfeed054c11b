"""From the labelled files to files of examples: one for each round of training, tune and held. Deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.training import rows, splits, tokens
from tests.training.reader import examples, from_entailment, from_gold, from_news, from_own, from_reading
from tests.training.reader.examples import Example
from tests.training.splits import Part

_STANCE_SHARES = {
    "snli_mnli": 0.2,
    "counterfactual": 0.3,
    "wiki_human": 0.55,
    "fever_symmetric": 1.0,
    "scifact": 0.8,
    "wikifactcheck_contradictions": 0.2,
}
"""Captions of pictures make up most of the first two and are little like news, so less of them is taken."""
_OWN_FROM = 2
"""The round from which this project's own questions are among the examples; each then counts twice."""

_LABELLED_FROM = 3
"""The same for questions over news, and for those that frame pairs of news sentences, labelled or written."""
_REPEATS = 2
_REMINDERS = 10_000
"""Of those rounds so many examples of the kinds before, so that they are not forgotten."""


def prepare(shared: Path, work: Path, *, rounds: int) -> dict[str, int]:
    """Writes `train-1.jsonl` and so on, `tune.jsonl` and `held.jsonl`; returns how many examples each has.

    Every round has negatives, windows and phrasings of its own.
    """
    work.mkdir(parents=True, exist_ok=True)
    found = from_news.pieces(rows.news_articles(shared))
    counts = {
        f"train-{number}": examples.write(work / f"train-{number}.jsonl", _of_round(shared, number, found))
        for number in range(1, rounds + 1)
    }
    parts: tuple[Part, ...] = ("tune", "held")
    return counts | {part: examples.write(work / f"{part}.jsonl", _of_part(shared, part, found)) for part in parts}


def _of_round(shared: Path, number: int, found: Sequence[from_news.Piece]) -> Iterator[Example]:
    general = list(_of_part(shared, "train", found, number=number))
    if number < _LABELLED_FROM:
        yield from general
    else:
        yield from random.Random(f"reader-reminders-{number}").sample(general, _REMINDERS)
    if number >= _OWN_FROM:
        for repeat in range(_REPEATS):
            yield from from_own.make(random.Random(f"reader-own-{number}-{repeat}"))
    if number >= _LABELLED_FROM:
        for repeat in range(_REPEATS):
            yield from from_gold.make(shared, random.Random(f"reader-labelled-{number}-{repeat}"))


def _of_part(shared: Path, part: Part, found: Sequence[from_news.Piece], *, number: int = 1) -> Iterator[Example]:
    chooser = random.Random(f"reader-{part}" if number == 1 else f"reader-{part}-{number}")
    reading = [row for row in rows.reading(shared) if splits.of_title(row.title) == part]
    yield from from_reading.make(reading, chooser)
    news = [row for row in rows.news_questions(shared) if splits.of_news_question(row.id) == part]
    yield from from_news.of_questions(news, found, chooser)
    ramdocs = [row for row in rows.open_questions(shared) if splits.of_ramdocs_question(row.id) == part]
    yield from from_news.of_ramdocs(ramdocs, chooser)
    entailment = _entailment(shared, part)
    yield from from_entailment.make(entailment, _STANCE_SHARES, chooser, vocabulary=tokens.vocabulary())


def _entailment(shared: Path, part: Part) -> list[rows.EntailmentRow]:
    """Rows of the part; what is trained on shares neither premise nor hypothesis with what is not."""
    every = rows.entailment(shared)
    chosen = [row for row in every if splits.of_premise(row.premise) == part]
    if part != "train":
        return chosen
    kept_away = {row.hypothesis for row in every if splits.of_premise(row.premise) != part}
    return [row for row in chosen if row.hypothesis not in kept_away]
