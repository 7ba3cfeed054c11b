"""`crosscheck doctor`."""

from __future__ import annotations

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE

app = options.new_app()


@app.command()
def doctor(workspace: options.Workspace = None, as_json: options.Json = False) -> None:
    """Check the workspace, and say how to mend what is wrong."""
    from assistant import wiring
    from assistant.summaries import checks_json, checks_text

    checks = wiring.examine(options.settings(workspace=workspace))
    typer.echo(checks_json(checks) if as_json else checks_text(checks))
    if not all(check.passed for check in checks):
        raise typer.Exit(FAILURE)
