"""The one SQLite file that is the truth: opening it, and writing to it.

Every method that writes is one transaction and one generation. Reading stands in `index.view`; the derived
indexes and the lock that keeps a second writer out stand in `index.workspace`. SQL stays in these two modules, and
what concerns origins alone in `index.origins`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.origins import RULES
from index import checksums
from index.errors import OtherEncoder
from index.formats import create as create
from index.formats import explained as explained
from index.formats import opened
from index.models import Change, EncoderIdentity, FileRead, KnownArticle
from index.spans import pack_sentences
from index.sweeping import sweep

if TYPE_CHECKING:
    from index.origins import Tracks


class Store:
    """An open store. Takes a connection made by `connect`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def close(self) -> None:
        self.connection.close()

    @cached_property
    def _tracks(self) -> Tracks:
        from index.origins import Tracks  # its patterns take time to load, and who only reads needs none

        return Tracks(self.connection)

    # Facts about the whole

    def meta(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @property
    def generation(self) -> int:
        """The number of the last committed change; 0 before the first."""
        return int(self.meta("generation") or 0)

    @property
    def published(self) -> int:
        """The last generation whose derived indexes were complete; 0 before the first."""
        return int(self.meta("published") or 0)

    @property
    def encoder(self) -> EncoderIdentity | None:
        """What made the vectors; None while there are none."""
        model, revision, dimension = (self.meta(f"encoder.{part}") for part in ("model", "revision", "dimension"))
        if model is None or revision is None or dimension is None:
            return None
        return EncoderIdentity(model, revision, int(dimension))

    def refuse_other(self, encoder: EncoderIdentity) -> None:
        """Raises OtherEncoder where the vectors were made by something else."""
        known = self.encoder
        if known is not None and (known.revision, known.dimension) != (encoder.revision, encoder.dimension):
            raise OtherEncoder(
                f"This workspace was embedded with {known.model!r} (revision {known.revision[:12]}, "
                f"{known.dimension} dimensions), not with {encoder.model!r} (revision {encoder.revision[:12]}, "
                f"{encoder.dimension} dimensions). Use that model, or ingest into a new workspace."
            )

    # What ingest asks before it writes

    def known_articles(self, *, among: tuple[Iterable[str], Iterable[str]] | None = None) -> dict[str, KnownArticle]:
        """By article id, of every article that is alive, or only of those of certain sources or with certain ids."""
        sources, ids = (json.dumps(list(names)) for names in among or ((), ()))
        rows = self.connection.execute(
            "SELECT a.id, r.record, a.source_key, a.source FROM articles a "
            "JOIN revisions r ON r.article = a.number WHERE r.died IS NULL" + ("" if among is None else _AMONG),
            {"sources": sources, "ids": ids},
        )
        return {article_id: KnownArticle(*rest) for article_id, *rest in rows}

    def last_revision(self, article_id: str) -> int:
        """The highest revision that an article ever had; 0 for an unknown one."""
        row = self.connection.execute(
            "SELECT max(revision) FROM revisions JOIN articles ON number = article WHERE id = ?",
            (article_id,),
        ).fetchone()
        return int(row[0] or 0)

    def missing(self, keys: Iterable[bytes]) -> list[bytes]:
        """Those keys, each once and in order, that have no vector yet."""
        unique = list(dict.fromkeys(keys))
        return [key for key in unique if self._vector_number(key) is None]

    def _vector_number(self, key: bytes) -> int | None:
        row = self.connection.execute("SELECT number FROM vectors WHERE key = ?", (key,)).fetchone()
        return None if row is None else int(row[0])

    def file(self, path: str) -> FileRead | None:
        row = self.connection.execute("SELECT path, sha256, how, skipped FROM files WHERE path = ?", (path,)).fetchone()
        return None if row is None else FileRead(*row)

    # Writing

    def write(
        self,
        changes: Sequence[Change],
        vectors: Iterable[tuple[bytes, NDArray[np.float16]]],
        *,
        encoder: EncoderIdentity,
    ) -> int:
        """Adds or revises articles in one transaction.

        `vectors` holds what `missing` named: key and one vector of shape (dimension,). Returns the generation.
        """
        with self._next_generation() as generation:
            self.refuse_other(encoder)
            self._set_encoder(encoder)
            self.connection.executemany(
                "INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)",
                ((key, checksums.sealed(key, vector)) for key, vector in vectors),
            )
            for change in changes:
                self._write_article(change, generation)
        return generation

    def remove(self, article_ids: Sequence[str]) -> int:
        """Ends articles: they are part of no later generation. Returns the generation."""
        with self._next_generation() as generation:
            for article_id in article_ids:
                self._end_revision(article_id, generation)
                self._forget_file_of(article_id)
        return generation

    def remember_files(self, files: Iterable[FileRead], *, moved: Iterable[tuple[str, str, str]] = ()) -> None:
        """Notes which files were read to their end, and articles (id, source key, source) found in another place.

        Neither changes what a search finds, so the generation stays.
        """
        with self._transaction():
            for article_id, key, source in moved:
                self._forget_file_of(article_id)
                self._name_article(article_id, source, key)
            self.connection.executemany(
                "INSERT OR REPLACE INTO files (path, sha256, how, skipped) VALUES (?, ?, ?, ?)",
                ((file.path, file.sha256, file.how, file.skipped) for file in files),
            )

    def trace_origins(self) -> None:
        """Traces what no trace was made of, and all anew where the rules have changed since.

        Has something to do after an update of Crosscheck alone. The generation stays: what is found is true of it.
        """
        if self.meta("origins") == RULES:
            return
        if self.meta("origins") != _TRACING:
            with self._transaction():
                self._tracks.forget_all()
                self._set_meta("origins", _TRACING)
        waiting = self._tracks.untraced()
        for start in range(0, len(waiting), _AT_A_TIME):
            with self._transaction():
                for number, revision in waiting[start : start + _AT_A_TIME]:
                    self._tracks.add_stored(number, revision)
        with self._transaction():
            self._set_meta("origins", RULES)

    def publish(self, generation: int) -> None:
        """Makes a generation the one that readers see, and sweeps what only earlier ones needed."""
        with self._transaction():
            before = self.published
            self._set_meta("published", str(generation))
            sweep(self.connection, before, generation, tracks=self._tracks)

    def _write_article(self, change: Change, generation: int) -> None:
        article = change.article
        self._end_revision(article.id, generation)
        self._forget_file_of(article.id)
        number = self._name_article(article.id, article.source, change.source_key)
        sentences = pack_sentences(change.sentences)
        self.connection.execute(
            "INSERT INTO revisions (article, revision, born, record, sha256, source, title, publisher, author, "
            "url, published, language, seen, checksum, sentences, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, article.revision, generation, change.record, article.sha256, article.source,
                article.title, article.publisher, article.author, article.url, article.published,
                article.language,
                datetime.now(UTC).isoformat(timespec="seconds"),  # for people alone: clocks are set back
                checksums.of_revision(
                    number, article.revision, generation, None,
                    record=change.record, sha256=article.sha256, sentences=sentences,
                ),
                sentences, article.text,
            ),
        )  # fmt: skip
        self._write_passages(change, number)
        self._tracks.add(number, article, change.sentences)

    def _name_article(self, article_id: str, source: str, source_key: str) -> int:
        """Returns the article's number."""
        (number,) = self.connection.execute(
            "INSERT INTO articles (id, source, source_key, checksum) VALUES (?, ?, ?, 0) "
            "ON CONFLICT (id) DO UPDATE SET source = excluded.source, source_key = excluded.source_key "
            "RETURNING number",
            (article_id, source, source_key),
        ).fetchone()
        checksum = checksums.of_row(number, article_id, source, source_key)
        self.connection.execute("UPDATE articles SET checksum = ? WHERE number = ?", (checksum, number))
        return int(number)

    def _write_passages(self, change: Change, number: int) -> None:
        rows = (
            (number, change.article.revision, stored.passage.start, stored.passage.end, self._vector_number(stored.key))
            for stored in change.passages
        )
        self.connection.executemany(
            'INSERT INTO passages (article, revision, "start", "end", vector, checksum) VALUES (?, ?, ?, ?, ?, ?)',
            ((*row, checksums.of_row(*row)) for row in rows),
        )

    def _forget_file_of(self, article_id: str) -> None:
        """The file that held the article is read again next time: what is in it and what is stored differ now."""
        self.connection.execute(
            "DELETE FROM files WHERE path = (SELECT source FROM articles WHERE id = ?)", (article_id,)
        )

    def _end_revision(self, article_id: str, generation: int) -> None:
        row = self.connection.execute(
            "SELECT article, revision, born, record, sha256, sentences FROM revisions "
            "WHERE died IS NULL AND article = (SELECT number FROM articles WHERE id = ?)",
            (article_id,),
        ).fetchone()
        if row is None:
            return
        article, revision, born, record, sha256, sentences = row
        checksum = checksums.of_revision(
            article, revision, born, generation, record=record, sha256=sha256, sentences=sentences
        )
        self.connection.execute(
            "UPDATE revisions SET died = ?, checksum = ? WHERE article = ? AND revision = ?",
            (generation, checksum, article, revision),
        )

    def _set_encoder(self, encoder: EncoderIdentity) -> None:
        self._set_meta("encoder.model", encoder.model)
        self._set_meta("encoder.revision", encoder.revision)
        self._set_meta("encoder.dimension", str(encoder.dimension))

    def _set_meta(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    @contextmanager
    def _next_generation(self) -> Iterator[int]:
        with self._transaction():
            generation = self.generation + 1
            yield generation
            self._set_meta("generation", str(generation))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # On a full disk SQLite has rolled back already, and asking for it again would hide why.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


_AMONG = (
    " AND a.number IN (SELECT number FROM articles WHERE source IN (SELECT value FROM json_each(:sources)) "
    "UNION SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(:ids)))"
)


_TRACING = f"{RULES}, begun"
"""Kept while what was traced by other rules is gone, and not everything is traced by these yet."""

_AT_A_TIME = 200  # articles traced in one transaction


def connect(path: Path) -> Store:
    """Opens the store's file; see `formats.opened` for what it raises."""
    return Store(opened(path))
