"""Progress of an ingest, an audit or a batch: a bar with the time left on a terminal, else plain lines; on stderr.

The only module that imports rich.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from index.sync import Events

if TYPE_CHECKING:
    from rich.progress import Progress


class Lines:
    """Plain lines, one for each thing that became durable."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._planned = self._written = self._passages = 0
        self._started = monotonic()

    def reading(self, done: int, total: int) -> None:
        if done == total:
            self._say(f"Read {total:,} {'file' if total == 1 else 'files'}.")

    def planned(self, articles: int) -> None:
        self._planned = articles
        self._started = monotonic()
        if articles:
            self._say(f"{articles:,} {'article is' if articles == 1 else 'articles are'} new or changed.")

    def encoding(self, articles: int, done: int, total: int) -> None:
        pass

    def written(self, articles: int, passages: int) -> None:
        self._written += articles
        self._passages += passages
        seconds = max(monotonic() - self._started, 1e-6)
        left = (self._planned - self._written) * seconds / self._written
        self._say(
            f"Written {self._written:,} of {self._planned:,} articles, "
            f"{self._passages / seconds:.0f} passages/s, about {left:.0f} s left."
        )

    def _say(self, line: str) -> None:
        print(line, file=self._out, flush=True)


def _live(out: TextIO) -> Progress:
    """A bar with what is done, the rate and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(file=out),
        transient=True,
    )


class Bar:
    """One live bar: first the files, then the articles."""

    def __init__(self, out: TextIO) -> None:
        self.live = _live(out)
        self._task = self.live.add_task("Reading files", total=None, rate="")
        self._started = monotonic()
        self._written = self._passages = 0

    def reading(self, done: int, total: int) -> None:
        self.live.update(self._task, completed=done, total=total)

    def planned(self, articles: int) -> None:
        self._started = monotonic()
        self.live.reset(self._task, total=articles, description="Embedding articles", rate="")

    def encoding(self, articles: int, done: int, total: int) -> None:
        self._show(self._written + articles * done / total, self._passages + done)

    def written(self, articles: int, passages: int) -> None:
        self._written += articles
        self._passages += passages
        self._show(self._written, self._passages)

    def _show(self, articles: float, passages: int) -> None:
        rate = passages / max(monotonic() - self._started, 1e-6)
        self.live.update(self._task, completed=int(articles), rate=f"{rate:.0f} passages/s")


@contextmanager
def shown_events(out: TextIO) -> Iterator[Events]:
    """What an ingest reports to: a bar on a terminal, else lines."""
    if not out.isatty():
        yield Lines(out)
        return
    bar = Bar(out)
    with bar.live:
        yield bar


class AuditLines:
    """A plain line for each step, and one every hundred batches or so."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._said = monotonic()

    def looked(self, done: int, total: int) -> None:
        if done == total:
            print(f"Looked through {total:,} passages.", file=self._out, flush=True)

    def compared(self, done: int, total: int) -> None:
        if done == total or monotonic() - self._said > _EVERY:
            self._said = monotonic()
            print(f"Compared {done:,} of {total:,} new pairs of sentences.", file=self._out, flush=True)


_EVERY = 10.0
"""Seconds between two lines."""


class AuditBar:
    """One live bar: first the passages, then the pairs."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.live = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=out),
            transient=True,
        )
        self._task = self.live.add_task("Looking for pairs", total=None)

    def looked(self, done: int, total: int) -> None:
        self.live.update(self._task, completed=done, total=total)

    def compared(self, done: int, total: int) -> None:
        self.live.update(self._task, completed=done, total=total, description="Comparing sentences")


@contextmanager
def shown_audit(out: TextIO) -> Iterator[AuditLines | AuditBar]:
    """What an audit reports to: a bar on a terminal, else lines."""
    if not out.isatty():
        yield AuditLines(out)
        return
    bar = AuditBar(out)
    with bar.live:
        yield bar


class BatchLines:
    """A plain line every ten seconds or so."""

    def __init__(self, out: TextIO, *, done: int, total: int) -> None:
        self._out = out
        self._before = done
        self._total = total
        self._started = self._said = monotonic()

    def done(self, records: int) -> None:
        now = monotonic()
        if now - self._said > _EVERY:
            self._said = now
            rate = max((records - self._before) / (now - self._started), 1e-6)
            print(
                f"{records:,} of {self._total:,} lines done, {rate:,.1f} a second, "
                f"about {(self._total - records) / rate:,.0f} s left.",
                file=self._out,
                flush=True,
            )


class BatchBar:
    """One live bar over all lines, with those that were done before."""

    def __init__(self, out: TextIO, *, done: int, total: int) -> None:
        self.live = _live(out)
        self._task = self.live.add_task("Asking", total=total, completed=done, rate="")
        self._before = done
        self._started = monotonic()

    def done(self, records: int) -> None:
        rate = (records - self._before) / max(monotonic() - self._started, 1e-6)
        self.live.update(self._task, completed=records, rate=f"{rate:.1f} a second")


@contextmanager
def shown_batch(out: TextIO, *, done: int, total: int) -> Iterator[BatchLines | BatchBar]:
    """What a batch reports to: a bar on a terminal, else lines."""
    if not out.isatty():
        yield BatchLines(out, done=done, total=total)
        return
    bar = BatchBar(out, done=done, total=total)
    with bar.live:
        yield bar
