"""Where the lines of the plain mode come from: the keyboard, where Tab completes commands, or a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.harmless import visible
from tui.completing import completions
from tui.sessions import listed

Read = Callable[[str], str]
"""A prompt to the line that was typed. Raises EOFError at the end."""


def reader(*, publishers: Callable[[], Sequence[str]], sessions: Path) -> Read:
    """Of the input that there is."""
    if not sys.stdin.isatty():
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        return piped
    _complete(publishers, sessions)
    return input


def piped(prompt: str) -> str:
    """A line of a pipe, said again, so that what comes out can be read by itself."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    print(f"{prompt}{line.rstrip()}", flush=True)  # noqa: T201 - what is typed at a terminal stands there as well
    return line


def _complete(publishers: Callable[[], Sequence[str]], sessions: Path) -> None:
    """Tab goes on with a command. Some Pythons come without readline; then there is no Tab."""
    try:
        import readline
    except ImportError:
        return

    def lines() -> Sequence[str]:
        ids = [line.id for line in listed(sessions)]
        known = [name for name in publishers() if visible(name) == name]  # others cannot be typed either
        return [one.line for one in completions(readline.get_line_buffer(), publishers=known, sessions=ids)]

    readline.set_completer_delims("")
    readline.set_completer(Completer(lines))
    readline.parse_and_bind("tab: complete")


class Completer:
    """What readline asks, one after the other, until there is none left."""

    def __init__(self, lines: Callable[[], Sequence[str]]) -> None:
        self._lines = lines
        self._found: Sequence[str] = ()

    def __call__(self, _: str, state: int) -> str | None:
        if state == 0:
            self._found = self._lines()
        return self._found[state] if state < len(self._found) else None
