"""`crosscheck audit` and `crosscheck audit dismiss`."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import json_of, say, style, width

app = options.new_app("List the contradictions between articles, or dismiss one.")


@app.callback(invoke_without_command=True)
def audit(
    context: typer.Context,
    workspace: options.Workspace = None,
    limit: Annotated[int, typer.Option(min=1, help="Contradictions to show.")] = 30,
    kind: Annotated[str | None, typer.Option("--type", help="Only this type: number, date, polarity, ...")] = None,
    as_json: options.Json = False,
) -> None:
    """List the contradictions between articles, the firmest first. What was compared once is remembered."""
    if context.invoked_subcommand:
        return
    from assistant import audit_text, flags, wiring
    from assistant.progress import shown_audit

    gc.enable()
    wanted = flags.conflict_type("--type", kind)
    with shown_audit(sys.stderr) as events:
        found = wiring.audit(options.settings(workspace=workspace), events=events, kind=wanted, limit=limit)
    typer.echo(json_of(found) if as_json else audit_text.audit(found, width=width(), style=style()))


@app.command("dismiss")
def dismiss(
    conflict: Annotated[str, typer.Argument(metavar="ID", help="As the audit shows it: x-...")],
    reason: Annotated[str, typer.Option(help="Why this is no contradiction.")],
    workspace: options.Workspace = None,
) -> None:
    """Leave a contradiction out of every later audit, whatever is ingested meanwhile."""
    from assistant import wiring

    wiring.dismiss(options.settings(workspace=workspace), conflict, reason)
    say(f"Dismissed {conflict}.")
