"""Bringing articles in from the screen: the work in a thread, its progress as messages, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import ProgressBar, Static

from tui import ingest_words
from tui.reporting import Ingest, Reporter, Step, Stopped

if TYPE_CHECKING:
    from index.models import Summary


class IngestPanel(Vertical):
    """A bar while it runs and, in the end, what was added and skipped. One ingest at a time."""

    class Progressed(Message):
        """How far it is."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """It is over: with a summary, or with a sentence that says what went wrong."""

        def __init__(self, summary: Summary | None, sentence: str = "") -> None:
            super().__init__()
            self.summary = summary
            self.sentence = sentence

    DEFAULT_CSS = """
    IngestPanel { height: auto; padding: 0 1; }
    IngestPanel ProgressBar { width: 100%; }
    IngestPanel Bar { width: 1fr; }
    IngestPanel VerticalScroll { height: auto; max-height: 8; color: $text-muted; }
    IngestPanel .failed { color: $text-error; }
    """

    def __init__(self, ingest: Ingest) -> None:
        super().__init__()
        self._ingest = ingest
        self._stop = Event()
        self.running = False

    def compose(self) -> ComposeResult:
        yield Static("", id="what", markup=False)
        yield ProgressBar(show_eta=False)
        yield VerticalScroll(Static("", id="skipped", markup=False))

    def on_mount(self) -> None:
        self.display = False

    def start(self, paths: Sequence[Path]) -> None:
        """Begins; does nothing while one runs."""
        if self.running:
            return
        self.running = self.display = True
        self._stop.clear()
        self._show(ingest_words.PREPARING)
        self.query_one(ProgressBar).update(total=None, progress=0)
        self.query_one(ProgressBar).display = True
        self.query_one(VerticalScroll).display = False
        self._work(tuple(paths))

    def stop(self) -> None:
        """Ends it at the next step; what is written stays."""
        self._stop.set()
        self._show(ingest_words.STOPPING)

    @work(thread=True, exit_on_error=False)
    def _work(self, paths: Sequence[Path]) -> None:
        reporter = Reporter(lambda step: self.post_message(self.Progressed(step)), self._stop)
        try:
            summary = self._ingest(paths, reporter)
        except Stopped:
            self.post_message(self.Ended(None, ingest_words.STOPPED))
        except Exception as error:
            self.post_message(self.Ended(None, ingest_words.failed(error)))
        else:
            self.post_message(self.Ended(summary))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        event.stop()
        if self.running and not self._stop.is_set():
            step = event.step
            self._show(step.what)
            # Until something is done, the bar only says that it runs: a few articles are taken in all at once.
            self.query_one(ProgressBar).update(total=step.total if step.done else None, progress=step.done)

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        """Goes on to the screen, too."""
        self.running = False
        self.query_one(ProgressBar).display = False
        summary = event.summary
        self._show(event.sentence if summary is None else ingest_words.told(summary), failed=summary is None)
        skipped = "\n".join(ingest_words.skipped(summary)) if summary else ""
        self.query_one("#skipped", Static).update(skipped)
        self.query_one(VerticalScroll).display = bool(skipped)

    def _show(self, text: str, *, failed: bool = False) -> None:
        what = self.query_one("#what", Static)
        what.update(text)
        what.set_class(failed, "failed")

    def on_unmount(self) -> None:
        self._stop.set()
