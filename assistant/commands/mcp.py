"""`crosscheck mcp`."""

from __future__ import annotations

import gc

from assistant.commands import options
from assistant.commands.output import say

app = options.new_app()


@app.command()
def mcp(workspace: options.Workspace = None) -> None:
    """Answer programs that speak the Model Context Protocol, over standard input and output, until they close it."""
    from contextlib import ExitStack

    import assistant.mcp
    from assistant import wiring
    from assistant.wiring.once import Once

    settings = options.settings(workspace=workspace)
    gc.enable()  # a command that runs for days collects its garbage
    with ExitStack() as open_until_the_end:
        assistant.mcp.serve(Once(lambda: open_until_the_end.enter_context(wiring.opened(settings, notice=say))))
