"""What still verifies of a damaged store, row by row, into a new one.

A revision is taken where its text matches its SHA-256, its record the hash over all that is known of it, and its
checksum the rest; a vector where its seal holds; a passage where the text it spans is the one its vector was made from.
Rows are told by their form, since what says which page belongs to which table may be damaged itself. Links between
articles are not taken: they follow from the rest. Stores of earlier formats had fewer checksums, and what is missing is
made up for by these hashes.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.models import Article
from corpus.sentences import split
from index import checksums, pages
from index.completing import incomplete
from index.models import EncoderIdentity
from index.pages import Cell
from index.records import record_hash
from index.spans import pack_sentences

_COLUMNS = (
    "article, revision, born, died, record, sha256, source, title, publisher, author, url, published, language, "
    "seen, checksum, sentences, text"
)
_BEFORE_CHECKSUMS = 15
"""Columns of a revision in formats 1 and 2."""
_LENGTH = 0.002
"""How far rounding to 16 bits takes a vector from length 1, at most."""
_PLAUSIBLE = 10**9
"""Generations; a number above it comes from a damaged page."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that was in the store and could not be saved."""

    id: str | None
    """None where nothing tells its id."""
    source: str
    """The file it was read from; empty where nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What became of a damaged store."""

    articles: int = 0
    """Saved, with their text."""
    lost: tuple[Lost, ...] = ()
    incomplete: tuple[tuple[int, int], ...] = ()
    """Article number and revision of saved ones whose passages must be made anew from the text."""
    encoder: EncoderIdentity | None = None
    """What made the vectors; None where nothing tells it any more."""
    generation: int = 1
    """Above every one that the damaged store had."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of `articles`."""

    id: str
    source: str
    source_key: str


def salvage(damaged: Path, into: sqlite3.Connection) -> Salvaged:
    """Fills an empty store in one transaction, foreign keys off. Only reads the damaged file. Raises OSError."""
    taking = _Taking(into)
    into.execute("BEGIN")
    with damaged.open("rb") as file:
        for row in pages.opened(file, damaged.with_name(f"{damaged.name}-wal")).rows():
            taking.take(row.rowid, row.cells)
    lost = taking.name_articles()
    encoder = taking.keep_vectors()
    to_complete = tuple(incomplete(into))
    into.execute("COMMIT")
    (living,) = into.execute("SELECT count(*) FROM revisions WHERE died IS NULL").fetchone()
    return Salvaged(
        articles=living, lost=tuple(lost), incomplete=to_complete, encoder=encoder, generation=taking.next_generation()
    )


class _Taking:
    """Rows as they come by, in any order."""

    def __init__(self, into: sqlite3.Connection) -> None:
        self._into = into
        self._named: dict[int, list[_Named]] = defaultdict(list)
        self._indexed: dict[int, set[str]] = defaultdict(set)
        """Ids and sources by article number, as the indexes of `articles` repeat them."""
        self._mentioned: set[int] = set()
        """Numbers of articles that have passages."""
        self._meta: dict[str, str] = {}
        self._alone: set[str] = set()
        """Files of one article, which need no row number."""

    def take(self, rowid: int | None, cells: tuple[Cell, ...]) -> None:
        """Keeps a row that verifies, as far as that can be told of one row."""
        match cells:
            case (str(key), str(value)) if rowid is None:
                self._meta[key] = value
            case (str(name), int(number)) if rowid is None:
                self._indexed[number].add(name)
            case (None, str(id_), str(source), str(key)) if rowid is not None:
                self._named[rowid].append(_Named(id_, source, key))
            case (None, str(id_), str(source), str(key), int(sum_)) if rowid is not None:
                if sum_ == checksums.of_row(rowid, id_, source, key):
                    self._named[rowid].append(_Named(id_, source, key))
            case (None, bytes(key), bytes(stored)) if rowid is not None:
                self._take_vector(rowid, key, stored)
            case (None, int(number), int(), int(), int(), int(), *_) if rowid is not None:
                self._mentioned.add(number)
                self._take_passage(cells[1:6])
            case (int(), int(), int(), int() | None, str(), *_) if rowid is not None:
                self._take_revision(cells)

    def _take_vector(self, number: int, key: bytes, stored: bytes) -> None:
        if not checksums.holds(key, stored, (len(stored) - checksums.SEAL) // 2):
            if not _has_length_one(stored):
                return
            stored = checksums.reseal(key, stored)
        self._into.execute("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", (number, key, stored))

    def _take_passage(self, cells: Sequence[Cell]) -> None:
        self._into.execute(
            'INSERT INTO passages (article, revision, "start", "end", vector, checksum) VALUES (?, ?, ?, ?, ?, ?)',
            (*cells, checksums.of_row(*(cell for cell in cells if isinstance(cell, int)))),
        )

    def _take_revision(self, cells: tuple[Cell, ...]) -> None:
        row = _revision(cells)
        if row is not None:
            marks = ", ".join("?" * len(row))
            # Of two copies, one of a page that is no longer used, the later one is that which has ended.
            self._into.execute(
                f"INSERT INTO revisions ({_COLUMNS}) VALUES ({marks}) ON CONFLICT DO UPDATE SET "
                "died = excluded.died, checksum = excluded.checksum WHERE excluded.died IS NOT NULL",
                row,
            )

    def name_articles(self) -> list[Lost]:
        """Gives the revisions their articles, drops those of which nothing tells the name, and says what is lost."""
        known = self._into.execute("SELECT article, source, died FROM revisions ORDER BY revision").fetchall()
        sources = {number: source for number, source, _ in known}
        self._alone = {source for source, times in Counter(sources.values()).items() if times == 1}
        living = {number for number, _, died in known if died is None}
        lost = []
        for number in sorted({*self._named, *sources, *self._mentioned}):
            sound = self._sound(number, sources.get(number))
            if sound and number in sources:
                row = (number, sound.id, sound.source, sound.source_key)
                sealed = (*row, checksums.of_row(*row))
                self._into.execute("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?)", sealed)
            if not sound or number not in living:
                lost.append(self._lost(number, sources.get(number)))
        self._into.execute("DELETE FROM revisions WHERE article NOT IN (SELECT number FROM articles)")
        return lost

    def _sound(self, number: int, source: str | None) -> _Named | None:
        """What names an article, where the row and the indexes, each of which repeats it, do not contradict."""
        repeated = self._indexed[number]
        for row in self._named[number]:
            agrees = not repeated or {row.id, row.source} <= repeated or (row.id in repeated and row.source == source)
            tail = row.source_key.removeprefix(row.source)
            if agrees and row.source_key.startswith(row.source) and re.fullmatch(r"(#\d+)?", tail):
                return row
        other = repeated - {source or ""}
        if not self._named[number] and source and source in repeated & self._alone and len(other) == 1:
            return _Named(other.pop(), source, source)
        return None

    def _lost(self, number: int, source: str | None) -> Lost:
        row = next(iter(self._named[number]), None)
        if row is None:
            other = sorted(self._indexed[number] - {source})
            return Lost(other[0] if len(other) == 1 else None, source or "")
        return Lost(row.id, source or row.source)

    def keep_vectors(self) -> EncoderIdentity | None:
        """Drops vectors of another size than the model's; what the model was, None where nothing tells it."""
        model, revision, dimension = (self._meta.get(f"encoder.{part}") for part in ("model", "revision", "dimension"))
        if not model or not revision or not (dimension or "").isdecimal():
            return None
        size = 2 * int(dimension or 0) + checksums.SEAL
        self._into.execute("DELETE FROM vectors WHERE length(vector) != ?", (size,))
        return EncoderIdentity(model, revision, int(dimension or 0))

    def next_generation(self) -> int:
        """No reader may take the new store's generations for the old one's."""
        (last,) = self._into.execute("SELECT max(max(born), coalesce(max(died), 0)) FROM revisions").fetchone()
        told = self._meta.get("generation", "")
        return 1 + max(last or 0, int(told) if told.isdecimal() and int(told) < _PLAUSIBLE else 0)


def _has_length_one(stored: bytes) -> bool:
    """Formats 1 and 2 had no seals; a flipped bit that matters changes a vector's length."""
    if len(stored) % 2:
        return False
    vector = np.frombuffer(stored, dtype="<f2").astype(np.float64)
    return bool(abs(float(vector @ vector) - 1) < 2 * _LENGTH)


def _revision(cells: tuple[Cell, ...]) -> tuple[Cell, ...] | None:
    """The row in the present form, or None where it does not verify."""
    seen: Cell = None
    checksum: Cell = None
    if len(cells) == _BEFORE_CHECKSUMS:
        *head, sentences, text = cells
    elif len(cells) != _BEFORE_CHECKSUMS + 2:
        return None
    elif isinstance(cells[13], bytes):  # a file that was brought up from an earlier format has them last
        *head, sentences, text, seen, checksum = cells
    else:
        *head, seen, checksum, sentences, text = cells
    if not isinstance(text, str) or not isinstance(sentences, bytes) or not _text_verifies(head, text):
        return None
    if checksum is None:
        sentences = pack_sentences(split(text))
    found = _checksum(head, sentences)
    return (*head, seen, found, sentences, text) if checksum in (None, found) else None


def _checksum(head: Sequence[Cell], sentences: bytes) -> int | None:
    match head:
        case (int(article), int(revision), int(born), int() | None as died, str(record), str(sha256), *_):
            return checksums.of_revision(
                article, revision, born, died, record=record, sha256=sha256, sentences=sentences
            )
    return None


def _text_verifies(head: Sequence[Cell], text: str) -> bool:
    record, sha256, source, *rest = head[4:]
    optional = [cell if isinstance(cell, str) else None for cell in rest]
    if hashlib.sha256(text.encode()).hexdigest() != sha256 or not isinstance(source, str) or len(optional) != 6:
        return False
    title, publisher, author, url, published, language = optional
    article = Article(
        id="", revision=0, text=text, sha256=str(sha256), source=source, title=title, publisher=publisher,
        author=author, url=url, published=published, language=language,
    )  # fmt: skip
    return record_hash(article) == record
