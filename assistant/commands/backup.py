"""`crosscheck backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options

app = options.new_app()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write.")],
    workspace: options.Workspace = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: options.Json = False,
) -> None:
    """Write the workspace to one file, whole or not at all; others may read and write meanwhile."""
    from assistant.backup_text import manifest_json, manifest_text
    from index.backup import backup as make

    settings = options.settings(workspace=workspace)
    made = make(settings.workspace, file, force=force)
    typer.echo(manifest_json(made) if as_json else manifest_text(made, done=f"Backed up to {str(file)!r}"))
