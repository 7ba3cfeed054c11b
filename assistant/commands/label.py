"""`crosscheck label`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say, style, watched

app = options.new_app()


@app.command()
def label(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of articles.")], as_json: options.Json = False
) -> None:
    """Say of every sentence who vouches for it and how firmly: one JSON object an article where nobody watches."""
    from assistant import label_command, wiring
    from corpus.models import Skipped

    gc.enable()
    shown = watched() and not as_json
    for found in label_command.labelled(paths, label=wiring.labeller()):
        if isinstance(found, Skipped):
            say(label_command.skipped(found))
        else:
            typer.echo(label_command.as_text(found, style=style()) if shown else label_command.as_json(found))
