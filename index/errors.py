"""What can go wrong with a workspace, each with a sentence that says what to do. Fronts turn them into exit codes."""

from __future__ import annotations

from pathlib import Path


class WorkspaceError(Exception):
    """Base of everything a workspace may refuse; its text is shown to the user as it is."""


class NoWorkspace(WorkspaceError):
    """There is no workspace where one was expected."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no workspace in {str(folder)!r}. Make one with: crosscheck ingest PATH...")


class NothingPublished(WorkspaceError):
    """A first ingest is still running, so there is no complete generation to read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The first ingest into {str(folder)!r} has not finished yet. Wait for it, then ask again.")


class WorkspaceBusy(WorkspaceError):
    """Another process is writing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another command is writing to the workspace {str(folder)!r}. Wait for it to end, then try again."
        )


class DamagedWorkspace(WorkspaceError):
    """The file that is the truth cannot be read."""


class UnreadableWorkspace(WorkspaceError):
    """The workspace is of another format, or may not be opened."""


class OtherEncoder(WorkspaceError):
    """The workspace holds vectors of another model."""


class DamagedIndex(Exception):
    """A derived index cannot be read. Never shown: it is rebuilt from the store."""


class UnknownPublisher(WorkspaceError):
    """A filter names a publisher that no article has."""


class UnknownArticle(WorkspaceError):
    """No article has that id."""
