"""Records of batches: whatever a line holds, it is a question or says why not."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Failed, Line, one_line, read_line, read_lines


def test_a_line_is_a_checked_question_with_its_number() -> None:
    (line,) = read_lines(b'\n{"id": "7", "question": " When   was it? ", "as_of": "2026-03-01", "top_k": 3}\n')
    assert isinstance(line, Line)
    assert (line.number, line.question.id, line.question.text) == (2, "7", "When was it?")
    assert (str(line.question.as_of), line.question.top_k) == ("2026-03-01", 3)


def test_a_failure_keeps_the_id_that_the_line_gave() -> None:
    failed = read_line(b'{"id": "7", "question": ""}', number=4)
    assert failed == Failed(line=4, id="7", error=failed.error) if isinstance(failed, Failed) else False


def test_a_line_without_an_end_and_one_with_a_windows_end_are_read() -> None:
    found = list(read_lines(b'{"question": "Who?"}\r\n{"question": "When?"}'))
    assert [one.question.text for one in found if isinstance(one, Line)] == ["Who?", "When?"]


@given(st.text())
def test_a_record_is_one_line_for_every_reader(text: str) -> None:
    line = one_line(Failed(line=1, error=text.encode(errors="replace").decode()))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["error"] == text.encode(errors="replace").decode()


@given(st.binary())
def test_no_bytes_raise(line: bytes) -> None:
    for one in read_lines(line):
        assert isinstance(one, (Line, Failed))
