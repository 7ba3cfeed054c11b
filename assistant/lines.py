"""Lines of an input file, or of standard input where the file is called "-"."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import BadInput


@contextmanager
def opened_lines(path: Path) -> Iterator[Iterable[bytes]]:
    """Raises BadInput where it cannot be read."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise BadInput(f"{str(path)!r} cannot be read ({error.strerror}). Give a file of JSON lines, or -.") from error
    with file:
        yield file
