"""When garbage is looked for: while nothing runs and nothing is typed, as a sweep stops the screen.

What the first answer loaded is not looked through again; a sweep of the rest takes 0.1 to 0.3 s after fifty exchanges.
"""

from __future__ import annotations

import gc
from time import monotonic

_QUIET = 2.0
"""Seconds without a key until a sweep may begin."""
_WORTH, _PRESSING = 5, 50
"""Answers after which a sweep is worth it, and after which it waits for nobody."""
_NEVER = 1_000_000


class Sweeper:
    """Told of every answer and every key."""

    def __init__(self) -> None:
        self._answers = 0
        self._begun = False
        self._touched = monotonic()

    def touched(self) -> None:
        """A key was pressed."""
        self._touched = monotonic()

    def answered(self) -> None:
        """An answer is about to be shown."""
        if not self._begun:
            self._begun = True
            gc.freeze()
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, _NEVER)
        self._answers += 1
        if self._answers >= _PRESSING:
            self._sweep()

    def look(self) -> None:
        """Sweeps where it is worth it and disturbs nobody. To be called while no question runs."""
        if self._answers >= _WORTH and monotonic() - self._touched > _QUIET:
            self._sweep()

    def _sweep(self) -> None:
        self._answers = 0
        gc.collect()
