"""Text that is written before what stands above it is known: kept aside, in memory as long as it is short."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

_IN_MEMORY = 4_000_000
"""Bytes; what is more goes into a file that nobody else sees and that is gone with its end."""
_PIECE = 1 << 16
"""Characters."""


@contextmanager
def spool() -> Iterator[TextIO]:
    """Something to write to and then give to `pieces`."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="") as kept:
        yield cast(TextIO, kept)


def pieces(kept: TextIO) -> Iterator[str]:
    """All of it from its beginning, a piece at a time."""
    kept.seek(0)
    return iter(lambda: kept.read(_PIECE), "")
