"""How a typed command may go on: names of commands, days, publishers, conversations, paths. Looks at folders only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from assistant.errors import BadInput
from tui.scopes import OFF, day
from tui.slash import ALSO, BY_NAME, COMMANDS, About, is_command, named

_MOST = 8
_ENTRIES = 5_000
"""Entries of a folder that are looked at: completing must stay quick in a folder of a million files."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The whole line as it would be, and what that means."""

    line: str
    about: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What arguments are completed from."""

    publishers: Sequence[str]
    sessions: Sequence[str]
    folder: Path
    today: date


def completions(
    line: str,
    *,
    publishers: Sequence[str] = (),
    sessions: Sequence[str] = (),
    folder: Path | None = None,
    today: date | None = None,
) -> tuple[Completion, ...]:
    """At most eight ways in which a command may go on, the likeliest first; none for what is no command."""
    start = line.lstrip()
    if start != "/" and not is_command(start):
        return ()
    name, space, argument = start[1:].partition(" ")
    if not space:
        return tuple(islice(_names(name.casefold()), _MOST))
    known = _Known(publishers, sessions, folder or Path.cwd(), today or date.today())
    try:
        about = BY_NAME[named(name)]
    except BadInput:
        return ()
    going_on = _ARGUMENTS.get(about.takes)
    return tuple(islice(going_on(about, argument.lstrip(), known), _MOST)) if going_on else ()


def _names(typed: str) -> Iterator[Completion]:
    """Those that begin so, then those of which another name does."""
    for about in COMMANDS:
        if about.name.startswith(typed):
            yield Completion(f"/{about.name}{' ' if about.takes else ''}", about.about)
    for other, name in ALSO.items():
        if typed and other.startswith(typed) and not name.startswith(typed):
            yield Completion(f"/{name}{' ' if BY_NAME[name].takes else ''}", BY_NAME[name].about)


def _days(about: About, typed: str, known: _Known) -> Iterator[Completion]:
    ago = ((0, "today"), (1, "yesterday"), (7, "a week ago"), (30, "30 days ago"), (365, "a year ago"))
    for days, words in ago:
        when = known.today - timedelta(days=days)
        if when.isoformat().startswith(typed):
            yield Completion(f"/{about.name} {when}", f"{words}, {day(when)}")
    if OFF.startswith(typed.casefold()):
        yield Completion(f"/{about.name} {OFF}", "lift it")


def _publishers(about: About, typed: str, known: _Known) -> Iterator[Completion]:
    """Completes the last of several; names that begin so come before those that hold the words elsewhere."""
    before, semicolon, last = typed.rpartition(";")
    chosen = f"{before}{semicolon} " if semicolon else ""
    taken = {name.strip().casefold() for name in before.split(";")}
    left = [name for name in known.publishers if name.casefold() not in taken]
    for name in _alike(left, last.strip()):
        yield Completion(f"/{about.name} {chosen}{name}", "only this publisher" if not chosen else "this one, too")
    if not chosen and OFF.startswith(last.casefold()):
        yield Completion(f"/{about.name} {OFF}", "all publishers")


def _alike(names: Iterable[str], typed: str) -> list[str]:
    part = typed.casefold()
    held = [name for name in names if part in name.casefold()]
    return sorted(held, key=lambda name: not name.casefold().startswith(part))


def _sessions(about: About, typed: str, known: _Known) -> Iterator[Completion]:
    for session in known.sessions:
        if session.startswith(typed):
            yield Completion(f"/{about.name} {session}", "an earlier conversation")


def _paths(about: About, typed: str, known: _Known) -> Iterator[Completion]:
    """To save, folders and the two forms of the name; to ingest, whatever is there."""
    saving = about.name == "save"
    if saving and typed and not typed.endswith((os.sep, ".md", ".jsonl")):
        stem = typed.removesuffix(".")
        yield Completion(f"/save {stem}.md", "as Markdown, to read")
        yield Completion(f"/save {stem}.jsonl", "as JSON lines, for programs")
    for path, is_folder in _entries(typed, known.folder):
        if is_folder or not saving:
            yield Completion(f"/{about.name} {path}{os.sep if is_folder else ''}", "folder" if is_folder else "file")


def _entries(typed: str, folder: Path) -> list[tuple[str, bool]]:
    """What a folder holds that begins as typed, and whether it is a folder; hidden ones only where a dot was typed."""
    before, slash, start = typed.rpartition(os.sep)
    try:
        with os.scandir(folder / os.path.expanduser(before + slash)) as found:
            entries = [(entry.name, entry.is_dir()) for entry in islice(found, _ENTRIES)]
    except (OSError, ValueError):
        return []
    fit = [one for one in entries if one[0].startswith(start) and (start.startswith(".") or one[0][0] != ".")]
    return [(f"{before}{slash}{name}", is_folder) for name, is_folder in sorted(fit)]


_ARGUMENTS: dict[str, Callable[[About, str, _Known], Iterator[Completion]]] = {
    "DAY": _days,
    "NAME": _publishers,
    "ID": _sessions,
    "PATH": _paths,
}
