"""The chat without a screen: lines in, lines out, for screen readers, simple terminals and pipes.

It asks, understands commands and keeps conversations through the same modules as the screen. No cursor is moved and
nothing is coloured. Imports nothing of Textual.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from assistant.errors import BadInput
from tui import plain_commands, slash
from tui.conversation import understood
from tui.failures import is_missing, sentence
from tui.keeper import OpenDesk
from tui.plain_chat import PlainChat, Write
from tui.plain_reading import Read, reader
from tui.reporting import Ingest
from tui.sessions import SessionError


def run(
    open_desk: OpenDesk,
    *,
    sessions: Path,
    read: Read | None = None,
    write: Write | None = None,
    ingest: Ingest | None = None,
    resume: str | None = None,
) -> None:
    """Asks until the input ends. What goes wrong with a question or a command is said, and the chat goes on.

    `resume` names an earlier conversation to go on with. Without `read`, lines come from the keyboard, where Tab
    completes commands, or from a pipe; without `write`, they go to stdout.
    """
    with ExitStack() as stack:
        chat = PlainChat(lambda: stack.enter_context(open_desk()), folder=sessions, write=write or _say, ingest=ingest)
        greet(chat)
        if resume is not None:
            take(chat, f"/resume {resume}")
        _loop(chat, read or reader(publishers=lambda: chat.publishers, sessions=sessions))


_say = partial(print, flush=True)


def _loop(chat: PlainChat, read: Callable[[str], str]) -> None:
    while not chat.over:
        try:
            take(chat, read("\nQuestion: "))
        except EOFError:
            return
        except KeyboardInterrupt:
            chat.write("\nStopped. To leave, type /quit or press Ctrl-D.")


def greet(chat: PlainChat) -> None:
    """Says what there is to ask. A workspace that is missing is no reason to leave: one can be made here."""
    try:
        standing = chat.desk().standing()
    except Exception as error:
        chat.write(sentence(error))
        if is_missing(error):
            chat.write(plain_commands.BEGINNING)
    else:
        chat.write(f"Crosscheck: {standing.articles:,} articles. Type a question, or /help.")


def take(chat: PlainChat, line: str) -> None:
    """One typed line: a command, a question, or nothing."""
    try:
        if slash.is_command(line):
            plain_commands.do(chat, slash.parsed(line))
        elif line.strip():
            chat.ask(understood(line, chat.exchanges, chat.scope))
    except (BadInput, SessionError) as error:
        chat.write(str(error))
    except Exception as error:
        chat.write(sentence(error))
