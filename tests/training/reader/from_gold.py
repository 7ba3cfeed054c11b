"""Examples from the labelled pairs of news sentences: the question that frames a pair, asked of each side."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from corpus import sentences
from corpus.models import Sentence
from tests.gold.articles import Article, Place, articles
from tests.gold.pairs import gold_pairs
from tests.training.reader import finding
from tests.training.reader.examples import Example, Stance

_STANCES = frozenset({"yes", "no", "open"})
_SHORTEST, _LONGEST = 150, 800
"""Characters of the window around a sentence."""


def make(shared: Path, chooser: random.Random) -> Iterator[Example]:
    """Of the tune part, per side: the sentence in a window, and a window of the same article without it."""
    texts = articles(shared)
    for pair in gold_pairs():
        if pair.part != "tune" or pair.question is None:
            continue
        for place, answer in zip((pair.a, pair.b), pair.answers, strict=True):
            yield _around(pair.question, place, answer, texts, chooser)
            away = _without(pair.question, place, answer, texts, chooser)
            if away is not None:
                yield away


def _around(
    question: str, place: Place, answer: Place | str | None, texts: Mapping[str, Article], chooser: random.Random
) -> Example:
    text = texts[place.article].text
    whole = finding.window(
        text,
        Sentence(place.start, place.end),
        characters=chooser.randint(_SHORTEST, _LONGEST),
        chooser=chooser,
    )
    stance = cast(Stance, answer) if isinstance(answer, str) and answer in _STANCES else None
    spans: tuple[finding.Span, ...] | None = ()
    if isinstance(answer, Place):
        spans = finding.within([(answer.start, answer.end)], whole)
    elif stance in {"yes", "no"}:
        spans = None
    return Example(
        source="labelled",
        question=question,
        title=texts[place.article].title,
        passage=text[slice(*whole)],
        answers=answer is not None and stance != "open",
        spans=spans,
        stance=stance,
    )


def _without(
    question: str, place: Place, answer: Place | str | None, texts: Mapping[str, Article], chooser: random.Random
) -> Example | None:
    """Some other sentence of the article, unless it has the answering words too."""
    if not isinstance(answer, Place):
        return None
    article = texts[place.article]
    others = [one for one in sentences.split(article.text) if one.end < place.start or one.start > place.end]
    if not others:
        return None
    other = chooser.choice(others)
    passage = article.text[other.start : other.end]
    if finding.occurrences(passage, [answer.words(texts)]):
        return None
    return Example(source="labelled", question=question, title=article.title, passage=passage, answers=False)
