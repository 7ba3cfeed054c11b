"""Where there is nothing to ask yet: how to begin. And bringing more articles in later, with the same progress."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.suggester import Suggester
from textual.widgets import Button, Footer, Input, Static

from tui.completing import completions
from tui.ingesting import IngestPanel
from tui.modal import Frame, note
from tui.reporting import Ingest
from tui.samples import samples

if TYPE_CHECKING:
    from index.models import Summary

__all__ = ["Ingest", "IngestScreen", "WelcomeScreen", "samples"]


class Paths(Suggester):
    """Goes on with a path as it is typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        start = "/ingest "
        lines = (one.line for one in completions(start + value)) if value else ()
        return next((line[len(start) :] for line in lines), None)


class WelcomeScreen(Screen[bool]):
    """Ends with whether there are articles now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "sample", "Take in the sample articles"),
        Binding("escape", "leave", "Leave or stop"),
    ]
    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; }
    WelcomeScreen VerticalScroll { height: auto; max-height: 100%; }
    WelcomeScreen .said { padding: 0 1; margin: 1 0 0 0; }
    WelcomeScreen #reason { color: $text-warning; }
    WelcomeScreen Button { margin: 1 1 0 1; }
    WelcomeScreen Input { margin: 0 1 1 1; background: $panel; }
    WelcomeScreen IngestPanel { margin: 1 0; }
    """

    def __init__(self, reason: str, *, workspace: Path, ingest: Ingest, samples: Path) -> None:
        """`reason` is the sentence why nothing can be asked yet."""
        super().__init__()
        self._reason = reason
        self._workspace = workspace
        self._ingest = ingest
        self._samples = samples
        self._ready = False

    def compose(self) -> ComposeResult:
        with Frame("Crosscheck"), VerticalScroll(can_focus=False):
            yield Static(_INTRODUCTION, classes="said beginning", markup=False)
            yield Static(self._reason, id="reason", classes="said beginning", markup=False)
            yield _sample_button()
            yield Static("Or a file or folder of your own, and Enter:", classes="said beginning", markup=False)
            yield Input(placeholder="~/clippings", suggester=Paths(), id="path", classes="beginning", compact=True)
            yield IngestPanel(self._ingest)
            yield Button("Begin to ask", variant="success", id="begin", compact=True)
            yield note(f"What is taken in is kept in {self._workspace}", id="where")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#begin").display = False
        self.query_one("#sample").focus()

    @on(Button.Pressed, "#sample")
    def action_sample(self) -> None:
        self.query_one(IngestPanel).start((self._samples,))

    @on(Input.Submitted, "#path")
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.query_one(IngestPanel).start((_path(event.value),))

    @on(IngestPanel.Ended)
    def _ended(self, event: IngestPanel.Ended) -> None:
        summary = event.summary
        self._ready |= summary is not None and summary.added + summary.revised + summary.unchanged > 0
        if self._ready:
            self._show_what_came()

    def _show_what_came(self) -> None:
        """In place of how to begin: on a small terminal, there is no room for both."""
        for widget in self.query(".beginning"):
            widget.display = False
        self.query_one("#begin").display = True
        self.query_one("#begin").focus()

    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        """The first time stops what runs."""
        panel = self.query_one(IngestPanel)
        if panel.running:
            panel.stop()
        else:
            self.dismiss(self._ready)


def _sample_button() -> Button:
    label = "Take in the 34 sample articles (i)"
    return Button(label, variant="primary", id="sample", classes="beginning", compact=True)


_INTRODUCTION = (
    "Ask a folder of articles: every answer is made of cited passages, and says where the sources contradict each "
    "other and what nobody has confirmed. First, some articles have to be taken in."
)


def _path(typed: str) -> Path:
    """As a shell would take it."""
    return Path(os.path.expanduser(typed.strip().strip("\"'")))


class IngestScreen(ModalScreen["Summary | None"]):
    """Brings articles in, shows what became of them, and ends with the summary; None where nothing came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Stop or close"),
        Binding("enter", "close", "Close"),
    ]
    DEFAULT_CSS = "IngestScreen { align: center middle; }"

    def __init__(self, paths: Sequence[Path], *, ingest: Ingest) -> None:
        super().__init__()
        self._paths = paths
        self._ingest = ingest
        self._summary: Summary | None = None

    def compose(self) -> ComposeResult:
        with Frame("Taking in articles", "Esc stops"):
            yield note(", ".join(map(str, self._paths)))
            yield IngestPanel(self._ingest)

    def on_mount(self) -> None:
        self.query_one(IngestPanel).start([_path(str(path)) for path in self._paths])

    @on(IngestPanel.Ended)
    def _ended(self, event: IngestPanel.Ended) -> None:
        self._summary = event.summary
        self.query_one(Frame).border_subtitle = "Enter or Esc closes"

    def action_close(self) -> None:
        if not self.query_one(IngestPanel).running:
            self.dismiss(self._summary)

    def action_leave(self) -> None:
        """The first time stops what runs."""
        if self.query_one(IngestPanel).running:
            self.query_one(IngestPanel).stop()
        else:
            self.dismiss(self._summary)
