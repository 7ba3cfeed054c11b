"""`crosscheck origins`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say, watched

app = options.new_app()


@app.command()
def origins(
    workspace: options.Workspace = None,
    everything: Annotated[bool, typer.Option("--all", help="Also show origins of a single article.")] = False,
    as_json: options.Json = False,
) -> None:
    """Which articles go back to the same source, and why: all as JSON, one object a line, where nobody watches."""
    from assistant.summaries import origin_json, origin_text
    from index.workspace import open_workspace

    with open_workspace(options.settings(workspace=workspace).workspace) as opened, opened.viewing() as view:
        found, known = view.origins(), view.origins_known
    if not known:
        say("Note: not every article's origin is known yet; the next ingest, of whatever, finds them.")
    seen = watched() and not as_json
    for origin in found:
        if everything or not seen or len(origin.articles) > 1:
            typer.echo(origin_text(origin) if seen else origin_json(origin))
