"""What is kept of an article to tell where it comes from: credits, a sketch of its words, a direction of its meaning.

Pure. Apart from `origins`, which compares traces, so that whoever only reads origins loads none of the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus import outlets
from corpus.credits import find, main
from corpus.models import Article, Sentence
from corpus.origins import Trace
from corpus.shingles import sketch


def trace(article: Article, sentences: Sequence[Sentence], *, vectors: NDArray[np.float16]) -> Trace:
    """The trace of an article; `vectors`, shape (n, dimension), n at least 1, are those of its passages."""
    found = find(article.text, sentences, author=article.author)
    return Trace(
        id=article.id,
        published=_day(article.published),
        publisher=outlets.publisher(article.publisher) if article.publisher else None,
        credits=frozenset(credit.outlet for credit in main(found, publisher=article.publisher)),
        names=names(article.text),
        sketch=sketch(article.text),
        vector=_direction(vectors),
    )


_BEGINNING = 2500
"""Characters whose names count."""

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*\w")
"""A capitalised word that opens no sentence."""

_NO_NAMES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "mr", "mrs", "ms", "dr",
    "the", "new", "times", "post", "news", "press", "agency", "associated", "ap", "reuters", "afp", "bbc", "cnn",
})  # fmt: skip
"""Capitalised words that tell nothing of whom or what an article is about."""


def names(text: str) -> frozenset[str]:
    """The capitalised words in the beginning of a text, in lower case."""
    found = (re.sub(r"[’']s$", "", name).casefold() for name in _NAME.findall(text[:_BEGINNING]))
    return frozenset(found) - _NO_NAMES


def _day(published: str | None) -> date | None:
    """The day as the source states it, in its own time zone."""
    return date.fromisoformat(published[:10]) if published else None


def _direction(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    total = vectors.astype(np.float32).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
