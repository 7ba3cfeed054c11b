"""Checking a workspace, and that its questions can be embedded and its passages read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.export import encoder_files, identity
from assistant.wiring.models import Models
from index.errors import WorkspaceError
from index.exported import checked, export_folder
from index.model_files import ModelError, WrongModelFiles
from index.model_files import check as check_files
from index.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from index.checks import Check


def examine(settings: Settings) -> list[Check]:
    """Each check with its outcome and what to do about it."""
    from index.checks import check

    with open_workspace(settings.workspace) as workspace:
        return [*check(workspace), *_model_checks(settings, workspace), _reader_check(settings)]


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
        workspace.store.refuse_other(identity(checked(folder)))
        yield Check(exported, True, "It is the workspace's own.")
    except WrongModelFiles as error:
        yield Check(model, False, str(error), "Ingesting needs it; questions need only its export.")
    except ModelError as error:
        yield Check(exported, False, str(error), "Nothing to do: the next question makes it anew.")
    except WorkspaceError as error:
        yield Check(exported, False, str(error), "Leave out the encoder setting, or ingest into a new workspace.")
