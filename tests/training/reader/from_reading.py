"""Examples from the reading set: questions with a paragraph of Wikipedia, and paragraphs that only look right."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from statistics import mode

from corpus import sentences
from corpus.models import Sentence
from tests.training.reader import finding
from tests.training.reader.examples import Example
from tests.training.reader.mining import Mine
from tests.training.rows import ReadingRow

_SHORTEST, _LONGEST = 250, 900
"""Characters of a window: about 60 to 200 tokens, as the passages that the product reads."""
_NEAR = 12


def make(rows: Sequence[ReadingRow], chooser: random.Random) -> Iterator[Example]:
    """Per question: a window that answers, one or two that don't, a sentence that does and one that doesn't."""
    paragraphs = sorted({(row.title, row.paragraph) for row in rows})
    mine = Mine([paragraph for _, paragraph in paragraphs])
    for row in rows:
        spans = finding.occurrences(row.paragraph, row.answers)
        if spans:
            yield from _positives(row, spans, chooser)
            yield from _near_misses(row, spans, chooser)
            yield from _wrong_paragraphs(row, mine, paragraphs, chooser)


def target(row: ReadingRow, gold: Sentence) -> tuple[finding.Span, ...]:
    """The spans to learn: the answer that most annotators gave, in the sentence that answers; else any other."""
    for answers in ([mode(row.answers)], row.answers):
        found = [one for one in finding.occurrences(row.paragraph, answers) if finding.inside(one, gold)]
        if found:
            return tuple(found)
    return tuple(finding.occurrences(row.paragraph, row.answers))


def _positives(row: ReadingRow, spans: Sequence[finding.Span], chooser: random.Random) -> Iterator[Example]:
    gold = finding.best_sentence(row.paragraph, spans, row.question)
    wanted = target(row, gold)
    piece = finding.window(row.paragraph, gold, characters=chooser.randint(_SHORTEST, _LONGEST), chooser=chooser)
    yield _example(row, row.title, row.paragraph[slice(*piece)], finding.within(wanted, piece), chooser)
    alone = (gold.start, gold.end)
    if finding.within(wanted, alone) and chooser.random() < 0.7:
        yield _example(row, row.title, row.paragraph[slice(*alone)], finding.within(wanted, alone), chooser)


def _near_misses(row: ReadingRow, spans: Sequence[finding.Span], chooser: random.Random) -> Iterator[Example]:
    """A sentence of the same paragraph without the answer: the one most like the question, or any."""
    others = [one for one in sentences.split(row.paragraph) if not any(_overlap(span, one) for span in spans)]
    if not others:
        return
    wanted = finding.content_words(row.question)
    close = max(others, key=lambda one: len(wanted & finding.content_words(row.paragraph[one.start : one.end])))
    picked = close if chooser.random() < 0.7 else chooser.choice(others)
    yield _example(row, row.title, row.paragraph[picked.start : picked.end], (), chooser)


def _overlap(span: finding.Span, sentence: Sentence) -> bool:
    return span[0] < sentence.end and sentence.start < span[1]


def _wrong_paragraphs(
    row: ReadingRow, mine: Mine, paragraphs: Sequence[tuple[str, str]], chooser: random.Random
) -> Iterator[Example]:
    """One from among the nearest by words, mostly of the same title; now and then any paragraph at all."""
    near = [paragraphs[at] for at, _ in mine.nearest(row.question, _NEAR)]
    wrong = [one for one in near if not finding.occurrences(one[1], row.answers)]
    if not wrong or chooser.random() < 0.08:
        wrong = [one for one in chooser.sample(paragraphs, 3) if not finding.occurrences(one[1], row.answers)]
    for title, paragraph in wrong[:1] + (
        chooser.sample(wrong[1:], 1) if len(wrong) > 1 and chooser.random() < 0.3 else []
    ):
        around = chooser.choice(sentences.split(paragraph))
        piece = finding.window(paragraph, around, characters=chooser.randint(_SHORTEST, _LONGEST), chooser=chooser)
        yield _example(row, title, paragraph[slice(*piece)], (), chooser)


def _example(
    row: ReadingRow, title: str, passage: str, spans: tuple[finding.Span, ...], chooser: random.Random
) -> Example:
    return Example(
        source="reading",
        question=row.question,
        title=title if chooser.random() < 0.5 else None,
        passage=passage,
        answers=bool(spans),
        spans=spans,
    )
