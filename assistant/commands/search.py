"""`crosscheck search`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import NOT_COVERED, say, style, width

app = options.new_app()


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What to look for, in quotation marks.")],
    workspace: options.Workspace = None,
    top_k: options.TopK = None,
    publisher: options.Publisher = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Show the passages nearest to some words, with their scores."""
    from assistant import render, wiring
    from assistant.summaries import hits_json

    asked = options.question(words, publisher=publisher, since=since, until=until, as_of=as_of, top_k=top_k)
    with wiring.opened(options.settings(workspace=workspace), notice=say) as desk:
        result = desk.search(asked)
    for warning in result.warnings:
        say(f"Note: {warning}")
    if result.hits or as_json:
        typer.echo(hits_json(result.hits) if as_json else render.hits(result.hits, width=width(), style=style()))
    if not result.hits:
        say("No passage was found.")
        raise typer.Exit(NOT_COVERED)
