"""How commands print: data on stdout, sentences for people on stderr, in the width and colours of the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

FAILURE, NOT_COVERED = 1, 4
"""The codes themselves stand in `exit_codes`; importing that table costs what its exceptions cost."""


def say(text: str) -> None:
    """To people, not to a program that reads stdout. No name in it can steer the terminal."""
    from assistant.harmless import visible

    typer.echo(visible(text), err=True)


def json_of(value: BaseModel) -> str:
    """For programs; people may look at it too, so nothing in it steers a terminal, and the value is exact."""
    from assistant.harmless import in_json

    return in_json(value.model_dump_json(indent=2))


def width() -> int:
    """Columns to fill."""
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))


def watched() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def style() -> Callable[[str, str], str]:
    """Text and its role to the text as it is shown."""
    from assistant.render import plain

    if not watched() or os.environ.get("NO_COLOR"):
        return plain
    return lambda text, role: typer.style(text, **_STYLES[role])  # type: ignore[arg-type]


_STYLES: dict[str, dict[str, object]] = {
    "heading": {"bold": True},
    "quote": {"fg": "cyan"},
    "cue": {"fg": "cyan", "bold": True},
    "faint": {"dim": True},
    "warning": {"fg": "yellow"},
}
