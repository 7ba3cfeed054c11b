"""What a conversation in the terminal is made of: frozen values that know neither screen nor file.

Apart from the application, so that saving, listing and the plain mode share them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assistant.models import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which articles count for the questions to come."""

    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    publishers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != _EVERYTHING


_EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answer."""

    typed: str
    """As the user typed it. What was asked in the end is `answer.question`."""
    because: str
    """What was assumed to rewrite it, in sentences; empty where nothing was."""
    sure: bool
    """False where the rewriting had to guess."""
    scope: Scope
    answer: Answer
    at: datetime
    """When it was answered; aware, UTC."""

    @property
    def rewritten(self) -> bool:
        return self.answer.question != " ".join(self.typed.split())
