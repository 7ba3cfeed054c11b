"""`crosscheck ingest`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say

app = options.new_app()


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to read.")],
    workspace: options.Workspace = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME=COLUMN", help="Own name of a row field, e.g. published=datum.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles that the paths no longer hold.")] = False,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model, by hub name or folder, for a new workspace.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Bring the workspace in line with files: add new articles, revise changed ones."""
    from assistant import flags, wiring
    from assistant.progress import shown_events
    from assistant.summaries import ingest_json, ingest_text, skipped_text

    gc.enable()
    settings = options.settings(workspace=workspace, encoder=encoder)
    mapping = flags.mapping(field or [])
    with shown_events(sys.stderr) as events:
        summary = wiring.ingest(settings, paths, fields=mapping, prune=prune, events=events, notice=say)
    for line in skipped_text(summary):
        say(line)
    typer.echo(ingest_json(summary) if as_json else ingest_text(summary))
