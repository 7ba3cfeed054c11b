"""The values of this package: what the store holds and what a search returns.

Frozen, and ignorant of SQLite, FAISS and tantivy. Numbers (`article number`, `passage number`) are the store's
own small integers; positions are places in the derived indexes of one generation and mean nothing outside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Passage, Sentence, Skipped

Vectors = NDArray[np.float16]
"""Shape (n, dimension), rows of length 1."""


class Encode(Protocol):
    """Embeds texts in bulk."""

    def __call__(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Row i belongs to text i. `progress` is told how many more texts are done."""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What made the vectors. Vectors of different identities are never compared."""

    model: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class PassageToStore:
    """A passage with the key of its vector: the hash of the text that is embedded for it."""

    passage: Passage
    key: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """One article to write: a new one, or a new revision of a known one."""

    article: Article
    source_key: str
    record: str
    sentences: Sequence[Sentence]
    passages: Sequence[PassageToStore]


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read to its end: lets the next ingest pass over it unread while its bytes are the same."""

    path: str
    sha256: str
    how: str
    """Hash of everything besides the bytes that decides what comes out: field mapping, limits, reader version."""
    skipped: str
    """The rows that were skipped, as JSON, to be reported again."""


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What the store knows of a living article, as far as comparing it with a file needs."""

    record: str
    """Hash over everything that makes another revision when it changes."""
    source_key: str
    source: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as search returns it, with the article it is a slice of."""

    number: int
    article_number: int
    article: Article
    start: int
    end: int
    sentences: Sequence[Sentence]
    """Those that overlap the passage, with their own whole spans."""

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and why it was found."""

    passage: StoredPassage
    score: float
    """Fused, 0 to 1 within one search."""
    dense: float
    """Cosine of question and passage."""
    lexical: float | None
    """BM25; None where no word of the question brought the passage among the lexical candidates."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be searched. Applied before ranking, so that a filter never empties a result by rank."""

    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    """Each article as its latest revision said it among those published by the end of this day."""

    @property
    def by_date(self) -> bool:
        return (self.since, self.until, self.as_of) != (None, None, None)

    def __bool__(self) -> bool:
        return bool(self.publishers) or self.by_date


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and what the search could not look at."""

    hits: Sequence[Hit]
    generation: int
    warnings: tuple[str, ...] = ()
    """What the search could not look at, as sentences."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a generation holds."""

    articles: int = 0
    passages: int = 0
    revisions: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What an ingest did."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    removed: int = 0
    vanished: int = 0
    """Known articles that the paths no longer hold and that stayed, as pruning was not asked for."""
    embedded: int = 0
    """Passages that had to be encoded; the others had their vector already."""
    passages: int = 0
    """Passages of the added and revised articles."""
    skipped: Sequence[Skipped] = field(default_factory=tuple)
    generation: int = 0
    seconds: float = 0.0
