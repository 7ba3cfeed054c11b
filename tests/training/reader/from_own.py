"""Examples from this project's own questions over its own sample articles (`own_questions.tsv`).

The chip-talks story is left out on purpose: the tests ask about it.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus import reading, sentences
from corpus.models import Draft
from tests.training.reader import finding
from tests.training.reader.examples import Example, Stance

_QUESTIONS = Path(__file__).with_name("own_questions.tsv")
_ARTICLES = Path(reading.__file__).parent / "sample" / "articles"
_SHORTEST, _LONGEST = 200, 800


class MisplacedQuote(ValueError):
    """A question's quote isn't in its article."""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    article: str
    question: str
    says: str
    """span, yes, no, open or none."""
    quote: str
    """The answer; or words of the sentence that decides; or of the one that comes closest."""


def questions() -> list[OwnQuestion]:
    with _QUESTIONS.open(encoding="utf-8", newline="") as lines:
        return [OwnQuestion(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def make(chooser: random.Random) -> Iterator[Example]:
    """Per question: a window around the quote, its sentence alone, and a window of the article without it."""
    found = (draft for path in reading.find_files([_ARTICLES]) for draft in reading.read_file(path))
    articles = {_name(draft): draft for draft in found if isinstance(draft, Draft)}
    for row in questions():
        draft = articles.get(row.article)
        if draft is None or row.quote not in draft.text:
            raise MisplacedQuote(f"{row.quote!r} is not in {row.article!r}; mend {_QUESTIONS.name}.")
        yield from _around(row, draft, chooser)


def _name(draft: Draft) -> str:
    return draft.given_id or Path(draft.source).stem


def _around(row: OwnQuestion, draft: Draft, chooser: random.Random) -> Iterator[Example]:
    spans = finding.occurrences(draft.text, [row.quote]) or [_at(draft.text, row.quote)]
    gold = finding.best_sentence(draft.text, spans, row.question)
    inside = [span for span in spans if finding.inside(span, gold)]
    for characters in (1, chooser.randint(_SHORTEST, _LONGEST)):
        piece = finding.window(draft.text, gold, characters=characters, chooser=chooser)
        title = draft.title if chooser.random() < 0.5 else None
        yield _example(row, title, draft.text[slice(*piece)], finding.within(inside, piece))
    others = [one for one in sentences.split(draft.text) if one.end < gold.start or one.start > gold.end]
    if others and row.says == "span":
        other = chooser.choice(others)
        away = Example(
            source="own",
            question=row.question,
            title=draft.title,
            passage=draft.text[other.start : other.end],
            answers=False,
        )
        if not finding.occurrences(away.passage, [row.quote]):
            yield away


def _at(text: str, quote: str) -> finding.Span:
    return text.index(quote), text.index(quote) + len(quote)


def _example(row: OwnQuestion, title: str | None, passage: str, spans: tuple[finding.Span, ...]) -> Example:
    stance = cast(Stance, row.says) if row.says in {"yes", "no", "open"} else None
    answers = row.says in {"span", "yes", "no"}
    learnt = spans if row.says == "span" else (None if row.says in {"yes", "no"} else ())
    return Example(
        source="own", question=row.question, title=title, passage=passage, answers=answers, spans=learnt, stance=stance
    )
