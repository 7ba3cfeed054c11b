"""The story's articles along a line of time. Choosing one opens it; what they are is decided in `story`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import ListItem, ListView, Static

from tui.modal import Frame, note
from tui.story import Entry, entries

__all__ = ["Entry", "TimelineScreen", "entries"]


class TimelineScreen(ModalScreen[str | None]):
    """Ends with the id of the article to open, or None."""

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-roomy")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]
    DEFAULT_CSS = """
    TimelineScreen { align: center middle; }
    TimelineScreen ListView { height: auto; max-height: 100%; background: $surface; }
    TimelineScreen ListItem { height: auto; background: $surface; }
    TimelineScreen ListItem > Horizontal { height: auto; }
    TimelineScreen .story-day { width: 14; text-align: right; padding: 0 1; color: $text-muted; }
    TimelineScreen .story-dot { width: 1; color: $primary; }
    TimelineScreen .story-body { width: 1fr; padding: 0 1 1 2; border-left: solid $primary; }
    TimelineScreen ListView > ListItem.-highlight, TimelineScreen ListView:focus > ListItem.-highlight {
        background: $panel;
        color: $text;
        text-style: none;
    }
    TimelineScreen ListItem.-highlight .story-day { text-style: bold; }
    TimelineScreen ListItem.-highlight .story-body { border-left: thick $accent; }
    TimelineScreen.-slim ListItem > Horizontal { layout: vertical; }
    TimelineScreen.-slim .story-day { width: 1fr; text-align: left; padding: 0; text-style: bold; }
    TimelineScreen.-slim .story-dot { display: none; }
    TimelineScreen.-slim .story-body { padding: 0 0 1 1; }
    """

    def __init__(self, entries: Sequence[Entry], *, question: str) -> None:
        super().__init__()
        self._entries = entries
        self._question = question

    def compose(self) -> ComposeResult:
        with Frame("The story by date", "Enter opens the article · Esc closes"):
            yield note(self._question, head=True)
            if self._entries:
                yield ListView(*self._items())
            else:
                yield note("No article belongs to this story. Ask something first, or lift the filters.")

    def _items(self) -> list[ListItem]:
        """A day is shown once, beside the first of its articles."""
        days = [entry.day for entry in self._entries]
        shown = [day if place == 0 or day != days[place - 1] else "" for place, day in enumerate(days)]
        return [_item(entry, day) for entry, day in zip(self._entries, shown, strict=True)]

    @on(ListView.Selected)
    def _chosen(self, event: ListView.Selected) -> None:
        self.dismiss(self._entries[event.list_view.index or 0].article_id)


def _item(entry: Entry, day: str) -> ListItem:
    dot = "●" if entry.cited else "○"
    return ListItem(
        Horizontal(
            Static(day, classes="story-day", markup=False),
            Static(dot, classes="story-dot", markup=False),
            Static(body(entry), classes="story-body"),
        )
    )


def body(entry: Entry) -> Content:
    """Publisher and title, how it stands in the answer, and what it says."""
    head = Content.assemble(
        (f"{entry.publisher}  " if entry.publisher else "", "$text-primary"),
        (entry.title, "bold"),
    )
    numbers = " ".join(f"[{number}]" for number in entry.cited)
    status = Content.assemble(
        (f"cited as {numbers}" if numbers else "", "$text-success"),
        (f"{'  ' if numbers else ''}{'  '.join(f'◆ {mark}' for mark in entry.marks)}", "$text-warning"),
    )
    lines = [head, status, Content.styled(entry.says, "$foreground-muted")]
    return Content("\n").join([line for line in lines if line.plain.strip()])
