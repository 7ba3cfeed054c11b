"""Passages made anew, from the text, for revisions of which a damaged store has not kept them all."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.passages import pack
from index import checksums
from index.embedding_text import embedding_key, embedding_text
from index.models import EncoderIdentity
from index.periods import periods
from index.spans import unpack_sentences
from index.store import Store
from index.sync import Engine

_SAMPLE = 8
_ALIKE = 0.99
"""Cosine of a text's vectors by one model, however it is run."""
_TOGETHER = 256
"""Revisions whose passages are embedded in one go, and written in one transaction."""


def incomplete(store: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Revisions that some day shows and whose passages are not all there; the passages that are left of them go."""
    shown = _shown(store)
    for number, revision in store.execute("SELECT DISTINCT article, revision FROM passages").fetchall():
        if (number, revision) not in shown or not _is_whole(store, number, revision):
            store.execute("DELETE FROM passages WHERE article = ? AND revision = ?", (number, revision))
    have = set(store.execute("SELECT DISTINCT article, revision FROM passages").fetchall())
    for number, revision in sorted(shown - have):
        (sentences,) = store.execute(
            "SELECT length(sentences) FROM revisions WHERE article = ? AND revision = ?", (number, revision)
        ).fetchone()
        if sentences:
            yield number, revision


def complete(store: Store, incomplete: Sequence[tuple[int, int]], engine: Engine) -> None:
    """Splits the text of these revisions, by article number, and embeds what has no vector. Raises OtherEncoder."""
    store.refuse_other(engine.identity)
    note_encoder(store.connection, engine.identity)
    for start in range(0, len(incomplete), _TOGETHER):
        some = incomplete[start : start + _TOGETHER]
        spans = [span for number, revision in some for span in _spans(store.connection, number, revision, engine)]
        store.connection.execute("BEGIN")
        _embed(store, {span.key: span.embedded for span in spans}, engine)
        store.connection.executemany(
            'INSERT INTO passages (article, revision, "start", "end", vector, checksum) VALUES (?, ?, ?, ?, ?, ?)',
            (_row(store.connection, span) for span in spans),
        )
        store.connection.execute("COMMIT")


def made_by(store: Store, engine: Engine) -> bool:
    """Whether the store's vectors are those that the engine makes, judged by a few of them."""
    rows = store.connection.execute(
        'SELECT r.title, substr(r.text, p."start" + 1, p."end" - p."start"), v.vector FROM passages p '
        "JOIN revisions r ON r.article = p.article AND r.revision = p.revision JOIN vectors v ON v.number = p.vector "
        "ORDER BY v.key LIMIT ?",
        (_SAMPLE,),
    ).fetchall()
    if not rows or any(len(stored) != vector_size(engine.identity) for *_, stored in rows):
        return False
    made = engine.encode([embedding_text(title, text) for title, text, _ in rows]).astype(np.float64)
    stored = np.frombuffer(b"".join(row[-1][: -checksums.SEAL] for row in rows), dtype="<f2").reshape(made.shape)
    return bool((np.sum(made * stored, axis=1) > _ALIKE).all())


def vector_size(encoder: EncoderIdentity) -> int:
    """Bytes of a vector as it is stored."""
    return 2 * encoder.dimension + checksums.SEAL


def note_encoder(connection: sqlite3.Connection, encoder: EncoderIdentity) -> None:
    """Says what made the vectors."""
    known = {"model": encoder.model, "revision": encoder.revision, "dimension": str(encoder.dimension)}
    connection.executemany(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        ((f"encoder.{part}", value) for part, value in known.items()),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """A passage to be."""

    article: int
    revision: int
    start: int
    end: int
    embedded: str
    """The text that is embedded for it."""

    @property
    def key(self) -> bytes:
        return embedding_key(self.embedded)


def _spans(connection: sqlite3.Connection, number: int, revision: int, engine: Engine) -> Iterator[_Span]:
    title, text, packed = connection.execute(
        "SELECT title, text, sentences FROM revisions WHERE article = ? AND revision = ?", (number, revision)
    ).fetchone()
    sentences = unpack_sentences(packed)
    lengths = engine.count_tokens([text[sentence.start : sentence.end] for sentence in sentences])
    for passage in pack(text, sentences, lengths):
        yield _Span(number, revision, passage.start, passage.end, embedding_text(title, passage.text))


def _embed(store: Store, texts: Mapping[bytes, str], engine: Engine) -> None:
    missing = store.missing(texts)
    vectors = engine.encode([texts[key] for key in missing]) if missing else ()
    store.connection.executemany(
        "INSERT INTO vectors (key, vector) VALUES (?, ?)",
        ((key, checksums.sealed(key, vector)) for key, vector in zip(missing, vectors, strict=True)),
    )


def _row(connection: sqlite3.Connection, span: _Span) -> tuple[int, ...]:
    (vector,) = connection.execute("SELECT number FROM vectors WHERE key = ?", (span.key,)).fetchone()
    row = (span.article, span.revision, span.start, span.end, int(vector))
    return (*row, checksums.of_row(*row))


def _shown(store: sqlite3.Connection) -> set[tuple[int, int]]:
    found: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
    living = set()
    for number, revision, published, died in store.execute(
        "SELECT article, revision, published, died FROM revisions ORDER BY article, revision"
    ):
        found[number].append((revision, published))
        if died is None:
            living.add(number)
    return {(number, period.revision) for number in living for period in periods(found[number], removed=False)}


def _is_whole(store: sqlite3.Connection, number: int, revision: int) -> bool:
    """Whether passages cover every sentence, each with the vector that was made from its text."""
    title, text, sentences = store.execute(
        "SELECT title, text, sentences FROM revisions WHERE article = ? AND revision = ?", (number, revision)
    ).fetchone()
    rows = store.execute(
        'SELECT p."start", p."end", v.key FROM passages p LEFT JOIN vectors v ON v.number = p.vector '
        "WHERE p.article = ? AND p.revision = ?",
        (number, revision),
    ).fetchall()
    keyed = (
        0 <= start < end <= len(text) and embedding_key(embedding_text(title, text[start:end])) == key
        for start, end, key in rows
    )
    return all(keyed) and _covers([(start, end) for start, end, _ in rows], text, sentences)


def _covers(spans: Iterable[tuple[int, int]], text: str, sentences: bytes) -> bool:
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    for sentence in unpack_sentences(sentences):
        at = covered.find(0, sentence.start, sentence.end)
        while at >= 0:
            if not text[at].isspace():
                return False
            at = covered.find(0, at + 1, sentence.end)
    return True
