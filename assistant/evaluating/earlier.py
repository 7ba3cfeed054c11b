"""The records of a finished batch, and what was expected of them where only the questions say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.errors import BadInput
from assistant.records import Answered, Failed, Line, read_record


def records(lines: Iterable[bytes]) -> Iterator[Answered | Failed]:
    """Those of a file. Raises BadInput with the number of the line that is none."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _record(line, number)


def with_expected(
    finished: Iterable[Answered | Failed], asked: Mapping[int, Line | Failed]
) -> Iterator[Answered | Failed]:
    """Each record with what its question expects now, by the number of its line in the questions.

    Raises BadInput where a record does not belong to these questions.
    """
    for record in finished:
        line = asked.get(record.line)
        if line is None or not _belongs(record, line):
            raise BadInput(
                f"The record of line {record.line:,} does not answer line {record.line:,} of the questions. "
                "Give the questions that the answers were made from."
            )
        yield record.model_copy(update={"expected": line.expected}) if line.expected is not None else record


def _belongs(record: Answered | Failed, line: Line | Failed) -> bool:
    if isinstance(record, Failed):
        return True
    return isinstance(line, Line) and line.question.text == record.answer.question


def _record(line: bytes, number: int) -> Answered | Failed:
    try:
        return read_record(line)
    except ValueError as error:
        raise BadInput(
            f"Line {number:,} of the answers is no record as crosscheck batch writes it. "
            "Give the file that it wrote, or leave out --answers to ask anew."
        ) from error
