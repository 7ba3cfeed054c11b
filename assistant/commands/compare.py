"""`crosscheck compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, say

app = options.new_app()


@app.command()
def compare(
    pairs: Annotated[Path, typer.Argument(help="JSON lines with a and b, each with a text; - reads standard input.")],
) -> None:
    """Say of pairs of statements whether they conflict, agree, or neither, and why: one JSON object a line."""
    from assistant import wiring
    from assistant.compare_command import BadLine, compared
    from assistant.lines import opened_lines

    failed = False
    with opened_lines(pairs) as lines:
        comparing, stated = wiring.comparing(options.settings())
        for found in compared(lines, compare=comparing, stated=stated):
            if isinstance(found, BadLine):
                failed = True
                say(f"Line {found.line} is left out: {found.reason}.")
            else:
                typer.echo(found)
    if failed:
        raise typer.Exit(FAILURE)
