"""Slash commands: which there are, what a typed one means, and how it may go on. Pure but for looking at folders.

What a command does is the front's: the application and the plain mode both read them here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, cast, get_args

from assistant.errors import BadInput
from tui.scopes import bounded, published_by
from tui.state import Scope

Name = Literal[
    "as-of", "since", "until", "publisher", "filters", "everything", "conflicts", "timeline", "sources", "next",
    "previous", "typed", "copy", "save", "sessions", "resume", "forget", "new", "ingest", "open", "theme", "help",
    "quit",
]  # fmt: skip
Takes = Literal["", "DAY", "NAME", "PATH", "ID", "NUMBER"]


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants done."""

    name: Name
    argument: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """A command as help shows it."""

    name: Name
    takes: Takes
    about: str
    example: str = ""
    """An argument, to show how one is written."""
    needed: bool = False
    """Whether it does nothing without an argument."""


COMMANDS: tuple[About, ...] = (
    About("as-of", "DAY", "Answer as things stood on a day; “off” for today", "2026-03-01"),
    About("since", "DAY", "Only articles published on a day or later; “off” for any", "2026-01-01"),
    About("until", "DAY", "Only articles published on a day or earlier; “off” for any", "2026-06-30"),
    About("publisher", "NAME", "Only these publishers, a semicolon between two; “off” for all", "Pelham Wire"),
    About("filters", "", "Set days and publishers in one place"),
    About("everything", "", "Lift all filters"),
    About("conflicts", "", "Show only what contradicts what, or everything again"),
    About("timeline", "", "The articles of the story by date"),
    About("sources", "", "Show the sources, or hide them"),
    About("next", "", "Go to the next citation"),
    About("previous", "", "Go to the previous citation"),
    About("open", "NUMBER", "Open a cited article, the current one unless you name another", "2"),
    About("typed", "", "Ask the last question again exactly as you typed it"),
    About("copy", "", "Copy the last answer with its sources, as Markdown"),
    About("save", "PATH", "Save the conversation as Markdown or JSON lines", "talks.md", needed=True),
    About("sessions", "", "List earlier conversations"),
    About("resume", "ID", "Go on with an earlier conversation", "20261122"),
    About("forget", "ID", "Delete an earlier conversation for good", "20261122", needed=True),
    About("new", "", "Begin a new conversation"),
    About("ingest", "PATH", "Bring articles in from a file or a folder", "~/clippings", needed=True),
    About("theme", "", "Change between dark and light"),
    About("help", "", "Keys and commands"),
    About("quit", "", "Leave; the conversation is kept"),
)
"""In the order in which help shows them."""

ALSO: Mapping[str, Name] = {"clear-filters": "everything", "exit": "quit", "prev": "previous", "plain": "typed"}
"""Other names under which people look for them."""

BY_NAME: Mapping[str, About] = {about.name: about for about in COMMANDS}
_COMMAND = re.compile(r"/(?P<name>[a-z?][\w-]*)(?:\s+(?P<argument>.*))?", re.IGNORECASE | re.DOTALL)
_NOUNS: Mapping[Takes, str] = {"PATH": "a file or folder", "ID": "the id of a conversation", "NUMBER": "a number"}


def usage(about: About) -> str:
    """How it is written, shown rather than described: `/as-of 2026-03-01`."""
    return f"/{about.name} {about.example}".rstrip()


def is_command(line: str) -> bool:
    """Whether a line begins like a command: a slash and a letter."""
    return re.match(r"\s*/[a-z?]", line, re.IGNORECASE) is not None


def parsed(line: str) -> Command:
    """What a typed command means; a beginning of its name is enough where no other begins so.

    Raises BadInput with the nearest command for what is none, and with an example for a wrong argument.
    """
    found = _COMMAND.fullmatch(line.strip())
    if found is None:
        raise BadInput(f"{line.strip()[:40]!r} is no command. All commands: /help")
    about = BY_NAME[named(found["name"])]
    argument = _unquoted((found["argument"] or "").strip())
    _check(about, argument)
    return Command(about.name, argument)


def named(typed: str) -> Name:
    """The command of that name or beginning. Raises BadInput."""
    name = typed.casefold()
    if name in BY_NAME or name in ALSO:
        return ALSO.get(name) or cast("Name", name)
    meant = sorted({ALSO.get(known) or known for known in (*BY_NAME, *ALSO) if known.startswith(name)})
    if len(meant) == 1:
        return cast("Name", meant[0])
    if meant:
        raise BadInput(f"/{typed} could be {' or '.join(f'/{one}' for one in meant)}. Type more of it.")
    near = get_close_matches(name, [*BY_NAME, *ALSO], n=1, cutoff=0.5)
    hint = f"Did you mean /{near[0]}?" if near else "All commands: /help"
    raise BadInput(f"There is no command /{typed}. {hint}")


def _unquoted(argument: str) -> str:
    """Without the quotation marks that a shell would have needed."""
    quoted = len(argument) > 1 and argument[0] == argument[-1] and argument[0] in "\"'"
    return argument[1:-1] if quoted else argument


def _check(about: About, argument: str) -> None:
    if argument and not about.takes:
        raise BadInput(f"/{about.name} takes nothing after it, and you typed {argument[:40]!r}. Write /{about.name}")
    if about.needed and not argument:
        raise BadInput(f"/{about.name} needs {_NOUNS[about.takes]}. Write e.g. /{about.name} {about.example}")
    if about.takes == "NUMBER" and argument and number(argument) is None:
        raise BadInput(f"/{about.name} takes a number, and {argument[:40]!r} is none. Write e.g. /{about.name} 2")


def number(argument: str) -> int | None:
    """`2` or `[2]`; None for anything else."""
    digits = argument.removeprefix("[").removesuffix("]")
    return int(digits) if re.fullmatch(r"[1-9]\d{0,5}", digits, re.ASCII) else None


def scoped(command: Command, scope: Scope) -> Scope | None:
    """The scope that a command makes of the present one; None for a command that is about something else.

    Raises BadInput for a day that is none, or that leaves nothing to find.
    """
    if command.name in ("as-of", "since", "until"):
        return bounded(scope, command.name, command.argument)
    if command.name == "publisher":
        return published_by(scope, command.argument)
    return Scope() if command.name == "everything" else None


assert set(BY_NAME) == set(get_args(Name)), "every command is described"
