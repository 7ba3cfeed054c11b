"""What a typed command does in the chat: a table from names to what the keys do, and the few that take an argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.errors import BadInput
from tui import slash
from tui.slash import Command, is_command

if TYPE_CHECKING:
    from tui.app import ChatApp

__all__ = ["is_command", "run"]

_ACTIONS: Mapping[slash.Name, str] = {
    "filters": "filters",
    "conflicts": "conflicts",
    "timeline": "timeline",
    "sources": "sources",
    "next": "next_citation",
    "previous": "previous_citation",
    "typed": "typed",
    "copy": "copy_answer",
    "sessions": "sessions",
    "new": "new",
    "theme": "theme",
    "help": "help",
    "quit": "quit",
}
"""Commands that are keys by another name."""


async def run(app: ChatApp, line: str) -> None:
    """Does what a line says; where it says nothing that can be done, it comes back with a sentence that says why."""
    try:
        command = slash.parsed(line)
        scope = slash.scoped(command, app.bounding.scope)
    except BadInput as error:
        app.prompt.put(line)
        app.notify(str(error), severity="error", markup=False)
        return
    if scope is not None:
        app.bounding.bound(scope)
    elif command.name in _ACTIONS:
        await app.run_action(_ACTIONS[command.name])
    else:
        _WITH_ARGUMENT[command.name](app, command)


def _open(app: ChatApp, command: Command) -> None:
    app.looking.open(slash.number(command.argument) if command.argument else None, browser=True)


def _resume(app: ChatApp, command: Command) -> None:
    if command.argument:
        app.resuming.resume(command.argument)
    else:
        app.resuming.list_all()


def _forget(app: ChatApp, command: Command) -> None:
    from tui.sessions import SessionError

    try:
        app.resuming.forget(command.argument)
    except SessionError as error:
        app.notify(str(error), severity="error", markup=False)
    else:
        app.notify(f"Deleted the conversation {command.argument}.", markup=False)


def _save(app: ChatApp, command: Command) -> None:
    if app.looking.exchange():
        app.resuming.save(command.argument)


_WITH_ARGUMENT: Mapping[slash.Name, Callable[[ChatApp, Command], None]] = {
    "open": _open,
    "save": _save,
    "resume": _resume,
    "forget": _forget,
    "ingest": lambda app, command: app.opening.bring_in(command.argument),
}
