"""`crosscheck restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options

app = options.new_app()


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `crosscheck backup` wrote.")],
    workspace: options.Workspace = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the workspace that is there.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Make a workspace from a backup, after everything in it was verified."""
    from assistant.backup_text import manifest_json, manifest_text
    from index.restore import restore as put_back
    from index.workspace import open_workspace

    folder = options.settings(workspace=workspace).workspace
    found = put_back(file, folder, replace=replace)
    with open_workspace(folder) as opened, opened.reading():
        pass  # the indexes are made here, so that the first question need not
    typer.echo(manifest_json(found) if as_json else manifest_text(found, done=f"Restored into {str(folder)!r}"))
