"""What an export of a model is on disk: its name, its files and the manifest that describes them.

Separate from the making (`export`, which loads torch) and from the running (`question_encoder`), because both and
the choice of a folder need it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.model_files import ModelError, file_sha256
from index.seals import is_whole

FORMAT = 2
"""Raised when what an export holds changes: an older one is then not found, and made anew."""
GRAPH = "model.onnx"
WEIGHTS = "model.onnx.data"
TOKENIZER = "tokenizer.json"
MANIFEST = "manifest.json"

_SMALL = 4_000_000
"""Bytes. Files up to this size are hashed whenever the export is opened (under a millisecond); the others, the weights,
when they are first seen and when they changed (`seals`)."""


class ExportMissing(ModelError):
    """There is no export where one was expected."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no exported model in {str(folder)!r}. `crosscheck ingest` makes it.")


class DamagedExport(ModelError):
    """The export's files are not those that were written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The exported model in {str(folder)!r} is damaged: {reason}. Delete that folder; it is made again."
        )


@dataclass(frozen=True, slots=True)
class FileSeal:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was exported, by what, and how near it came."""

    format: int
    model: str
    revision: str
    dimension: int
    max_tokens: int
    query_prompt: str
    document_prompt: str
    pad: int
    """The token that fills rows up."""
    max_difference: float
    """Largest difference to torch in float32, in any number of the vectors of the check texts."""
    versions: Mapping[str, str]
    """Of the libraries that made it."""
    files: Mapping[str, FileSeal]


def export_folder(cache: Path, model: str, *, revision: str) -> Path:
    """Where the export of a model belongs."""
    slug = re.sub(r"[^a-z0-9]+", "-", Path(model).name.lower()).strip("-") or "model"
    return cache / f"{slug}-{revision[:12]}-v{FORMAT}"


def sealed(folder: Path, *names: str) -> dict[str, FileSeal]:
    """Of those of the files that are there."""
    paths = [folder / name for name in names if (folder / name).is_file()]
    return {path.name: FileSeal(path.stat().st_size, file_sha256(path)) for path in paths}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises ExportMissing or DamagedExport."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ExportMissing(folder)
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        files = {name: FileSeal(**seal) for name, seal in stated.pop("files").items()}
        return Manifest(**stated, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedExport(folder, f"{MANIFEST} cannot be read ({error})") from error


def checked(folder: Path, *, every_byte: bool = False) -> Manifest:
    """The manifest, once its files are there and are those that were written; `every_byte` believes no seal.

    Raises ExportMissing or DamagedExport.
    """
    manifest = read_manifest(folder)
    for name, seal in manifest.files.items():
        _check_file(folder, name, seal, every_byte=every_byte)
    return manifest


def _check_file(folder: Path, name: str, seal: FileSeal, *, every_byte: bool) -> None:
    path = folder / name
    try:
        size = path.stat().st_size
        seals = None if every_byte or size <= _SMALL else folder.parent
        same = size == seal.size and is_whole(path, seal.sha256, seals=seals)
    except OSError as error:
        raise DamagedExport(folder, f"{name} cannot be read ({error})") from error
    if not same:
        raise DamagedExport(folder, f"{name} is not the file that was written")
