"""The list of earlier conversations: go on with one, or delete it. What they are is `sessions`'s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.render import visible
from tui.modal import Frame, note
from tui.scopes import day
from tui.sessions import Line, SessionError

Delete = Callable[[str], object]
"""Deletes a conversation for good. Raises SessionError."""


class SessionsScreen(ModalScreen[str | None]):
    """Ends with the id of the conversation to go on with, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("delete,d", "forget", "Delete"),
    ]
    DEFAULT_CSS = """
    SessionsScreen { align: center middle; }
    SessionsScreen OptionList, SessionsScreen OptionList:focus {
        height: auto; max-height: 100%; background: $surface; border: none; padding: 0;
    }
    """

    def __init__(self, lines: Sequence[Line], *, delete: Delete | None = None) -> None:
        super().__init__()
        self._lines = list(lines)
        self._delete = delete
        self._doomed: str | None = None

    def compose(self) -> ComposeResult:
        keys = "Enter goes on · Del deletes · Esc closes" if self._delete else "Enter goes on · Esc closes"
        with Frame("Earlier conversations", keys):
            yield note("Conversations are kept as they go. There is none yet; ask something.", id="told", head=True)
            yield OptionList(*map(_option, self._lines))

    def on_mount(self) -> None:
        self.query_one("#told").display = not self._lines
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id != self._doomed and self._lines:
            self._doomed = None
            self.query_one("#told").display = False

    def action_forget(self) -> None:
        """Deletes at the second time, for the first may have been a slip."""
        place = self.query_one(OptionList).highlighted
        if self._delete is None or place is None:
            return
        line = self._lines[place]
        if self._doomed != line.id:
            self._doomed = line.id
            self._tell(f"Delete “{_title(line)}” for good? Press Del again; any other key keeps it.")
            return
        try:
            self._delete(line.id)
        except SessionError as error:
            self._tell(str(error))
            return
        self._forgotten(place)

    def _forgotten(self, place: int) -> None:
        line = self._lines.pop(place)
        self.query_one(OptionList).remove_option_at_index(place)
        self._doomed = None
        self._tell(f"Deleted “{_title(line)}”.")

    def _tell(self, text: str) -> None:
        told = self.query_one("#told")
        told.update(text)  # type: ignore[attr-defined]
        told.display = True


def _title(line: Line) -> str:
    title = visible(" ".join(line.title.split()))
    return title if len(title) <= 90 else f"{title[:89]}…"


def _option(line: Line) -> Option:
    local = line.started.astimezone()
    count = "1 question" if line.questions == 1 else f"{line.questions:,} questions"
    about = f"{day(local.date())}, {local:%H:%M} · {count} · {line.id}"
    return Option(Content.assemble((_title(line), "bold"), "\n", (about, "$foreground-muted")), id=line.id)
