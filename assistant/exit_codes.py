"""Which exception ends the command line with which code: one table, the front's own."""

from __future__ import annotations

from enum import IntEnum

from assistant.errors import BadInput
from corpus.fields import UnknownField
from corpus.reading import PathMissing
from corpus.reading_apart import NoWorker
from index.errors import NothingPublished, NoWorkspace, UnknownArticle, UnknownPublisher, WorkspaceError
from index.model_files import ModelError


class Exit(IntEnum):
    """What the shell sees."""

    OK = 0
    FAILURE = 1
    BAD_INPUT = 2
    NO_WORKSPACE = 3
    NOT_COVERED = 4
    INTERRUPTED = 130


_CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (BadInput, Exit.BAD_INPUT),
    (UnknownField, Exit.BAD_INPUT),
    (PathMissing, Exit.BAD_INPUT),
    (UnknownArticle, Exit.BAD_INPUT),
    (UnknownPublisher, Exit.BAD_INPUT),
    (NoWorkspace, Exit.NO_WORKSPACE),
    (NothingPublished, Exit.NO_WORKSPACE),
    (WorkspaceError, Exit.FAILURE),
    (ModelError, Exit.FAILURE),
    (NoWorker, Exit.FAILURE),
)


def code_of(error: Exception) -> Exit | None:
    """The code for an error whose text is a sentence for the user; None for one that nobody foresaw."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)
