"""`crosscheck doctor`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, say

if TYPE_CHECKING:
    from assistant.settings import Settings

app = options.new_app()


@app.command()
def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what is damaged: save what can be saved, make the rest anew.")
    ] = False,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Check the workspace, and say how to mend what is wrong; or mend it."""
    from assistant import wiring
    from assistant.summaries import checks_json, checks_text

    settings = options.settings(workspace=workspace)
    if repair:
        _repair(settings, as_json=as_json)
        return
    checks = wiring.examine(settings)
    typer.echo(checks_json(checks) if as_json else checks_text(checks))
    if not all(check.passed for check in checks):
        raise typer.Exit(FAILURE)


def _repair(settings: Settings, *, as_json: bool) -> None:
    from assistant import wiring
    from assistant.progress import shown_events
    from assistant.repair_text import repaired_json, repaired_text
    from assistant.summaries import checks_text
    from assistant.wiring.mending import mend

    gc.enable()
    with shown_events(sys.stderr) as events:
        done, audit = mend(settings, events=events, notice=say)
    checks = wiring.examine(settings)
    if as_json:
        typer.echo(repaired_json(done, checks, settings.workspace, audit=audit))
    else:
        typer.echo(f"{repaired_text(done, settings.workspace, audit=audit)}\n\n{checks_text(checks)}")
    if done.lost or not all(check.passed for check in checks):
        raise typer.Exit(FAILURE)
