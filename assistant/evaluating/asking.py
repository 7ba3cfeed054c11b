"""Asking the questions of an evaluation one after the other.

A batch asks several at a time; here each has the machine to itself, so that it takes the time that it takes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assistant.models import Answer, Question
from assistant.records import Answered, Failed, Line
from index.errors import UnknownPublisher


def ask_each(
    lines: Iterable[Line | Failed], ask: Callable[[Question], Answer], *, done: Callable[[int], None]
) -> Iterator[Answered | Failed]:
    """A record for each line, in order; `done` is told how many there are."""
    for number, line in enumerate(lines, start=1):
        yield line if isinstance(line, Failed) else _record(line, ask)
        done(number)


def _record(line: Line, ask: Callable[[Question], Answer]) -> Answered | Failed:
    try:
        return Answered(line=line.number, expected=line.expected, answer=ask(line.question))
    except UnknownPublisher as error:
        return Failed(line=line.number, id=line.question.id, expected=line.expected, error=str(error))
