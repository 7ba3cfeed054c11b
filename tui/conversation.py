"""A typed question as it is asked: in the light of the exchanges before it, within the scope that is set. Pure.

The application and the plain mode both ask through this module, so that neither understands a follow-up otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.followups import Turn, rewritten
from assistant.models import Answer, Question, ask
from tui.state import Exchange, Scope

_TURNS = 4
"""Earlier exchanges that are looked at, as on HTTP's chat route."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What will be asked, and what was assumed for it."""

    typed: str
    question: Question
    changed: bool
    sure: bool
    because: str


def understood(typed: str, before: Sequence[Exchange], scope: Scope) -> Understood:
    """Raises BadInput with a sentence for what is wrong with the question or the scope."""
    turns = [Turn(one.answer.question, "\n".join(c.quote for c in one.answer.citations)) for one in before[-_TURNS:]]
    meant = rewritten(typed, turns)
    question = ask(
        meant.text,
        as_of=scope.as_of,
        since=scope.since,
        until=scope.until,
        publishers=scope.publishers,
    )
    return Understood(typed, question, meant.changed, meant.sure, meant.because)


def exchange(asked: Understood, answer: Answer, scope: Scope) -> Exchange:
    """The exchange that an answer ends."""
    return Exchange(
        typed=asked.typed,
        because=asked.because,
        sure=asked.sure,
        scope=scope,
        answer=answer,
        at=datetime.now(UTC),
    )
