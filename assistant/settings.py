"""Settings: a flag over the environment over `crosscheck.toml` over the default.

Read once, at the composition root; below it, functions take plain arguments. Unknown keys are errors, in the file
and in the environment alike. Plain pydantic and tomllib: pydantic-settings would cost every question 0.1 s.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInput
from assistant.models import MAX_TOP_K

PREFIX = "CROSSCHECK_"
FILE = "crosscheck.toml"


class Settings(BaseModel):
    """Everything that can be set. Field names are the keys of the file; upper-cased and prefixed, the variables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: Path = Field(default_factory=lambda: user_data_path("crosscheck") / "workspace")
    """Folder of the workspace."""
    cache: Path = Field(default_factory=lambda: user_cache_path("crosscheck"))
    """Folder for exported question encoders, shared by all workspaces."""
    encoder: str | None = None
    """A sentence-transformers model, by hub name or folder; None takes the workspace's own, else all-MiniLM-L6-v2."""
    reader: str = "crosscheck"
    """What reads passages: the project's own reader, a sentence-transformers CrossEncoder by hub name or folder, or
    "none"."""
    judge: str = "crosscheck"
    """What judges whether statements contradict each other: the project's own judge, a sentence-transformers
    CrossEncoder with entailment labels by hub name or folder, or "none": figures, dates and stances alone."""
    top_k: int = Field(default=8, ge=1, le=MAX_TOP_K)
    """Passages read for an answer."""
    candidates: int = Field(default=100, ge=1, le=10_000)
    """Passages taken from each index before fusion."""
    fusion_weight: float = Field(default=0.5, ge=0, le=1)
    """Weight of the dense scores in fusion."""

    def answering_hash(self) -> str:
        """Names all settings that can change an answer; the same hash means the same answer."""
        deciding = self.model_dump_json(exclude={"workspace", "cache"})
        return hashlib.sha256(deciding.encode()).hexdigest()[:12]


def _expanded(values: Mapping[str, object]) -> dict[str, object]:
    """With `~` in folders as the user's own, as a shell has it."""
    return {
        key: Path(value).expanduser() if key in _FOLDERS and isinstance(value, (str, Path)) else value
        for key, value in values.items()
    }


_FOLDERS = frozenset({"workspace", "cache"})


def load(
    flags: Mapping[str, object], *, environment: Mapping[str, str] = os.environ, folder: Path | None = None
) -> Settings:
    """Merges all sources. `flags` holds what the command line gave (None: not given); a relative path in the file
    is relative to the file. Raises BadInput.
    """
    file = (folder or Path.cwd()) / FILE
    merged = {**_from_file(file), **_from_environment(environment), **_given(flags)}
    try:
        return Settings.model_validate(_expanded(merged))
    except ValidationError as error:
        raise BadInput(" ".join(_explain(part["loc"], part["msg"]) for part in error.errors())) from error


def _given(flags: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in flags.items() if value is not None}


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    named = {
        name: value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value and name not in _NO_SETTINGS
    }
    for name in named:
        _refuse_unknown(name.removeprefix(PREFIX).lower(), f"The environment variable {name}")
    return {name.removeprefix(PREFIX).lower(): value for name, value in named.items()}


_NO_SETTINGS = frozenset({"CROSSCHECK_TOKENS"})
"""Secrets, which only `crosscheck serve` reads: they are no part of an answer and are never shown."""


def _from_file(file: Path) -> dict[str, object]:
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"{FILE} cannot be read ({error}). Mend it or move it away.") from error
    for key in values:
        _refuse_unknown(key, f"The key {key!r} in {FILE}")
    return {key: _relative_to(file.parent, key, value) for key, value in values.items()}


def _relative_to(folder: Path, key: str, value: object) -> object:
    return folder / Path(value).expanduser() if key in _FOLDERS and isinstance(value, str) and value else value


def _refuse_unknown(key: str, where: str) -> None:
    if key in Settings.model_fields:
        return
    near = get_close_matches(key, Settings.model_fields, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(Settings.model_fields))}."
    raise BadInput(f"{where} is no setting. {hint}")


def _explain(location: tuple[int | str, ...], message: str) -> str:
    return f"The setting {'.'.join(map(str, location))!r} is wrong: {message}."
