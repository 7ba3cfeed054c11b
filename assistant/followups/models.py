"""What a conversation is made of here, and what becomes of a question in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was answered."""

    question: str
    """As it was asked in the end: rewritten, where it was."""
    answer: str = ""
    """The quotes of the answer; they may name whom a later "he" means."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question that can be asked by itself."""

    text: str
    changed: bool
    sure: bool
    """False where there were several candidates or none, and something had to be assumed or left as it was."""
    because: str
    """For the user, one sentence for each thing that was replaced or added; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What something is taken for."""

    text: str
    sure: bool = True
    others: tuple[str, ...] = ()
    """What it could be as well."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question on its way: its words without the final mark, and what has been done to them."""

    body: str
    notes: tuple[str, ...] = ()
    sure: bool = True

    def with_body(self, body: str, *notes: str, sure: bool = True) -> Step:
        return Step(body, (*self.notes, *notes), self.sure and sure)
