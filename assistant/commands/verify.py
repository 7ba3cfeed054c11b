"""`crosscheck verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, json_of

app = options.new_app()


@app.command()
def verify(
    answers: Annotated[
        Path, typer.Argument(help="Answers of earlier: records of a batch, or what --json printed; - reads them.")
    ],
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Check every citation of earlier answers against the articles as they are kept now; fail if one does not hold."""
    from assistant.evaluating import quoting, verifying, verifying_text
    from assistant.lines import opened_lines
    from index.workspace import open_workspace

    folder = options.settings(workspace=workspace).workspace
    with opened_lines(answers) as lines, open_workspace(folder) as opened, opened.viewing() as view:
        found = verifying.verify(lines, look=quoting.kept_in(view), generation=view.generation)
    typer.echo(json_of(found) if as_json else verifying_text.verified(found))
    if not found.passed:
        raise typer.Exit(FAILURE)
