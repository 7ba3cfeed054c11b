"""When each revision of an article is shown: from its day of publication until a later one stands in its place. Pure.

As of day d an article is what its latest revision says among those published by d. An undated revision supersedes the
earlier ones always, since nobody knows since when it holds; what is undated itself is shown only as things stand now.
Days are ordinals (`date.toordinal`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

NEVER = 2**31 - 1
"""Until when a revision is shown that nothing has superseded."""

UNKNOWN = 0
"""The day of what carries none, or none that can be read."""


@dataclass(frozen=True, slots=True)
class Period:
    """A revision and when it is shown: as of days d with `day <= d < until`, and now where `until` is NEVER."""

    revision: int
    day: int
    until: int


def day_of(published: str | None) -> int:
    """The day that begins an ISO 8601 date, as an ordinal; UNKNOWN where there is none."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return UNKNOWN


def periods(revisions: Sequence[tuple[int, str | None]], *, removed: bool) -> Iterator[Period]:
    """Those revisions of one article that are ever shown, latest first.

    `revisions` are numbers and publication dates, ascending. Of an article that was removed nothing is shown.
    """
    until = NEVER
    for revision, published in () if removed else reversed(revisions):
        day = day_of(published)
        if until == NEVER or UNKNOWN < day < until:
            yield Period(revision, day, until)
        until = min(until, day)
