"""What whoever waits for an answer is told while it is made: each stage's outcome, as it ends.

Where a question holds several, each stage ends once for each of them. Being told is also how work is stopped: what the
watch raises ends it. Nothing of an answer depends on who watches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.claims import Claim
from assistant.compose import Part
from index.models import SearchResult


@dataclass(frozen=True, slots=True)
class Searched:
    """The passages that will be read."""

    question: str
    result: SearchResult


@dataclass(frozen=True, slots=True)
class Read:
    """All sentences of these passages, those first that answer best. Which of them count is judged later."""

    question: str
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Judged:
    """Who vouches for them, and what contradicts what."""

    part: Part


Stage = Searched | Read | Judged
Watch = Callable[[Stage], None]


def unwatched(_: Stage) -> None:
    """Tells nobody."""
