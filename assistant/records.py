"""The records of a batch: a line that asks a question, and the line that answers it. Pure.

A failure is a record, not an error: one wrong line must not end a batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import pydantic_core
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from assistant.asking import Asked
from assistant.errors import BadInput
from assistant.harmless import in_json
from assistant.models import Answer, Model, Question, Status


def _is_none(value: object) -> bool:
    return value is None


class Expected(Model):
    """What whoever wrote a question says of its answer, for `crosscheck eval`; None where nothing is said."""

    answers: tuple[str, ...] | None = Field(default=None, exclude_if=_is_none)
    """Any of these in the text is the answer."""
    status: Status | None = Field(default=None, exclude_if=_is_none)
    articles: tuple[str, ...] | None = Field(default=None, exclude_if=_is_none)
    """Ids of articles to be cited."""
    conflict: bool | None = Field(default=None, strict=True, exclude_if=_is_none)
    """Whether the articles contradict each other."""


class Answered(Model):
    """A question of a batch and its answer."""

    kind: Literal["answered"] = "answered"
    line: int = Field(ge=1)
    asked: str | None = Field(default=None, exclude_if=_is_none)
    """Names the question with its filters as the line gave it, so that a batch that was stopped can go on."""
    expected: Expected | None = Field(default=None, exclude_if=_is_none)
    answer: Answer


class Failed(Model):
    """A line of a batch that has no answer, and why."""

    kind: Literal["failed"] = "failed"
    line: int = Field(ge=1)
    asked: str | None = Field(default=None, exclude_if=_is_none)
    id: str | None = None
    expected: Expected | None = Field(default=None, exclude_if=_is_none)
    error: str


Record = Annotated[Answered | Failed, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a batch, and on which line it stood, or at which place of a list; 1-based."""

    number: int
    question: Question
    expected: Expected | None = None


class _Posed(Asked):
    """A question and what is expected of its answer."""

    expected: Expected | None = None


def read_lines(text: bytes) -> Iterator[Line | Failed]:
    """The questions of a file of JSON lines; empty lines are passed over, and counted."""
    for number, line in enumerate(text.split(b"\n"), start=1):
        if line.strip():
            yield read_line(line, number=number)


def read_line(line: bytes, *, number: int) -> Line | Failed:
    """One line of JSON."""
    try:
        value = pydantic_core.from_json(line)
    except ValueError as error:
        return Failed(line=number, error=f"The line is no JSON that can be read: {error}. {_EXAMPLE}")
    return read_value(value, number=number)


def read_value(value: object, *, number: int) -> Line | Failed:
    """One question that was read as JSON already."""
    given = value.get("id") if isinstance(value, dict) else None
    failed_id = given if isinstance(given, str) and len(given) <= _LONGEST_ID else None
    if not isinstance(value, dict):
        return Failed(line=number, error=f"The line is no object. {_EXAMPLE}")
    try:
        posed = _Posed.model_validate(value)
        return Line(number, posed.as_question(), posed.expected)
    except ValidationError as error:
        return Failed(line=number, id=failed_id, error=" ".join(_sentence(*_placed(part)) for part in error.errors()))
    except BadInput as error:
        return Failed(line=number, id=failed_id, error=str(error))


def read_record(line: bytes | str) -> Answered | Failed:
    """A record as `one_line` wrote it. Raises ValueError."""
    return _RECORD.validate_json(line)


def one_line(record: Model) -> str:
    """The record as JSON without anything that steers a terminal, or that some reader takes for the end of a line:
    JSON leaves U+2028 as it is inside strings, and `str.splitlines`, with readers built on it, ends a line there."""
    return in_json(record.model_dump_json())


_RECORD: TypeAdapter[Answered | Failed] = TypeAdapter(Record, config=ConfigDict(defer_build=True))
_LONGEST_ID = 200
_EXAMPLE = 'Write each question as an object on a line of its own, such as {"question": "When was it opened?"}.'


def _placed(part: object) -> tuple[str, str]:
    assert isinstance(part, dict)
    return ".".join(map(str, part["loc"])), str(part["msg"]).removeprefix("Value error, ")


def _sentence(place: str, message: str) -> str:
    return f"{place}: {message}." if place else f"{message}."
