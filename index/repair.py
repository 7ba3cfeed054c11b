"""Mending a workspace: indexes made anew, and a damaged store made anew from what still verifies of it.

Nothing is thrown away: the damaged file is kept beside the new one. Who reads meanwhile reads on; where another command
writes, nothing is begun. What could not be saved is named, with the files it came from.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index import store
from index.checks import of_store
from index.completing import complete, incomplete, made_by, note_encoder, vector_size
from index.durable import replacing
from index.errors import DamagedIndex, DamagedWorkspace, NoWorkspace, UnreadableWorkspace
from index.model_files import ModelError
from index.planning import POSTED, make_order
from index.salvage import Lost, Salvaged, salvage
from index.schema import FORMAT
from index.store import Store
from index.sync import Engine, Events, ingest
from index.workspace import STORE_FILE, Workspace, locked, open_workspace

MakeEngine = Callable[[Workspace], Engine]
"""What embeds passages for that workspace. Raises ModelError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was wrong and what was done."""

    store: str | None = None
    """How the store was damaged, in sentences; None where it was sound."""
    indexes: str | None = None
    """Likewise of the indexes."""
    kept: Path | None = None
    """Where the damaged store is."""
    articles: int = 0
    """Saved of it."""
    embedded: int = 0
    """How many of them, counting revisions, had to be embedded anew."""
    posted: int = 0
    """Articles that came back from where they are kept as they were posted."""
    lost: tuple[Lost, ...] = ()


def repair(folder: Path, *, engine: MakeEngine, events: Events) -> Repaired:
    """Mends what is damaged in a workspace, and makes its indexes where they are not whole.

    A store of which nothing can be saved is left as it is, unless there are posted articles to begin anew with. Raises
    NoWorkspace, WorkspaceBusy, UnreadableWorkspace, DamagedWorkspace where nothing could be saved, or ModelError.
    """
    file = folder / STORE_FILE
    if not file.is_file() and not _posted(folder):
        raise NoWorkspace(folder)
    with locked(folder):
        damage = _damage(file)
        done = Repaired() if damage is None else _made_anew(folder, damage, engine)
    if damage is not None:
        done = _with_posted(folder, done, engine, events)
    return _with_indexes(folder, done)


def _damage(file: Path) -> str | None:
    """What is wrong with the store, None where nothing is."""
    if not file.is_file():
        return f"There was no {file.name}."
    try:
        with closing(store.connect(file).connection) as connection:
            failed = [check for check in of_store(Store(connection)) if not check.passed]
    except DamagedWorkspace as error:
        return f"SQLite cannot read it ({error.__cause__ or error})."
    except UnicodeDecodeError as error:  # Python's module stumbles over what SQLite says of a damaged schema
        return f"The tables cannot be read ({error})."
    except UnreadableWorkspace:
        if _has_lost_its_format(file):
            return "It does not say its format."
        raise
    return " ".join(check.found for check in failed) or None


def _has_lost_its_format(file: Path) -> bool:
    """Whether a store says an earlier format than its tables have, or none; a later one may be true."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            (table,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'revisions'").fetchone()
            (told,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() or ("",)
        except (sqlite3.Error, TypeError, UnicodeDecodeError):
            return False
    return "checksum" in table and not (told.isascii() and told.isdecimal() and int(told) >= FORMAT)


def _made_anew(folder: Path, damage: str, engine: MakeEngine) -> Repaired:
    file = folder / STORE_FILE
    with replacing(file) as building:
        _unlink_logs(building)
        store.create(building)
        with Workspace(folder, store.connect(building)) as anew:
            saved = _filled(anew, file, engine)
        if not saved.articles and not _posted(folder):
            raise DamagedWorkspace(
                f"{damage} No article in {str(file)!r} could be saved, so nothing was changed. Put a backup in its "
                "place (crosscheck restore FILE --replace), or move the folder away and ingest the articles again."
            )
        kept = _set_aside(file)
        shutil.rmtree(folder / "derived", ignore_errors=True)  # the new store's changes may have the same numbers
    embedded = len(saved.incomplete)
    return Repaired(store=damage, kept=kept, articles=saved.articles, embedded=embedded, lost=saved.lost)


def _filled(anew: Workspace, damaged: Path, engine: MakeEngine) -> Salvaged:
    """Fills a new store with what can be saved, with all that is missing of it made anew."""
    connection = anew.store.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    saved = Salvaged() if not damaged.is_file() else salvage(damaged, connection)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (str(saved.generation),))
    if saved.encoder:
        note_encoder(connection, saved.encoder)
    elif saved.articles:
        saved = _with_an_encoder(anew, saved, engine(anew))
    if saved.incomplete:
        complete(anew.store, saved.incomplete, engine(anew))
    connection.execute("DELETE FROM vectors WHERE number NOT IN (SELECT vector FROM passages)")
    anew.store.trace_origins()
    return saved


def _with_an_encoder(anew: Workspace, saved: Salvaged, engine: Engine) -> Salvaged:
    """Where nothing tells what made the vectors, they are kept if the engine makes the same."""
    connection = anew.store.connection
    if made_by(anew.store, engine):
        note_encoder(connection, engine.identity)
        size = vector_size(engine.identity)
        connection.execute("DELETE FROM vectors WHERE length(vector) != ?", (size,))
    else:
        connection.execute("DELETE FROM vectors")
    return replace(saved, incomplete=tuple(incomplete(connection)))


def _set_aside(file: Path) -> Path | None:
    """Gives the damaged store another name as well, and its log that name alone: no log may meet another store."""
    if not file.is_file():
        return None
    names = (file.with_name(f"{file.name}.damaged-{n}") for n in itertools.count(1))
    name = next(name for name in names if not name.exists())
    try:
        os.link(file, name)
    except OSError:  # a file system without links
        shutil.copyfile(file, name)
    for part in _LOGS:
        with suppress(FileNotFoundError):
            file.with_name(file.name + part).replace(name.with_name(name.name + part))
    return name


_LOGS = ("-wal", "-shm")


def _unlink_logs(file: Path) -> None:
    for part in _LOGS:
        file.with_name(file.name + part).unlink(missing_ok=True)


def _posted(folder: Path) -> set[str]:
    """Names of the files of posted articles."""
    return {file.name for file in (folder / POSTED).glob("*.json")}


def _with_posted(folder: Path, done: Repaired, engine: MakeEngine, events: Events) -> Repaired:
    """Before anything is published, which would sweep what is left of articles without a living revision."""
    with open_workspace(folder) as workspace:
        known = workspace.store.connection.execute(
            "SELECT a.source FROM articles a JOIN revisions r ON r.article = a.number WHERE r.died IS NULL"
        )
        if _posted(folder) <= {Path(source).name for (source,) in known}:
            return done
        order = make_order([folder / POSTED], workspace=folder)
        try:
            summary = ingest(workspace, order, engine=engine(workspace), events=events)
        except ModelError:
            return done  # they stay among what is lost, with the command that brings them back
        alive = workspace.store.known_articles()
    lost = tuple(one for one in done.lost if one.id not in alive)
    return replace(done, posted=summary.added + summary.revised, lost=lost)


def _with_indexes(folder: Path, done: Repaired) -> Repaired:
    with open_workspace(folder) as workspace:
        damage = _index_damage(workspace)
        if damage:
            with workspace.writing():
                shutil.rmtree(folder / "derived", ignore_errors=True)
    return replace(done, indexes=damage)


def _index_damage(workspace: Workspace) -> str | None:
    generation, published = workspace.store.generation, workspace.store.published
    if published != generation:
        return "They were not those of the last change."
    try:
        workspace.verify_derived(generation)
    except DamagedIndex as error:
        return f"{error}."
    return None
