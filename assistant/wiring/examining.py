"""Checking a workspace, and that its questions can be embedded and its passages read."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import audit_store
from assistant.settings import Settings
from assistant.wiring.export import encoder_files, identity
from assistant.wiring.models import Models
from corpus.identity import assign
from corpus.models import Draft, Skipped
from index.errors import WorkspaceError
from index.exported import checked, export_folder
from index.model_files import ModelError, WrongModelFiles
from index.model_files import check as check_files
from index.planning import POSTED
from index.records import record_hash
from index.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from index.checks import Check


def examine(settings: Settings) -> list[Check]:
    """Each check with its outcome and what to do about it."""
    from index.checks import check

    with open_workspace(settings.workspace) as workspace:
        return [
            *check(workspace),
            *posted_checks(workspace),
            *_audit_checks(settings.workspace),
            *_model_checks(settings, workspace),
            _reader_check(settings),
        ]


def posted_checks(workspace: Workspace) -> Iterator[Check]:
    """Whether the files of posted articles, where there are any, say what the store says."""
    from corpus.reading import read_file
    from index.checks import Check

    files = sorted((workspace.folder / POSTED).glob("*.json"))
    if not files:
        return
    known = workspace.store.known_articles()
    stored = {(article_id, article.record) for article_id, article in known.items()}
    name = "Posted articles are kept as they were posted"
    different = [file.name for file in files if stored.isdisjoint(_records(read_file(file)))]
    if different:
        found = f"{len(different)} of {len(files)} files differ from the store, among them {different[0]!r}."
        mend = "Post these articles again, or take over what stands there with: crosscheck ingest"
        yield Check(name, False, found, f"{mend} {shlex.quote(str(workspace.folder / POSTED))}")
    else:
        yield Check(name, True, f"All {len(files)} are.")


def _records(found: Iterable[Draft | Skipped]) -> Iterator[tuple[str, str]]:
    for one in assign([draft for draft in found if isinstance(draft, Draft)], known={}):
        if not isinstance(one, Skipped):
            yield one[0], record_hash(one[1])


def audit_damage(folder: Path) -> str | None:
    """What SQLite finds wrong with the file that audits keep; None where nothing is, or where there is none."""
    file = folder / audit_store.FILE
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)


def _audit_checks(folder: Path) -> Iterator[Check]:
    from index.checks import Check

    if (folder / audit_store.FILE).is_file():
        name, damage = "What audits keep is sound", audit_damage(folder)
        mend = "Save the dismissals with: crosscheck doctor --repair"
        yield Check(name, False, f"It is damaged ({damage}).", mend) if damage else Check(name, True, "It is.")


def _reader_check(settings: Settings) -> Check:
    from assistant.policy import Policy
    from index.checks import Check

    name = "What reads passages can be opened"
    try:
        Models(settings).score(Policy())
    except ModelError as error:
        return Check(name, False, str(error), "Mend or leave out the reader setting.")
    return Check(name, True, f"It is {settings.reader!r}.")


def _model_checks(settings: Settings, workspace: Workspace) -> Iterator[Check]:
    from index.checks import Check

    model, exported = "The model that made the vectors is here", "Its question encoder is sound"
    try:
        files = encoder_files(settings, workspace)
        check_files(files)
        yield Check(model, True, f"{files.name}, revision {files.revision[:12]}.")
        folder = export_folder(settings.cache, files.name, revision=files.revision)
        workspace.store.refuse_other(identity(checked(folder, every_byte=True)))
        yield Check(exported, True, "It is the workspace's own.")
    except WrongModelFiles as error:
        yield Check(model, False, str(error), "Ingesting needs it; questions need only its export.")
    except ModelError as error:
        yield Check(exported, False, str(error), "Nothing to do: the next question makes it anew.")
    except WorkspaceError as error:
        yield Check(exported, False, str(error), "Leave out the encoder setting, or ingest into a new workspace.")
