"""`crosscheck watch`."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say

if TYPE_CHECKING:
    from assistant.wiring.watching import News

app = options.new_app()


@app.command()
def watch(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to keep the workspace in line with.")],
    workspace: options.Workspace = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME=COLUMN", help="Own name of a row field, e.g. published=datum.")
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune/--keep", help="Whether articles go when the paths no longer hold them.")
    ] = True,
    polling: Annotated[
        bool, typer.Option("--poll", help="Look again and again, where the file system gives no notice of changes.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Ingest, then keep the workspace in line with the files until it is stopped (Ctrl+C)."""
    from assistant import flags
    from assistant.progress import shown_events
    from assistant.watch_text import news_json, news_text
    from assistant.wiring.watching import Order, watch

    gc.enable()
    line = news_json if as_json else news_text

    def tell(news: News) -> None:
        typer.echo(line(news))
        sys.stdout.flush()

    order = Order(paths=paths, fields=flags.mapping(field or []), prune=prune, polling=polling)
    progress = partial(shown_events, sys.stderr)
    watch(options.settings(workspace=workspace), order, tell=tell, progress=progress, notice=say)
