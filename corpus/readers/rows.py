"""One record to one article, or to the reason why not: what JSON lines, JSON and CSV have in common."""

from __future__ import annotations

from collections.abc import Mapping

from corpus import fields
from corpus.models import Draft, Skipped
from corpus.readers import prose
from corpus.readers.raw import RawFile


def article(
    file: RawFile,
    record: Mapping[str, object],
    *,
    mapping: Mapping[str, str],
    row: int | None = None,
    line: int | None = None,
    place: str = "",
) -> Draft | Skipped:
    """The article of row `row`; `place`, such as "line 17", begins the message where there is none."""
    try:
        found = fields.draft(record, mapping, source=str(file.path), row=row)
    except fields.WrongField as error:
        return file.skipped(f"{place} {error}".lstrip(), line=line)
    if reason := prose.too_long(found.text, file.limits):
        return file.skipped(f"{place} {reason}".lstrip(), line=line)
    return found
