"""Checks of a workspace: what should hold, whether it does, and how to mend it. Reads only.

What concerns the model that embeds questions is checked where the models are chosen.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import DamagedIndex
from index.schema import ALIVE
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


_ANEW = "Move the workspace folder away and ingest the articles again."
_NEXT_COMMAND = "Nothing to do: the next question or ingest makes the indexes anew from the store."


def check(workspace: Workspace) -> Iterator[Check]:
    """All checks; after a damaged database file, the ones that need it are left out."""
    database = _database(workspace)
    yield database
    if database.passed:
        yield _texts(workspace)
        yield _passages(workspace)
        yield _vectors(workspace)
        yield _derived(workspace)


def _database(workspace: Workspace) -> Check:
    name = "The database is sound"
    try:
        connection = workspace.store.connection
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
        problems += [f"{table} points at nothing" for table, *_ in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        problems = [str(error)]
    if problems:
        return Check(name, False, f"SQLite reports: {'; '.join(problems[:3])}.", _ANEW)
    return Check(name, True, "SQLite finds no fault.")


def _texts(workspace: Workspace) -> Check:
    name = "Every text is the one that was ingested"
    # As bytes: a damaged text may be no text any more.
    rows = workspace.store.connection.execute(
        "SELECT a.id, CAST(r.text AS BLOB), r.sha256 FROM revisions r "
        f"JOIN articles a ON a.number = r.article WHERE {ALIVE}",
        {"generation": workspace.store.generation},
    )
    changed = [article_id for article_id, text, sha256 in rows if hashlib.sha256(text).hexdigest() != sha256]
    if changed:
        named = ", ".join(map(repr, changed[:3]))
        return Check(name, False, f"{len(changed)} texts do not match their hash, among them {named}.", _ANEW)
    return Check(name, True, "All texts match their SHA-256.")


def _passages(workspace: Workspace) -> Check:
    name = "Every passage lies inside its article"
    (wrong,) = workspace.store.connection.execute(
        "SELECT count(*) FROM passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision "
        'WHERE p."start" < 0 OR p."start" >= p."end" OR p."end" > length(r.text)'
    ).fetchone()
    if wrong:
        return Check(name, False, f"{wrong} passages lie outside.", _ANEW)
    return Check(name, True, "All do.")


def _vectors(workspace: Workspace) -> Check:
    name = "Every vector has the model's dimension"
    encoder = workspace.store.encoder
    size = 2 * encoder.dimension if encoder else 0
    (wrong,) = workspace.store.connection.execute(
        "SELECT count(*) FROM vectors WHERE length(vector) != ?", (size,)
    ).fetchone()
    if wrong:
        return Check(name, False, f"{wrong} vectors have another size.", _ANEW)
    return Check(name, True, "All do." if encoder else "There are no vectors yet.")


def _derived(workspace: Workspace) -> Check:
    name = "The search indexes belong to the last change"
    generation, published = workspace.store.generation, workspace.store.published
    if published != generation:
        found = f"They are of generation {published}, the store is at {generation}: an ingest runs or was stopped."
        return Check(name, False, found, "Wait for a running ingest to end. " + _NEXT_COMMAND)
    try:
        workspace.open_derived(generation)
    except DamagedIndex as error:
        return Check(name, False, f"They cannot be read: {error}.", _NEXT_COMMAND)
    return Check(name, True, f"They are of generation {generation}.")
