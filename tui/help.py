"""The keys, the commands and what the badges mean, on a screen of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.shown_words import MEANING, STATUS
from tui.modal import Frame
from tui.slash import COMMANDS, usage


class HelpScreen(ModalScreen[None]):
    """Scrolls; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q", "dismiss(None)", "Close")]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    HelpScreen .rows { padding: 0 1; }
    """

    def __init__(self, keys: Sequence[tuple[str, str]] = ()) -> None:
        """Each key as it is shown, and what it does."""
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        commands = [(usage(about), about.about) for about in COMMANDS]
        badges = [(STATUS[status], meaning) for status, meaning in MEANING.items()]
        with Frame("Help", "↑ ↓ scroll · Esc closes"), VerticalScroll():
            yield Static(_INTRODUCTION, classes="rows", markup=False)
            for title, rows in (("Keys", self._keys), ("Commands", commands), ("What the badges mean", badges)):
                if rows:
                    yield Static(Content.styled(f"\n{title}", "bold $text-primary"), classes="rows")
                    yield from (_Row(*row) for row in rows)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


_INTRODUCTION = (
    "Type a question and press Enter. Ask on as you would in a conversation: “and how much memory does it have?” is "
    "understood in the light of what you asked before, and you are shown what was asked. A slash begins a command; "
    "Tab completes it, and a beginning is enough where no other command begins so."
)


class _Row(Static):
    """What is pressed or typed, and beside it what that does; the second wraps in a column of its own."""

    DEFAULT_CSS = """
    _Row { layout: horizontal; height: auto; padding: 0 1; }
    _Row > .left { width: 24; color: $text-accent; }
    _Row > .right { width: 1fr; }
    """

    def __init__(self, left: str, right: str) -> None:
        super().__init__()
        self._texts = left, right

    def compose(self) -> ComposeResult:
        left, right = self._texts
        yield Static(left, classes="left", markup=False)
        yield Static(right, classes="right", markup=False)
