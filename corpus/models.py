"""The values of this package: what was written, and where exactly.

They are frozen and equal by content, and know neither storage nor screen. All offsets count Unicode code
points (Python string indexes) into `Article.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a reader found it, before it has an identity and a revision."""

    text: str
    source: str
    """Absolute path of the file it was read from."""
    given_id: str | None = None
    """The id that the input itself gave (a row's `id`, a feed entry's guid), if any."""
    row: int | None = None
    """1-based row or entry number in a file that holds many articles; None where the file is one article."""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    """Several names are joined by ", "."""
    url: str | None = None
    published: str | None = None
    """ISO 8601: `2026-01-26`, or with a time and its zone `2026-01-26T09:30:00+00:00`."""
    language: str | None = None
    """BCP 47 tag as the source states it; never guessed."""
    edition: str | None = None
    """Of an entry that may stand in several files of one feed: when it was last changed (ISO 8601), "" where it does
    not say. None: the id stands once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that could not be read, and why: a record, so that the run goes on."""

    path: str
    reason: str
    """One sentence: what is wrong and, where it helps, what to do about it."""
    line: int | None = None
    """1-based line (or row, or entry) inside the file, where one is to blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source text in one revision."""

    id: str
    revision: int
    text: str
    sha256: str
    """Of `text` as UTF-8, in hexadecimal: proves that offsets still point at the same characters."""
    source: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence span inside an article: `article.text[start:end]`, without surrounding white space."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article: `article.text[start:end] == text`, always."""

    start: int
    end: int
    text: str


def text_sha256(text: str) -> str:
    """The hash that `Article.sha256` holds."""
    return hashlib.sha256(text.encode()).hexdigest()
