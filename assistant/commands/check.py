"""`crosscheck check`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import NOT_COVERED, json_of, say, style, width

app = options.new_app()


@app.command()
def check(
    statement: Annotated[str, typer.Argument(help="The statement, in quotation marks.")],
    workspace: options.Workspace = None,
    top_k: options.TopK = None,
    publisher: options.Publisher = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Say whether the articles support a statement, refute it, or neither, and show the sentences that do."""
    from assistant import check_text, wiring

    asked = options.question(statement, publisher=publisher, since=since, until=until, as_of=as_of, top_k=top_k)
    with wiring.opened(options.settings(workspace=workspace), notice=say) as desk:
        found = desk.check(asked)
    typer.echo(json_of(found) if as_json else check_text.check(found, width=width(), style=style()))
    if found.verdict == "not_enough_evidence":
        raise typer.Exit(NOT_COVERED)
