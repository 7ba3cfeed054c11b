"""What threads tell the application. Threads post these and touch no widget; handlers change widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from assistant.shown import Shown
    from assistant.wiring.desk import Standing
    from tui.excerpt import Excerpt
    from tui.sessions import Line
    from tui.state import Exchange
    from tui.story import Entry


@dataclass
class Opened(Message):
    """The workspace can be asked."""

    standing: Standing
    publishers: tuple[str, ...]


@dataclass
class NotOpened(Message):
    """The workspace cannot be asked, and whether that is because there is nothing in it yet."""

    sentence: str
    missing: bool


@dataclass
class Begun(Message):
    """What a question was understood as."""

    key: int
    asked: str
    """Empty where it is asked as typed."""
    because: str
    sure: bool


@dataclass
class Working(Message):
    """What is being done about a question."""

    key: int
    words: str


@dataclass
class Answered(Message):
    """A question has its answer; `note` says what else went wrong, such as the conversation not being kept."""

    key: int
    exchange: Exchange
    shown: Shown
    note: str = ""


@dataclass
class Failed(Message):
    """A question has no answer, and why."""

    key: int
    sentence: str


@dataclass
class Showing(Message):
    """An article to show in the sources pane."""

    excerpt: Excerpt


@dataclass
class Told(Message):
    """Something done or failed besides questions."""

    sentence: str
    failed: bool = False


@dataclass
class Listed(Message):
    """Earlier conversations."""

    lines: tuple[Line, ...]


@dataclass
class Resumed(Message):
    """An earlier conversation, laid out."""

    session: str
    exchanges: Sequence[tuple[Exchange, Shown]]
    earlier: int
    """Exchanges before these."""
    note: str


@dataclass
class Traced(Message):
    """The articles of a story by date."""

    question: str
    entries: tuple[Entry, ...]


@dataclass
class Whole(Message):
    """A whole article, to be read in the pager or, where it has an address, in the browser."""

    url: str | None
    text: str


@dataclass
class Copied(Message):
    """An answer as Markdown."""

    markdown: str
