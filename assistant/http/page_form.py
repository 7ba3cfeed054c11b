"""The form of the page as it was typed: kept whatever is wrong with it, and made a question where nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from starlette.datastructures import QueryParams

from assistant import flags
from assistant.errors import BadInput
from assistant.models import Question, ask
from assistant.shown import day


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the address of the page, as text."""

    asked: bool
    """Whether there is a question at all, be it an empty one."""
    question: str
    as_of: str
    since: str
    until: str
    publishers: tuple[str, ...]

    DAYS: ClassVar = (
        ("as_of", "As of", "As things stood on this day"),
        ("since", "Published since", "On this day or later"),
        ("until", "Published until", "On this day or earlier"),
    )
    """Name, label and help of the fields that hold days."""

    @classmethod
    def typed(cls, address: QueryParams) -> Form:
        return cls(
            asked="q" in address,
            question=address.get("q", "").strip(),
            as_of=address.get("as_of", "").strip(),
            since=address.get("since", "").strip(),
            until=address.get("until", "").strip(),
            publishers=tuple(dict.fromkeys(name.strip() for name in address.getlist("publisher") if name.strip())),
        )

    def as_question(self) -> Question:
        """Raises BadInput."""
        return ask(
            self.question,
            as_of=self._day("as_of"),
            publishers=self.publishers,
            since=self._day("since"),
            until=self._day("until"),
        )

    def _day(self, name: str) -> date | None:
        """Raises BadInput, by the label of the field."""
        label = next(label for field, label, _ in self.DAYS if field == name)
        return flags.day(label, self.day_typed(name) or None)

    def day_typed(self, name: str) -> str:
        return {"as_of": self.as_of, "since": self.since, "until": self.until}[name]

    def is_day(self, name: str) -> bool:
        """Whether a field for days would show it: browsers drop what is no day."""
        try:
            self._day(name)
        except BadInput:
            return False
        return True

    @property
    def question_fits(self) -> bool:
        """Whether the question alone could be asked."""
        try:
            ask(self.question)
        except BadInput:
            return False
        return True

    @property
    def filtered(self) -> bool:
        return bool(self.as_of or self.since or self.until or self.publishers)

    def scope(self) -> str:
        """Which articles were asked, in a sentence."""
        parts = [
            f"{label[0].lower()}{label[1:]} {day(typed)}"
            for name, label, _ in self.DAYS
            if (typed := self.day_typed(name))
        ]
        if self.publishers:
            parts.append(f"from {', '.join(self.publishers)}")
        return f"Asked only of articles {'; '.join(parts)}."
