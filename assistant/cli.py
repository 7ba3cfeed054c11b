"""The command line, the outermost ring: which commands there are, and what becomes of an error.

stdout is data, stderr is for people. Each command stands in a module of `commands`, and only the one that runs is
imported, so that `--help` and a question load nothing they do not use.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

# Looking for pydantic's plugins, of which there are none here, would take every question 10 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
# numpy's own threads have nothing to do here, and one of them would spin on the second core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click import Command, Context

_COMMANDS = {
    "ingest": "Bring the workspace in line with files.",
    "watch": "Keep the workspace in line with a folder as it changes.",
    "ask": "Answer a question in sentences from the articles.",
    "batch": "Answer a file of questions, and go on where it was stopped.",
    "check": "Say whether the articles support a statement or refute it.",
    "chat": "Ask in a conversation, with the sources beside the answers.",
    "search": "Show the passages nearest to some words.",
    "origins": "Show which articles go back to the same source.",
    "label": "Say of every sentence who vouches for it, and how firmly.",
    "compare": "Say of pairs of statements whether they conflict or agree.",
    "info": "Show what is in the workspace.",
    "doctor": "Check the workspace, or mend what is wrong.",
    "backup": "Write the workspace to one file.",
    "restore": "Make a workspace from a backup.",
    "articles": "List, show or remove articles, or tell how one changed.",
    "audit": "List the contradictions between articles, or dismiss one.",
    "eval": "Say how good the answers are where it is known what to expect.",
    "verify": "Check the citations of earlier answers against the articles.",
    "serve": "Answer over HTTP, for programs and on a page for people.",
    "mcp": "Serve programs that speak the Model Context Protocol.",
}
"""Each the name of its module, in the order in which `--help` shows them, with what it says of them."""

_EPILOG = (
    "Exit codes: 0 done or answered, 1 failure, 2 bad input, 3 no workspace, 4 nothing in the articles covers "
    "the question, 130 interrupted."
)


class _Commands(TyperGroup):
    """Lists stand-ins, and imports the command that runs: building all of them would take 10 ms."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Raises UsageError for a name that no command has."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, get_command(import_module(f"assistant.commands.{name}").app), rest


app = _Commands(
    name="crosscheck",
    commands=[TyperCommand(name, help=about) for name, about in _COMMANDS.items()],
    help="Ask a folder of articles, and see the sources.",
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
)


def main() -> NoReturn:
    """Runs a command and turns what went wrong into a sentence and an exit code.

    Typer itself answers wrong usage (2), an interruption (130) and a reader of the pipe that went away.
    """
    # A question ends within a second and leaves no garbage worth looking for; ingest turns the collector on again.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = 0
    try:
        app()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except Exception as error:
        code = _report(error)
    _end(code)


def _end(code: int) -> NoReturn:
    """Ends at once. Everything is closed by now, and taking models apart piece by piece would take 60 ms."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _report(error: Exception) -> int:
    from assistant.commands.output import say
    from assistant.exit_codes import Exit, code_of

    code = code_of(error)
    if code is None:
        say("".join(traceback.format_exception(error)))
        say("Crosscheck failed in a way nobody foresaw. Please report the lines above.")
        return Exit.FAILURE
    say(str(error))
    return code
