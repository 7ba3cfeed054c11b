"""Examples from news: the 2022 questions over the 2022 articles, and RAMDocs' questions over web pages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import passages, sentences
from corpus.models import Passage
from tests.training.reader import finding
from tests.training.reader.examples import Example
from tests.training.reader.mining import Mine
from tests.training.rows import NewsArticle, NewsQuestion, OpenQuestion

_CHARACTERS_PER_TOKEN = 4.4
_POSITIVES, _NEGATIVES = 4, 4
_SHARED = 0.5
"""The share of the evidence's words that a passage with the answer must have to count as saying the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    title: str
    text: str


def pieces(articles: Sequence[NewsArticle]) -> list[Piece]:
    """Passages of the articles as the product cuts them, tokens being guessed from characters."""
    return [Piece(article.title, one.text) for article in articles for one in _cut(article.text)]


def _cut(text: str) -> list[Passage]:
    spans = sentences.split(text)
    lengths = [max(1, int((one.end - one.start) / _CHARACTERS_PER_TOKEN)) for one in spans]
    return passages.pack(text, spans, lengths)


def of_questions(
    questions: Sequence[NewsQuestion], found: Sequence[Piece], chooser: random.Random
) -> Iterator[Example]:
    mine = Mine([f"{piece.title}\n{piece.text}" for piece in found])
    for row in questions:
        answers = [variant for answer in row.answers for variant in variants(answer)]
        yield from _of_evidence(row, answers, chooser)
        near = [found[at] for at, _ in mine.nearest(f"{row.question} {row.evidence}", 40)]
        yield from _sorted_out(row, answers, near, chooser)


def variants(answer: str) -> list[str]:
    """An answer of a quiz, and the ways an article may put it."""
    bare = answer.strip(" .“”\"'‘’")
    without = bare.split(" ", maxsplit=1)[1] if bare.lower().startswith(("the ", "a ", "an ")) else bare
    number = {str(value): word for value, word in enumerate(_NUMBERS, start=1)}
    other = number.get(bare) or {word: digits for digits, word in number.items()}.get(bare.lower())
    return [bare, without, *([other] if other else [])]


_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def _of_evidence(row: NewsQuestion, answers: Sequence[str], chooser: random.Random) -> Iterator[Example]:
    spans = finding.occurrences(row.evidence, answers)
    if spans:
        gold = finding.best_sentence(row.evidence, spans, row.question)
        wanted = tuple(one for one in spans if finding.inside(one, gold))
        yield _example(row, Piece("", row.evidence), wanted or tuple(spans), chooser)


def _sorted_out(
    row: NewsQuestion, answers: Sequence[str], near: Sequence[Piece], chooser: random.Random
) -> Iterator[Example]:
    """Passages that say what the evidence says, and passages alike that lack the answer; doubtful ones are left out."""
    wanted = finding.content_words(f"{row.evidence} {row.question}")
    right, wrong = [], []
    for piece in near:
        spans = finding.occurrences(piece.text, answers)
        shared = len(wanted & finding.content_words(f"{piece.title} {piece.text}")) / max(1, len(wanted))
        if spans and row.evidence and shared >= _SHARED:
            right.append((piece, spans))
        elif not spans and not finding.occurrences(piece.title, answers):
            wrong.append(piece)
    for piece, spans in right[:_POSITIVES]:
        gold = finding.best_sentence(piece.text, spans, f"{row.question} {row.evidence}")
        yield _example(row, piece, tuple(one for one in spans if finding.inside(one, gold)) or tuple(spans), chooser)
    for piece in wrong[:2] + chooser.sample(wrong[2:], min(len(wrong[2:]), _NEGATIVES - 2)):
        yield _example(row, piece, (), chooser)


def of_ramdocs(questions: Sequence[OpenQuestion], chooser: random.Random) -> Iterator[Example]:
    for row in questions:
        for document in row.documents:
            spans = tuple(finding.occurrences(document.text, [document.answer]))
            if spans or document.noise:
                yield Example(
                    source="ramdocs",
                    question=row.question,
                    passage=document.text,
                    answers=bool(spans),
                    spans=spans[:1] if len(spans) > 3 else spans,
                )


def _example(row: NewsQuestion, piece: Piece, spans: tuple[finding.Span, ...], chooser: random.Random) -> Example:
    titled = piece.title and chooser.random() < 0.7
    return Example(
        source="news",
        question=row.question,
        title=piece.title if titled else None,
        passage=piece.text,
        answers=bool(spans),
        spans=spans,
    )
