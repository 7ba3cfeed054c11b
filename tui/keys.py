"""The keys of the chat: one table for the bindings, the line at the bottom, the command palette and the help."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """A key, the action it runs, and what it is called where there is little room and where there is more."""

    key: str
    shown: str
    action: str
    label: str
    about: str
    priority: bool = True
    """Whether it acts wherever the focus is, rather than only in the conversation."""


KEYS: tuple[Key, ...] = (
    Key("f1", "F1", "help", "Help", "Keys and commands"),
    Key("f2", "F2", "sources", "Sources", "Show the sources, or hide them"),
    Key("ctrl+n", "^n", "next_citation", "Next", "Go to the next citation"),
    Key("ctrl+b", "^b", "previous_citation", "Back", "Go to the previous citation"),
    Key("ctrl+g", "^g", "conflicts", "Conflicts", "Show only what contradicts what, or everything again"),
    Key("ctrl+t", "^t", "timeline", "Timeline", "The articles of the story by date"),
    Key("f5", "F5", "as_of", "As of", "Answer as things stood on a day"),
    Key("f6", "F6", "filters", "Filters", "Only some publishers, or some days"),
    Key("ctrl+y", "^y", "copy_answer", "Copy", "Copy the answer with its sources, as Markdown"),
    Key("ctrl+o", "^o", "open", "Open", "Open the article in the browser, or in the pager where it has no address"),
    Key("ctrl+l", "^l", "read", "Read", "Read the whole article in the pager"),
    Key("ctrl+s", "^s", "save", "Save", "Save the conversation as Markdown or JSON lines"),
    Key("ctrl+r", "^r", "sessions", "Sessions", "Go on with an earlier conversation"),
    Key("f7", "F7", "ingest", "Ingest", "Bring articles in from a file or a folder"),
    Key("f8", "F8", "typed", "As typed", "Ask the last question again exactly as you typed it"),
    Key("f9", "F9", "new", "New", "Begin a new conversation"),
    Key("f10", "F10", "theme", "Theme", "Change between dark and light"),
    Key("pageup", "PgUp", "scroll_up", "Up", "Scroll the conversation up", priority=False),
    Key("pagedown", "PgDn", "scroll_down", "Down", "Scroll the conversation down", priority=False),
    Key(
        "escape",
        "Esc",
        "stop",
        "Stop",
        "Stop the question that runs; the words come back to the prompt",
        priority=False,
    ),
    Key("ctrl+q", "^q", "quit", "Quit", "Leave; the conversation is kept"),
)

FOOTER = ("f1", "f2", "ctrl+n", "ctrl+b", "ctrl+g", "ctrl+t", "f5", "f6", "ctrl+y", "ctrl+o", "ctrl+s", "ctrl+r", "f7",
          "ctrl+l", "ctrl+q")  # fmt: skip
"""Those that the line at the bottom shows, the most wanted first: it takes as many as fit."""

EVERYWHERE = frozenset({"quit", "command_palette", "change_theme", "cite"})
"""Actions that a dialog leaves alone: all others are not for while one is open."""
WITH_SOURCES = frozenset({"next_citation", "previous_citation", "open", "read", "copy_answer", "theme"})
"""Actions that the sources on a screen of their own have, too."""


def bindings() -> list[Binding]:
    """As Textual wants them."""
    return [
        Binding(key.key, key.action, key.label, show=False, priority=key.priority, tooltip=key.about) for key in KEYS
    ]


def as_pairs() -> tuple[tuple[str, str], ...]:
    """Each key as people write it, with what it does."""
    return (*((key.shown, key.about) for key in KEYS), ("^p", "Everything that can be done, to search and pick from"))
