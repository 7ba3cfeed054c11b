"""The question encoder that belongs to a workspace's vectors: found in the cache, or made there where it is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.settings import Settings
from index.exported import Manifest, checked, export_folder, read_manifest
from index.model_files import DEFAULT_MODEL, ModelError, ModelFiles, locate
from index.models import EncoderIdentity
from index.workspace import Workspace

Notice = Callable[[str], None]
"""Tells the user, in a sentence, why something takes long."""

PREPARING = "Preparing the question encoder: once for each model, about ten seconds."


def silent(_: str) -> None:
    """Tells nobody."""


def question_export(settings: Settings, workspace: Workspace, notice: Notice) -> Path:
    """The export that belongs to the workspace's vectors; made in a process of its own where it is missing.

    The workspace itself says which it is, so that the model's own files are looked at only where they are needed.
    """
    encoder = workspace.store.encoder
    if encoder is None or settings.encoder is not None:
        files = encoder_files(settings, workspace)
        model, revision = files.name, files.revision
    else:
        model, revision = encoder.model, encoder.revision
    folder = export_folder(settings.cache, model, revision=revision)
    if not is_there(folder):
        notice(PREPARING)
        _export_elsewhere(model, folder)
    workspace.store.refuse_other(identity(read_manifest(folder)))
    return folder


def encoder_files(settings: Settings, workspace: Workspace) -> ModelFiles:
    """Files of the model that the settings name, else of the workspace's own, else of the default."""
    known = workspace.store.encoder
    return locate(settings.encoder or (known.model if known else DEFAULT_MODEL))


def is_there(folder: Path) -> bool:
    """Whether a sound export stands there."""
    try:
        checked(folder)
    except ModelError:
        return False
    return True


def identity(manifest: Manifest) -> EncoderIdentity:
    return EncoderIdentity(manifest.model, manifest.revision, manifest.dimension)


def _export_elsewhere(model: str, folder: Path) -> None:
    """In another process, so that this one stays without torch."""
    command = [sys.executable, "-m", "index.export", model, str(folder)]
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, check=False)
    if done.returncode:
        raise ModelError(done.stderr.strip() or f"The question encoder could not be made from {model!r}.")
