"""Traces and links of articles in the store, kept while articles are written. The view reads the links.

Apart from `index.store`, which says when something is written, and from `corpus.origins`, which decides what is linked;
loaded only by who writes. Links lie between revisions, so that a reader of a generation or an earlier day sees those
whose two revisions are shown in it, and nothing has to be kept for each generation. A new article is compared only with
those that share a word run or an outlet with it, so adding one costs no pass over the others.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Sentence
from corpus.origins import LIKE, WINDOW, Link, Trace, link
from corpus.shingles import Sketch
from corpus.tracing import trace
from index import checksums
from index.spans import unpack_sentences

_OF_A_RUN = 256
"""Articles looked at for one word run, the latest ones: more share only what publishers print everywhere."""


class Tracks:
    """Writes traces and links. Every method takes part in the transaction that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, number: int, article: Article, sentences: Sequence[Sentence]) -> None:
        """Traces the revision that was just written with its passages, and links it with the living."""
        vectors = self._vectors(number, article.revision)
        if not len(vectors):
            return
        made = trace(article, sentences, vectors=vectors)
        self._write(number, article.revision, made)
        for other_number, other_revision, other in self._near(number, made):
            if found := link(made, other):
                self._write_link(found, {made.id: (number, article.revision), other.id: (other_number, other_revision)})

    def add_stored(self, number: int, revision: int) -> None:
        """As `add`, for a revision that has been there for long."""
        row = self._connection.execute(
            "SELECT a.id, r.text, r.sha256, r.source, r.publisher, r.author, r.published, r.sentences "
            "FROM revisions r JOIN articles a ON a.number = r.article WHERE r.article = ? AND r.revision = ?",
            (number, revision),
        ).fetchone()
        id_, text, sha256, source, publisher, author, published, sentences = row
        article = Article(
            id=id_, revision=revision, text=text, sha256=sha256, source=source, publisher=publisher, author=author,
            published=published,
        )  # fmt: skip
        self.add(number, article, unpack_sentences(sentences))

    def untraced(self) -> list[tuple[int, int]]:
        """Article number and revision of those with passages that have no trace. A pass over all of them."""
        return self._connection.execute(
            "SELECT DISTINCT p.article, p.revision FROM passages p WHERE NOT EXISTS "
            "(SELECT 1 FROM traces t WHERE t.article = p.article AND t.revision = p.revision)"
        ).fetchall()

    def forget(self, number: int, revision: int) -> None:
        """Drops the trace of one revision, and its links."""
        self._drop("WHERE article = ? AND revision = ?", number, revision)

    def forget_all(self) -> None:
        """Drops every trace and link."""
        self._drop("WHERE article > ?", 0)

    def _drop(self, which: str, *values: int) -> None:
        # An index of runs by article, for a cascade to use, would be as large as the runs themselves.
        for number, revision, sketch in self._connection.execute(
            f"SELECT article, revision, sketch FROM traces {which}", values
        ).fetchall():
            self._connection.executemany(
                "DELETE FROM runs WHERE run = ? AND article = ? AND revision = ?",
                ((run, number, revision) for run in Sketch.from_bytes(sketch).prints),
            )
            self._connection.execute("DELETE FROM traces WHERE article = ? AND revision = ?", (number, revision))

    def _vectors(self, number: int, revision: int) -> NDArray[np.float16]:
        rows = self._connection.execute(
            "SELECT v.key, v.vector FROM passages p JOIN vectors v ON v.number = p.vector "
            "WHERE p.article = ? AND p.revision = ?",
            (number, revision),
        ).fetchall()
        return checksums.opened(rows, (len(rows[0][1]) - checksums.SEAL) // 2 if rows else 0)

    def _write(self, number: int, revision: int, made: Trace) -> None:
        day = made.published.toordinal() if made.published else None
        self._connection.execute(
            "INSERT INTO traces (article, revision, day, publisher, names, vector, sketch) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number, revision, day, made.publisher, "\n".join(sorted(made.names)),
                made.vector.astype("<f2").tobytes(), made.sketch.to_bytes(),
            ),
        )  # fmt: skip
        self._connection.executemany(
            "INSERT INTO credits (outlet, article, revision) VALUES (?, ?, ?)",
            ((outlet, number, revision) for outlet in made.credits),
        )
        self._connection.executemany(
            "INSERT INTO runs (run, article, revision) VALUES (?, ?, ?)",
            ((run, number, revision) for run in made.sketch.prints),
        )

    def _near(self, number: int, made: Trace) -> Iterator[tuple[int, int, Trace]]:
        """Traces of other articles that may be linked with this one: of all revisions that are shown as of some day."""
        wanted = {
            "number": number,
            "runs": json.dumps(made.sketch.prints),
            "outlets": json.dumps(sorted(made.credits)),
            "publisher": made.publisher,
            "day": made.published.toordinal() if made.published else None,
            "window": WINDOW,
            "most": _OF_A_RUN,
        }
        rows = self._connection.execute(_CANDIDATES, wanted).fetchall()
        if not rows:
            return
        vectors = np.frombuffer(b"".join(row[2] for row in rows), dtype="<f2").reshape(len(rows), -1).astype(np.float32)
        for row in np.flatnonzero(vectors @ made.vector >= LIKE).tolist():
            other, revision = rows[row][:2]
            yield other, revision, self._read(other, revision, vectors[row])

    def _read(self, number: int, revision: int, vector: NDArray[np.float32]) -> Trace:
        id_, day, publisher, names, sketch = self._connection.execute(
            "SELECT a.id, t.day, t.publisher, t.names, t.sketch FROM traces t JOIN articles a ON a.number = t.article "
            "WHERE t.article = ? AND t.revision = ?",
            (number, revision),
        ).fetchone()
        named = self._connection.execute(
            "SELECT outlet FROM credits WHERE article = ? AND revision = ?", (number, revision)
        ).fetchall()
        return Trace(
            id=id_,
            published=None if day is None else date.fromordinal(day),
            publisher=publisher,
            credits=frozenset(outlet for (outlet,) in named),
            names=frozenset(names.split("\n") if names else ()),
            sketch=Sketch.from_bytes(sketch),
            vector=vector,
        )

    def _write_link(self, found: Link, places: dict[str, tuple[int, int]]) -> None:
        row = (*places[found.article], *places[found.other], found.kind, found.outlet, found.share)
        self._connection.execute(
            "INSERT INTO links (article, revision, other, other_revision, kind, outlet, share, checksum) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, checksums.of_row(*row)),
        )


_CANDIDATES = """
WITH near (article, revision) AS (
    SELECT f.article, f.revision FROM json_each(:runs) j JOIN runs f ON f.run = j.value AND f.article >= coalesce(
        (SELECT g.article FROM runs g WHERE g.run = j.value ORDER BY g.article DESC LIMIT 1 OFFSET :most), 0)
    UNION SELECT c.article, c.revision FROM json_each(:outlets) j JOIN credits c ON c.outlet = j.value
    UNION SELECT t.article, t.revision FROM json_each(:outlets) j JOIN traces t ON t.publisher = j.value
        AND t.day BETWEEN coalesce(:day - :window, 0) AND coalesce(:day + :window, 9999999)
    UNION SELECT t.article, t.revision FROM json_each(:outlets) j
        JOIN traces t ON t.publisher = j.value AND t.day IS NULL
    UNION SELECT c.article, c.revision FROM credits c WHERE c.outlet = :publisher
)
SELECT t.article, t.revision, t.vector FROM near
CROSS JOIN traces d INDEXED BY traces_by_day ON d.article = near.article AND d.revision = near.revision
CROSS JOIN traces t ON t.rowid = d.rowid
WHERE near.article <> :number
AND (d.day IS NULL OR :day IS NULL OR abs(d.day - :day) <= :window)
"""
"""Days are looked at in indexes: a large outlet has tens of thousands of articles, each a page of its own, and a few
within the window."""
