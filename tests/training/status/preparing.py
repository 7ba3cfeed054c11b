"""From labelled articles to examples: each sentence with what the rules say of it and what it stands among."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from assistant.status.labelling import label
from assistant.status.surroundings import texts
from corpus.sentences import split
from tests.gold.articles import articles
from tests.gold.status import gold_articles
from tests.training.status import examples
from tests.training.status.examples import Example


def prepare(shared: Path, work: Path) -> dict[str, int]:
    """Writes `tune.jsonl` and `held.jsonl`; returns how many examples each has."""
    work.mkdir(parents=True, exist_ok=True)
    parts: tuple[Literal["tune", "held"], ...] = ("tune", "held")
    return {part: examples.write(work / f"{part}.jsonl", of_part(shared, part)) for part in parts}


def of_part(shared: Path, part: Literal["tune", "held"]) -> Iterator[Example]:
    found = articles(shared)
    for gold in gold_articles():
        if gold.part != part:
            continue
        article = found[gold.article]
        sentences = split(article.text)
        ruled = label(article.text, sentences, title=article.title, publisher=article.publisher)
        places = {one.start: at for at, one in enumerate(sentences)}
        for right in gold.labels:
            rules, beginning, before, sentence = texts(
                article.text, sentences, ruled, places[right.sentence.start], title=article.title
            )
            yield Example(
                rules=rules,
                beginning=beginning,
                before=before,
                sentence=sentence,
                attribution=right.attribution,
                certainty=right.certainty,
                unconfirmed=right.unconfirmed,
            )
