"""Examples from this project's own labels on news, and from the pairs it wrote: a question asked of each statement."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from assistant.comparing.cloze import cloze
from assistant.comparing.judgement import is_it_true
from corpus import sentences
from corpus.models import Sentence
from tests.gold.articles import Article, Place, articles
from tests.gold.pairs import GoldPair, gold_pairs
from tests.gold.questions import ReadingQuestion, reading_questions
from tests.training.own_pairs import OwnPair, own_pairs
from tests.training.reader import finding
from tests.training.reader.examples import Example, Stance

_STANCES = frozenset({"yes", "no", "open"})
_SHORTEST, _LONGEST = 150, 800
"""Characters of the window around a sentence."""


def make(shared: Path, chooser: random.Random) -> Iterator[Example]:
    """Of the tune part alone."""
    texts = articles(shared)
    for pair in gold_pairs():
        if pair.part != "tune":
            continue
        if pair.question is not None:
            for place, answer in zip((pair.a, pair.b), pair.answers, strict=True):
                yield from _of_place(pair.question, place, answer, texts, chooser)
        yield from _of_blanks(_own(pair, texts))
    for row in reading_questions():
        yield from _of_question(row, texts, chooser)
    for own in own_pairs():
        yield from _of_own(own)
        yield from _of_blanks(own)


def _own(pair: GoldPair, texts: Mapping[str, Article]) -> OwnPair:
    """A labelled pair in the form of those that were written."""
    a, b = (" ".join(place.words(texts).split()) for place in (pair.a, pair.b))
    one, other = (_words(answer, texts) for answer in pair.answers)
    return OwnPair(pair.question or "-", a, b, pair.relation, pair.type or "-", one, other)


def _words(answer: Place | str | None, texts: Mapping[str, Article]) -> str:
    return " ".join(answer.words(texts).split()) if isinstance(answer, Place) else answer or "-"


def _of_blanks(own: OwnPair) -> Iterator[Example]:
    """Each statement made the question for the other, as `assistant.comparing.cloze` does."""
    stance: Stance = {"conflict": "no", "agree": "yes"}.get(own.relation, "open")  # type: ignore[assignment]
    yield Example(
        source="blanks",
        question=is_it_true(own.a),
        passage=own.b,
        answers=stance != "open",
        spans=None if stance != "open" else (),
        stance=stance,
    )
    sides = ((own.a, own.answer_a, own.b, own.answer_b), (own.b, own.answer_b, own.a, own.answer_a))
    for asking, words, statement, answer in sides:
        if words in _STANCES or answer in _STANCES or words not in asking or words == "-":
            continue
        blank, at = asking.index(words), statement.find(answer) if answer != "-" else -1
        yield Example(
            source="blanks",
            question=cloze(asking, blank, blank + len(words)),
            passage=statement,
            answers=at >= 0,
            spans=((at, at + len(answer)),) if at >= 0 else (),
        )


def _of_place(
    question: str, place: Place, answer: Place | str | None, texts: Mapping[str, Article], chooser: random.Random
) -> Iterator[Example]:
    """The sentence in a window, and a piece of the same article without it."""
    yield _around(question, place, answer, texts, chooser)
    away = _without(question, place, answer, texts, chooser)
    if away is not None:
        yield away


def _of_question(row: ReadingQuestion, texts: Mapping[str, Article], chooser: random.Random) -> Iterator[Example]:
    text = texts[row.place.article].text
    answer: Place | str | None = row.says if row.says in _STANCES else None
    if row.says == "span":
        answer = row.place
    sentence = finding.best_sentence(text, [(row.place.start, row.place.end)], row.question)
    yield from _of_place(row.question, Place(row.place.article, sentence.start, sentence.end), answer, texts, chooser)


def _of_own(own: OwnPair) -> Iterator[Example]:
    for statement, answer in ((own.a, own.answer_a), (own.b, own.answer_b)):
        stance = cast(Stance, answer) if answer in _STANCES else None
        at = statement.find(answer) if stance is None and answer != "-" else -1
        yield Example(
            source="own pairs",
            question=own.question,
            passage=statement,
            answers=at >= 0 or stance in {"yes", "no"},
            spans=((at, at + len(answer)),) if at >= 0 else None if stance in {"yes", "no"} else (),
            stance=stance,
        )


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
