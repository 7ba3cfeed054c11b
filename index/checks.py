"""Checks of a workspace: what should hold, whether it does, and how to mend it. Reads only.

Every byte is read: what answers are made of against its checksum, the rest by SQLite's own check. What concerns the
model that embeds questions is checked where the models are chosen.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Article
from index import checksums
from index.embedding_text import embedding_key, embedding_text
from index.errors import DamagedIndex
from index.records import is_whole
from index.schema import ALIVE
from index.store import Store
from index.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that should hold."""

    name: str
    passed: bool
    found: str
    """What is the case, in a sentence."""
    mend: str | None = None
    """What to do where it does not hold."""


_REPAIR = "Save what can be saved with: crosscheck doctor --repair"
_NEXT_COMMAND = "Nothing to do: the next question or ingest makes the indexes anew from the store."
_NAMED = 3
"""Damaged things that are named; of the others only the number is said."""


def check(workspace: Workspace) -> Iterator[Check]:
    """All checks; where the store is damaged, the indexes made from it are left out."""
    sound = True
    for one in of_store(workspace.store):
        sound = sound and one.passed
        yield one
    if sound:
        yield _derived(workspace)


def of_store(store: Store) -> Iterator[Check]:
    """Those of the file that is the truth; after a fault, the checks that could trip over it are left out."""
    for look in (_database, _articles, _texts, _passages, _vectors, _links, _generation):
        try:
            found = look(store)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            found = Check(_NAMES[look], False, f"Rows cannot be read ({error}).", _REPAIR)
        yield found
        if look is _database and not found.passed:
            return


def _database(store: Store) -> Check:
    connection = store.connection
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
    problems += [f"{table} points at nothing" for table, *_ in connection.execute("PRAGMA foreign_key_check")]
    return _verdict(_database, problems, "SQLite reports: {named}", "SQLite finds no fault.")


def _articles(store: Store) -> Check:
    rows = store.connection.execute(
        "SELECT a.number, a.id, a.source, a.source_key, a.checksum, "
        "EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.number) FROM articles a"
    )
    damaged = [repr(row[1]) for *row, sum_, whole in rows if not whole or sum_ != checksums.of_row(*row)]
    return _verdict(_articles, damaged, "{count} are not whole, among them {named}", "All do.")


def _texts(store: Store) -> Check:
    rows = store.connection.execute(_REVISIONS)
    damaged = [f"{row[0]!r} (revision {row[2]})" for row in rows if not _verifies(row)]
    found = "{count} revisions are not what was written, among them {named}"
    return _verdict(_texts, damaged, found, "All texts match their SHA-256, all records their hashes.")


_REVISIONS = (
    # As bytes: a damaged text may be no text any more.
    "SELECT a.id, r.article, r.revision, r.born, r.died, r.record, r.sha256, r.checksum, r.sentences, "
    "CAST(r.text AS BLOB), r.title, r.publisher, r.author, r.url, r.published, r.language "
    "FROM revisions r JOIN articles a ON a.number = r.article"
)


def _verifies(row: Sequence[object]) -> bool:
    id_, number, revision, born, died, record, sha256, checksum, sentences, raw, *known = row
    match (id_, number, revision, born, died, record, sha256, checksum, sentences, raw):
        case (str(), int(), int(), int(), int() | None, str(), str(), int(), bytes(), bytes()):
            pass
        case _:
            return False
    if hashlib.sha256(raw).hexdigest() != sha256:
        return False
    title, publisher, author, url, published, language = (one if isinstance(one, str) else None for one in known)
    article = Article(
        id=id_, revision=revision, text=raw.decode(), sha256=sha256, source="", title=title, publisher=publisher,
        author=author, url=url, published=published, language=language,
    )  # fmt: skip
    return is_whole(article, number=number, born=born, died=died, record=record, checksum=checksum, sentences=sentences)


def _passages(store: Store) -> Check:
    damaged = []
    for id_, title, text, key, *row, checksum in store.connection.execute(
        'SELECT a.id, r.title, r.text, v.key, p.article, p.revision, p."start", p."end", p.vector, p.checksum '
        "FROM passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision "
        "JOIN articles a ON a.number = p.article JOIN vectors v ON v.number = p.vector"
    ):
        start, end = row[2:4]
        inside = 0 <= start < end <= len(text)
        if not (
            inside
            and checksum == checksums.of_row(*row)
            and key == embedding_key(embedding_text(title, text[start:end]))
        ):
            damaged.append(f"one of {id_!r}")
    found = "{count} are not what was written, among them {named}"
    return _verdict(_passages, damaged, found, "All lie inside their articles, and their vectors belong to them.")


def _vectors(store: Store) -> Check:
    encoder = store.encoder
    dimension = encoder.dimension if encoder else 0
    damaged = [
        f"number {number}"
        for number, key, stored in store.connection.execute("SELECT number, key, vector FROM vectors")
        if not checksums.holds(key, stored, dimension)
    ]
    good = "All match their checksums." if encoder else "There are no vectors yet."
    return _verdict(_vectors, damaged, "{count} are not what was written, among them {named}", good)


def _links(store: Store) -> Check:
    rows = store.connection.execute(
        "SELECT l.article, l.revision, l.other, l.other_revision, l.kind, l.outlet, l.share, l.checksum FROM links l"
    )
    damaged = [f"that of the articles {row[0]} and {row[2]}" for *row, sum_ in rows if sum_ != checksums.of_row(*row)]
    found = "{count} are not what was written, among them {named}"
    return _verdict(_links, damaged, found, "All match their checksums.")


def _generation(store: Store) -> Check:
    (last,) = store.connection.execute("SELECT max(max(born), coalesce(max(died), 0)) FROM revisions").fetchone()
    wrong = (last or 0) > store.generation or not 0 <= store.published <= store.generation
    numbers = [f"{store.generation}, published {store.published}, last used {last}"] if wrong else []
    return _verdict(_generation, numbers, "They do not fit together: {named}", "They fit together.")


_NAMES: dict[Callable[[Store], Check], str] = {
    _database: "The database is sound",
    _articles: "Every article has a name and a text",
    _texts: "Every text is the one that was ingested",
    _passages: "Every passage is the one that was embedded",
    _vectors: "Every vector is the one that was made",
    _links: "Every link between articles is the one that was found",
    _generation: "The numbers of the changes fit together",
}


def _verdict(look: Callable[[Store], Check], problems: Sequence[str], found: str, good: str) -> Check:
    if not problems:
        return Check(_NAMES[look], True, good)
    named = "; ".join(problems[:_NAMED])
    return Check(_NAMES[look], False, found.format(count=len(problems), named=named) + ".", _REPAIR)


def _derived(workspace: Workspace) -> Check:
    name = "The search indexes belong to the last change"
    generation, published = workspace.store.generation, workspace.store.published
    if published != generation:
        found = f"They are of generation {published}, the store is at {generation}: an ingest runs or was stopped."
        return Check(name, False, found, "Wait for a running ingest to end. " + _NEXT_COMMAND)
    try:
        workspace.verify_derived(generation)
        rows = len(workspace.open_derived(generation).present())
    except DamagedIndex as error:
        return Check(name, False, f"They are damaged: {error}.", "Make them anew with: crosscheck doctor --repair")
    (wanted,) = workspace.store.connection.execute(
        f"SELECT count(*) FROM passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision "
        f"WHERE {ALIVE}",
        {"generation": generation},
    ).fetchone()
    if rows != wanted:
        found = f"They hold {rows} passages, the store {wanted}."
        return Check(name, False, found, "Make them anew with: crosscheck doctor --repair")
    return Check(name, True, f"They are of generation {generation}, every byte as it was written.")
