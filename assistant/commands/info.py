"""`crosscheck info`."""

from __future__ import annotations

import typer

from assistant.commands import options

app = options.new_app()


@app.command()
def info(workspace: options.Workspace = None, as_json: options.Json = False) -> None:
    """What is in the workspace: articles, passages, model, sizes, generation."""
    from assistant.summaries import facts, facts_json, facts_text
    from index.workspace import open_workspace

    with open_workspace(options.settings(workspace=workspace).workspace) as opened:
        found = facts(opened)
    typer.echo(facts_json(found) if as_json else facts_text(found))
