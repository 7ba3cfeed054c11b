"""What the screens that open over the conversation share: a frame with a title, and its size."""

from __future__ import annotations

from textual.containers import Vertical
from textual.widgets import Static


class Frame(Vertical):
    """The box in the middle: as wide as reads well, never wider than the terminal."""

    DEFAULT_CSS = """
    Frame {
        width: 96%;
        max-width: 100;
        height: auto;
        max-height: 92%;
        overflow-y: auto;
        padding: 0 1;
        background: $surface;
        border: round $primary;
        border-title-color: $text-primary;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
    }
    Frame .note { color: $text-muted; padding: 0 1; }
    Frame > .note.-head { dock: top; }
    """

    def __init__(self, title: str, keys: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.border_title = title
        self.border_subtitle = keys


def note(text: str, *, id: str | None = None, head: bool = False) -> Static:  # noqa: A002
    """A line of explanation, which is never markup. One at the head stays while what is below it scrolls."""
    return Static(text, classes="note -head" if head else "note", markup=False, id=id)
