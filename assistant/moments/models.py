"""The value of this package: a point or stretch of time as somebody wrote it.

Frozen and equal by content. What is not stated and cannot be worked out stays None: a weekday without a
publication date is a weekday, and "5 May" without a year is a day of some year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.moments import days

Precision = Literal["minute", "part_of_day", "day", "week", "month", "season", "year", "decade"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date, a time or both: `text[start:end] == words`, and what it states."""

    start: int
    end: int
    words: str
    first: date | None = None
    """First and last day it can mean, both included; None where it is not resolved to a year."""
    last: date | None = None
    weekday: int | None = None
    """0 is Monday."""
    month: int | None = None
    day: int | None = None
    """Month and day as written, where there is no year to resolve them."""
    time_of_day: tuple[int, int] | None = None
    """First and last minute after midnight, local to `zone`; the last may lie past midnight (1440)."""
    zone: str | None = None
    precision: Precision = "day"

    @property
    def resolved(self) -> bool:
        """Whether the calendar days are known."""
        return self.first is not None

    @property
    def has_day(self) -> bool:
        """Whether it says anything about the day, resolved or not."""
        return self.resolved or self.weekday is not None or self.month is not None

    def shown(self) -> str:
        """For people: "2026-01-26", "2026-01", "2014", "Tuesday 21:00", "2014-03-01 to 2014-03-10"."""
        parts = [self._shown_day(), self._shown_time()]
        return " ".join(part for part in parts if part)

    def _shown_day(self) -> str:
        if self.first is None or self.last is None:
            return self._shown_unresolved()
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first, self.last) == days.month(self.first.year, self.first.month):
            return self.first.isoformat()[:7]
        if (self.first, self.last) == days.year(self.first.year):
            return str(self.first.year)
        return f"{self.first.isoformat()} to {self.last.isoformat()}"

    def _shown_unresolved(self) -> str:
        if self.month is not None:
            day = f"{self.day} " if self.day else ""
            return f"{day}{MONTHS[self.month - 1]} (year not stated)"
        return WEEKDAYS[self.weekday] if self.weekday is not None else ""

    def _shown_time(self) -> str:
        if self.time_of_day is None:
            return ""
        first, last = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in self.time_of_day)
        return f"{first if first == last else f'{first} to {last}'}{f' {self.zone}' if self.zone else ''}"
