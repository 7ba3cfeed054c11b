"""What a report says of a batch as a whole: where its answers come from, and how many there are of each kind. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args

from assistant.models import ConflictType, Status
from assistant.records import Answered, Expected, Failed
from assistant.shown import counted, day
from assistant.shown_words import CONFLICT, STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Of which questions a report is, and what answered them."""

    input_name: str
    generation: int
    model: str
    settings_hash: str
    started: datetime
    finished: datetime
    """Both with their zone."""

    @property
    def when(self) -> str:
        """ "22 November 2026, 06:49 to 07:12 UTC" """
        first, last = _minute(self.started), _minute(self.finished)
        until = last.removeprefix(f"{day(self.started.astimezone(UTC).isoformat())}, ")
        return f"{first} UTC" if first == last else f"{first} to {until} UTC"


def _minute(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{day(there.isoformat())}, {there:%H:%M}"


@dataclass(frozen=True, slots=True)
class Bar:
    """How often something occurs, and its part of all (0 to 1)."""

    key: str
    label: str
    count: int
    part: float

    @property
    def share(self) -> str:
        """ "12 (35%)" """
        return f"{self.count:,} ({f'{self.part:.0%}' if self.part >= 0.01 else 'under 1%'})"


@dataclass(slots=True)
class Counts:
    """Counts records while they pass by; never holds one."""

    failed: int = 0
    contradicted: int = 0
    """Questions whose answer holds a contradiction."""
    _statuses: Counter[Status | None] = field(default_factory=Counter)
    _conflicts: Counter[ConflictType] = field(default_factory=Counter)

    def note(self, record: Answered | Failed) -> None:
        if isinstance(record, Failed):
            self.failed += 1
            return
        self._statuses[record.answer.status] += 1
        self._conflicts.update(conflict.type for conflict in record.answer.conflicts)
        self.contradicted += bool(record.answer.conflicts)

    @property
    def answered(self) -> int:
        return self._statuses.total()

    @property
    def conflicts(self) -> int:
        return self._conflicts.total()

    def statuses(self) -> tuple[Bar, ...]:
        """Those that occur, from the firmest to what nothing covers."""
        return _bars([(one, STATUS[one], self._statuses[one]) for one in get_args(Status)], self.answered)

    def kinds(self) -> tuple[Bar, ...]:
        """The kinds of contradiction that occur, most frequent first."""
        rows = [(one, CONFLICT[one], self._conflicts[one]) for one in get_args(ConflictType)]
        return _bars(sorted(rows, key=lambda row: -row[2]), self.conflicts)

    def summary(self) -> str:
        """ "34 questions: 32 answered, 9 of them with contradictions; 2 lines failed." """
        start = f"{counted(self.answered + self.failed, 'question')}: {self.answered:,} answered"
        contradicted = f", {self.contradicted:,} of them with contradictions" if self.contradicted else ""
        return start + contradicted + (f"; {counted(self.failed, 'line')} failed." if self.failed else ".")


def _bars(rows: Sequence[tuple[str, str, int]], total: int) -> tuple[Bar, ...]:
    return tuple(Bar(key, label, count, count / total) for key, label, count in rows if count)


def expectation(expected: Expected | None) -> str:
    """What was expected of an answer, in one line; empty where nothing was."""
    if expected is None:
        return ""
    parts = (
        " or ".join(f"“{one}”" for one in expected.answers or ()),
        STATUS[expected.status].lower() if expected.status else "",
        f"from {', '.join(expected.articles)}" if expected.articles else "",
        {None: "", True: "a contradiction", False: "no contradiction"}[expected.conflict],
    )
    return ", ".join(part for part in parts if part)
