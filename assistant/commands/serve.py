"""`crosscheck serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say

app = options.new_app()

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@app.command()
def serve(
    workspace: options.Workspace = None,
    host: Annotated[str, typer.Option(help="Address to listen on; any but this machine's own needs a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    token_file: Annotated[
        Path | None, typer.Option(help="File of bearer tokens, one a line. [also: env CROSSCHECK_TOKENS]")
    ] = None,
    allow_writing: Annotated[bool, typer.Option("--allow-writing", help="Let articles be added and removed.")] = False,
    cors: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="Let pages of this origin ask; may be repeated.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Without tokens: also answer to this name, such as a proxy's."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Requests at work at the same time.")] = 16,
    waiting: Annotated[int, typer.Option(min=0, help="Requests that may wait; past that, 503.")] = 64,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a request may take.")] = 30.0,
    drain: Annotated[float, typer.Option(min=0, help="Seconds to finish in when stopped.")] = 30.0,
    rate: Annotated[int, typer.Option(min=0, help="Requests of one client in a minute; 0 for any number.")] = 600,
    log_questions: Annotated[bool, typer.Option("--log-questions", help="Write into the log what was asked.")] = False,
    log_file: Annotated[Path | None, typer.Option(help="File for the log instead of stderr.")] = None,
) -> None:
    """Answer over HTTP, for programs and on a page for people."""
    import gc
    import os
    from functools import partial

    from assistant import wiring
    from assistant.http import server, tokens
    from assistant.http.options import ServerOptions
    from index.workspace import open_workspace

    settings = options.settings(workspace=workspace)
    known = tokens.read(token_file, os.environ)
    tokens.refuse_open(host, known)
    with open_workspace(settings.workspace):
        pass  # nobody is told to ask where there is no workspace
    chosen = ServerOptions(
        host=host,
        port=port,
        tokens=known,
        writing=allow_writing,
        cors=tuple(_origin(one) for one in cors or ()),
        hosts=() if known else (*_LOOPBACK, host, *(allow_host or ())),
        log_questions=log_questions,
        workers=workers,
        waiting=waiting,
        timeout=timeout,
        drain=drain,
        per_minute=rate,
        log_file=log_file,
    )
    gc.enable()  # a server lives long
    server.serve(chosen, partial(wiring.opened, settings, notice=say), say=say)


def _origin(given: str) -> str:
    """As a browser writes it. Raises BadInput."""
    from urllib.parse import urlsplit

    from assistant.errors import BadInput

    parts = urlsplit(given)
    if given == "*" or (parts.scheme in ("http", "https") and given == f"{parts.scheme}://{parts.netloc}"):
        return given
    raise BadInput(f"{given!r} is no origin. Write it as https://example.org, without a path.")
