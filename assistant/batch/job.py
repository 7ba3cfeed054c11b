"""A run of a batch from what is missing to what was done: asks, writes, counts and tells how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from assistant.batch.inputs import Source
from assistant.batch.output import Write
from assistant.batch.resuming import Plan
from assistant.batch.running import Ask, Earlier, answered
from assistant.batch.tally import Tally

_A_CORE = 2
"""Questions asked at a time: while one waits for the networks, another searches and compares."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run."""

    tally: Tally
    """Of all records that are there now."""
    before: int
    """How many of them were there already."""
    total: int
    """Lines of the input."""
    seconds: float
    stopped: bool


def run(
    source: Source,
    plan: Plan,
    *,
    ask: Ask,
    earlier: Earlier,
    write: Write,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
    at_once: int | None = None,
) -> Done:
    """Raises what opening or reading the workspace raises, and OSError where a record cannot be written."""
    started, before, tally = monotonic(), plan.tally.records, plan.tally
    missing = islice(source.entries(), before, None)
    threads = at_once or _A_CORE * (os.cpu_count() or 1)
    with closing(answered(missing, ask, earlier=earlier, at_once=threads, stopped=stopped)) as records:
        for record in records:
            write(record)
            tally.add(record)
            progress(tally.records)
    ended_early = tally.records < plan.total
    return Done(tally, before, plan.total, monotonic() - started, ended_early)
