"""Labels for every sentence of an article: the stages of this package in order, as one pure function.

Reads words, finds who vouches, lets an attribution reach the sentences after it, reads certainty, and puts in doubt
what a disclaimer covers. No stage looks back at a later one.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.status import (
    carrying,
    certainty,
    choosing,
    contradicting,
    mentions,
    posts,
    reporting,
    sources,
    vacuous,
    verdicts,
)
from assistant.status import words as sentence_words
from assistant.status.models import Label
from assistant.status.speakers import Speakers
from assistant.status.verdicts import Read
from corpus.models import Sentence


def label(text: str, sentences: Sequence[Sentence], *, title: str | None, publisher: str | None) -> list[Label]:
    """A label for each of `sentences`, in their order.

    `sentences` are spans of `text` in order of appearance, as `corpus.sentences.split` gives them. `title` says whom
    the article is about, `publisher` whose own reporting it is. Pure, and linear in the length of the sentences.
    """
    rows = list(sentence_words.read(text, sentences))
    speakers = Speakers(
        mentions.read(rows),
        (title or "").casefold(),
        publisher,
        unnamed_officials=any(map(sources.withholds_names, rows)),
    )
    reads = [_read(row, speakers, number) for number, row in enumerate(rows)]
    return verdicts.labels(contradicting.correct(contradicting.deny(reads)), carrying.carry(reads))


def _read(row: sentence_words.Words, speakers: Speakers, number: int) -> Read:
    clauses = reporting.clauses(row)
    voucher = choosing.outermost(row, clauses, speakers, number)
    firmness = certainty.read(row, clauses)
    empty = posts.is_signature(row) or vacuous.is_vacuous(
        row, number=number, has_speaker=voucher is not None, has_verdict=firmness.certainty in ("denied", "corrected")
    )
    return Read(row, voucher, firmness, vacuous=empty)
