"""From labelled files and articles to files of examples: one for each round of training. Deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.models import Draft
from corpus.reading import find_files, read_file
from tests.training import rows, splits
from tests.training.embedding import Similarity
from tests.training.judge import examples, from_entailment, from_news, from_own, from_pairs
from tests.training.judge.examples import Example

_SAMPLE = Path(__file__).parents[3] / "corpus" / "sample" / "articles"
_NEWS_2022 = 900
"""Articles: enough for variety, few enough to embed in minutes."""
_REMINDERS = 2500
"""Examples of the rounds before that the last round repeats, so that they are not forgotten."""


def prepare(shared: Path, work: Path) -> dict[str, int]:
    """Writes `train-1.jsonl` to `train-3.jsonl`; returns how many examples each has."""
    work.mkdir(parents=True, exist_ok=True)
    general = list(_general(shared))
    news = list(_news(shared))
    rounds = [general, [*news, *random.Random(2).sample(general, 4000)], list(_labelled(shared, news, general))]
    return {
        f"train-{number}": examples.write(work / f"train-{number}.jsonl", some)
        for number, some in enumerate(rounds, start=1)
    }


def _general(shared: Path) -> Iterator[Example]:
    some = [*rows.entailment(shared), *rows.quantities(shared)]
    learnt = [row for row in some if splits.of_premise(row.premise) == "train"]
    yield from from_entailment.make(learnt, random.Random("judge-general"))


def _news(shared: Path) -> Iterator[Example]:
    """Of articles that no held-back pair is from."""
    kept_away = from_pairs.articles_of_held_stories()
    rumours = [text for article, text in rows.rumour_texts(shared).items() if article not in kept_away]
    others = [one.text for one in rows.news_articles(shared)]
    chooser = random.Random("judge-news")
    similarity = Similarity()
    for texts in ([*rumours, *_sample()], chooser.sample(others, _NEWS_2022)):
        found = from_news.statements(texts)
        beginnings = similarity.vectors([text[: from_news._BEGINNING] for text in texts])
        vectors = similarity.vectors([one.text for one in found])
        yield from from_news.make(texts, found, beginnings=beginnings, vectors=vectors, chooser=chooser)


def _sample() -> list[str]:
    return [
        draft.text for path in find_files([_SAMPLE]) for draft in read_file(path) if isinstance(draft, Draft)
    ]  # fmt: skip


def _labelled(shared: Path, news: Sequence[Example], general: Sequence[Example]) -> Iterator[Example]:
    chooser = random.Random("judge-labelled")
    for _ in range(from_pairs.REPEATS):
        yield from (one.example for one in from_pairs.labelled(shared, part="tune"))
        yield from from_own.make()
    yield from chooser.sample(news, min(_REMINDERS, len(news)))
    yield from chooser.sample(general, _REMINDERS // 2)
