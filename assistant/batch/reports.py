"""Reports of a finished batch: its records, written to be read by people or opened as a table.

The records are the truth, and a report can be made of them again at any time. Each is written while records pass by:
10,000 take no more memory than ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TextIO

from assistant.batch import report_csv, report_html, report_markdown
from assistant.batch.about import About as About
from assistant.records import Answered, Failed

Format = Literal["csv", "markdown", "html"]
Writer = Callable[[Iterable[Answered | Failed], TextIO, About], None]

_WRITERS: Mapping[Format, Writer] = {
    "csv": report_csv.write,
    "markdown": report_markdown.write,
    "html": report_html.write,
}


def write(records: Iterable[Answered | Failed], out: TextIO, *, format: Format, about: About) -> None:  # noqa: A002
    """Writes the whole report; `out` takes UTF-8 and is left open."""
    _WRITERS[format](records, out, about)
