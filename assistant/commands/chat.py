"""`crosscheck chat`. The one module that starts the chat; nothing else outside `tui` imports it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options

if TYPE_CHECKING:
    from assistant.wiring.desk import Desk
    from index.models import Summary
    from index.sync import Events

app = options.new_app()


@app.command()
def chat(
    workspace: options.Workspace = None,
    resume: Annotated[
        str | None, typer.Option(metavar="ID", help="Go on with an earlier conversation; the start of its id will do.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines of text instead of a screen: for screen readers and pipes.")
    ] = False,
) -> None:
    """Ask in a conversation, with the sources beside the answers."""
    from platformdirs import user_data_path

    from assistant import wiring

    gc.enable()  # a conversation may last all day
    settings = options.settings(workspace=workspace)
    sessions = user_data_path("crosscheck") / "sessions" / _named(settings.workspace)

    # `wiring` finds these when they are called: what opens a workspace is heavier than the first screen.
    def open_desk() -> AbstractContextManager[Desk]:
        return wiring.opened(settings)

    def ingest(paths: Sequence[Path], events: Events) -> Summary:
        return wiring.ingest(settings, paths, events=events)

    if plain or not _is_screen():
        from tui import plain as lines

        lines.run(open_desk, sessions=sessions, ingest=ingest, resume=resume)
        return
    from tui.app import ChatApp

    ChatApp(open_desk, workspace=settings.workspace, sessions=sessions, ingest=ingest, resume=resume).run()


def _named(workspace: Path) -> str:
    """A folder for the conversations about a workspace: what they cite is found in that one alone."""
    whole = workspace.resolve()
    return f"{whole.name}-{sha256(str(whole).encode(errors='surrogateescape')).hexdigest()[:8]}"


def _is_screen() -> bool:
    """Whether there is a terminal on both ends that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
