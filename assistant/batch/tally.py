"""How many records of which kind there are, and the summary of a run in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.records import Answered, Failed


@dataclass(slots=True)
class Tally:
    """Counts records as they come."""

    statuses: Counter[str] = field(default_factory=Counter)
    generations: set[int] = field(default_factory=set)
    failed: int = 0
    first_failed: Failed | None = None

    def add(self, record: Answered | Failed) -> None:
        if isinstance(record, Answered):
            self.statuses[record.answer.status or "without status"] += 1
            self.generations.add(record.answer.workspace.generation)
            return
        self.failed += 1
        self.first_failed = self.first_failed or record

    @property
    def records(self) -> int:
        return self.failed + self.statuses.total()


def summary(tally: Tally, *, before: int, seconds: float) -> Iterator[str]:
    """Lines for people. `before` records were there when the run began."""
    new = tally.records - before
    rate = f", {new / seconds:,.1f} a second" if new and seconds else ""
    old = f"; {before:,} were there already" if before else ""
    yield f"{_counted(new, 'line')} done in {_lasted(seconds)}{rate}{old}."
    for status, count in tally.statuses.most_common():
        yield f"  {status.replace('_', ' '):16}{count:>10,}"
    if tally.first_failed:
        first = tally.first_failed
        yield f"  {'failed':16}{tally.failed:>10,}   the first on line {first.line:,}: {first.error[:200]}"
    if len(tally.generations) > 1:
        numbers = ", ".join(map(str, sorted(tally.generations)))
        yield f"Note: the workspace changed meanwhile; the answers come from its generations {numbers}."


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _lasted(seconds: float) -> str:
    minutes = int(seconds) // 60
    return f"{minutes} min {int(seconds) % 60} s" if minutes else f"{seconds:.1f} s"
