"""A question as it is sent: its fields by the names of the wire format, for HTTP and for batches alike.

What is sent may be wrong in any way; `as_question` makes a checked `Question` of it or says what is wrong.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.models import MAX_QUESTION, MAX_TOP_K, Question, ask

_LONGEST = 10 * MAX_QUESTION
"""Characters taken in at all: white space that a question loses counts here."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _written(value: object) -> object:
    """Numbers, and digits alone, would be taken for seconds since 1970: a wrong day instead of an error."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError(f"{value[:40]!r} is no day; write it as YYYY-MM-DD, e.g. 2026-01-26")
    if value is not None and not isinstance(value, (str, date)):
        raise ValueError("a day is a string; write it as YYYY-MM-DD, e.g. 2026-01-26")
    return value


Day = Annotated[date, BeforeValidator(_written)]


class Filters(BaseModel):
    """Which articles count, and how many passages are read."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(default=None, description="Answer as things stood on this day.", examples=["2026-03-01"])
    publishers: list[str] = Field(default_factory=list, max_length=100, description="Only articles of these.")
    since: Day | None = Field(default=None, description="Only articles published on or after this day.")
    until: Day | None = Field(default=None, description="Only articles published on or before this day.")
    top_k: int | None = Field(default=None, strict=True, ge=1, le=MAX_TOP_K, description="Passages to read.")


class Sought(Filters):
    """What to search passages for, with its filters."""

    question: str = Field(max_length=_LONGEST, examples=["How much better is Maia 200's performance per dollar?"])

    def as_question(self) -> Question:
        """Raises BadInput."""
        return _question(self, self.question)


class Asked(Sought):
    """A question with its filters."""

    id: str | None = Field(default=None, max_length=200, description="Comes back as the answer's id.")
    explain: bool = Field(
        default=False, strict=True, description="Also say which sentences were compared, and how they relate."
    )

    def as_question(self) -> Question:
        """Raises BadInput."""
        return _question(self, self.question, id=self.id, explain=self.explain)


class Stated(Filters):
    """A statement to be checked, with its filters."""

    statement: str = Field(max_length=_LONGEST, examples=["Maia 200 has 216 GB of memory."])
    id: str | None = Field(default=None, max_length=200, description="Comes back as the check's id.")

    def as_question(self) -> Question:
        """Raises BadInput."""
        return _question(self, self.statement, id=self.id)


def _question(filters: Filters, text: str, *, id: str | None = None, explain: bool = False) -> Question:  # noqa: A002
    return ask(
        text,
        id=id,
        as_of=filters.as_of,
        publishers=tuple(filters.publishers),
        since=filters.since,
        until=filters.until,
        top_k=filters.top_k,
        explain=explain,
    )
