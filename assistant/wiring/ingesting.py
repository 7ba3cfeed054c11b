"""Bringing a workspace in line with files: what encodes, in bulk or a few passages, and the ingest itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.export import PREPARING, Notice, encoder_files, identity, is_there, silent
from assistant.wiring.models import THREADS
from index.exported import export_folder, read_manifest
from index.model_files import ModelError, ModelFiles
from index.models import Summary, Vectors
from index.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from index.bulk_encoder import BulkEncoder
    from index.question_encoder import QuestionEncoder
    from index.sync import Engine, Events

_FEW = 256
"""Up to so many passages, encoding through ONNX Runtime ends before torch would be loaded."""


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    *,
    events: Events,
    fields: Mapping[str, str] | None = None,
    prune: bool = False,
    bulk: bool = True,
    notice: Notice = silent,
) -> Summary:
    """Brings a workspace in line with files, making it where it is missing.

    Without `bulk`, torch is never loaded: many passages take longer then, and a server stays as small as it is.
    Raises PathMissing or UnknownField before anything is made, then WorkspaceError or ModelError.
    """
    from index import sync
    from index.planning import make_order

    order = make_order(paths, workspace=settings.workspace, fields=fields or {}, prune=prune)
    with open_workspace(settings.workspace, create=True) as workspace:
        return sync.ingest(workspace, order, engine=engine_of(settings, workspace, notice, bulk=bulk), events=events)


def engine_of(settings: Settings, workspace: Workspace, notice: Notice, *, bulk: bool) -> Engine:
    """Loads no model unless its export is missing: an ingest of nothing new must not wait for one."""
    from index.sync import Engine
    from index.tokens import TokenCounter

    files = encoder_files(settings, workspace)
    exported = export_folder(settings.cache, files.name, revision=files.revision)
    encoding = _Encoding(files, exported, few=_FEW if bulk else None)
    encoding.prepare(notice)
    return Engine(identity(read_manifest(encoding.exported)), encoding, TokenCounter(files).count)


class _Encoding:
    """Encodes through ONNX Runtime while there is little to do, and through sentence-transformers otherwise."""

    def __init__(self, files: ModelFiles, exported: Path, *, few: int | None) -> None:
        """`few` is the most passages that count as little; None counts any number so."""
        self.exported = exported
        self._files = files
        self._few = sys.maxsize if few is None else few
        self._in_bulk = False

    def prepare(self, notice: Notice) -> None:
        """Makes the export where it is missing."""
        if not is_there(self.exported):
            from index.export import export

            notice(PREPARING)
            try:
                export(self._files, self.exported, encoder=self._bulk)
            except OSError as error:
                raise ModelError(
                    f"The question encoder cannot be kept in {str(self.exported.parent)!r} ({error.strerror}). "
                    "Set CROSSCHECK_CACHE to a folder that you may write to."
                ) from error

    def __call__(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        if self._in_bulk or len(texts) > self._few:
            return self._bulk.encode(texts, progress=progress)
        vectors = self._questions.encode_passages(texts).astype("<f2")
        if progress:
            progress(len(texts))
        return vectors

    @cached_property
    def _bulk(self) -> BulkEncoder:
        from index.bulk_encoder import BulkEncoder

        self._in_bulk = True
        return BulkEncoder.load(self._files)

    @cached_property
    def _questions(self) -> QuestionEncoder:
        from index.question_encoder import QuestionEncoder

        return QuestionEncoder.open(self.exported, threads=THREADS)
