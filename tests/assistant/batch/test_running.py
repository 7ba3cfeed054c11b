"""Asking several questions at a time: in order, a few under way, the same one once."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Barrier, Lock

import pytest

from assistant.batch.inputs import Source
from assistant.batch.running import answered
from assistant.models import Answer, Question
from assistant.records import Answered
from index.errors import UnknownPublisher, WorkspaceBusy
from tests.assistant.batch.batches import answer, asked, entries, write_questions, written


def test_records_come_in_the_order_of_the_lines_however_long_each_takes(tmp_path: Path) -> None:
    def slowly(question: Question) -> Answer:
        time.sleep(0.02 if question.text.endswith(("0?", "3?")) else 0)
        return answer(question)

    questions = write_questions(tmp_path / "q.jsonl", [f"Who is {number}?" for number in range(20)])
    asked(questions, tmp_path / "a.jsonl", ask=slowly)
    assert [record.line for record in written(tmp_path / "a.jsonl")] == list(range(1, 21))


def test_questions_are_asked_at_the_same_time(tmp_path: Path) -> None:
    together = Barrier(3)

    def meet(question: Question) -> Answer:
        together.wait(timeout=20)
        return answer(question)

    questions = write_questions(tmp_path / "q.jsonl", [f"Who is {number}?" for number in range(6)])
    assert asked(questions, tmp_path / "a.jsonl", ask=meet).tally.failed == 0


def test_no_more_than_a_few_questions_are_under_way(tmp_path: Path) -> None:
    taken: list[int] = []
    path = write_questions(tmp_path / "q.jsonl", [f"Who is {number}?" for number in range(50)])

    def entries_taken() -> object:
        for entry in entries(path):
            taken.append(entry.number)
            yield entry

    records = answered(entries_taken(), answer, earlier=lambda _: None, at_once=2, stopped=lambda: False)  # type: ignore[arg-type]
    for written_before, _ in enumerate(records):
        assert len(taken) - written_before <= 4


def test_the_same_question_is_asked_once_and_answered_under_each_id(tmp_path: Path) -> None:
    calls: list[str] = []
    lock = Lock()

    def count(question: Question) -> Answer:
        with lock:
            calls.append(question.text)
        return answer(question)

    questions = write_questions(tmp_path / "q.jsonl", ["Who?", "When?", "Who?", "Who?"])
    asked(questions, tmp_path / "a.jsonl", ask=count)
    assert sorted(calls) == ["When?", "Who?"]
    found = [record.answer for record in written(tmp_path / "a.jsonl") if isinstance(record, Answered)]
    assert [(one.id, one.question) for one in found] == [("0", "Who?"), ("1", "When?"), ("2", "Who?"), ("3", "Who?")]


def test_a_publisher_that_nobody_has_fails_its_own_line_and_a_lost_workspace_all(tmp_path: Path) -> None:
    def refuse(question: Question) -> Answer:
        if question.text == "Who?":
            raise UnknownPublisher("No article has the publisher 'X'.")
        raise WorkspaceBusy(tmp_path)

    questions = write_questions(tmp_path / "q.jsonl", ["Who?", "When?", "Where?"])
    with pytest.raises(WorkspaceBusy):
        asked(questions, tmp_path / "a.jsonl", ask=refuse)
    assert [record.kind for record in written(tmp_path / "a.jsonl")] == ["failed"]


def test_once_stopped_it_finishes_what_it_began_and_begins_nothing(tmp_path: Path) -> None:
    begun: list[str] = []

    def note(question: Question) -> Answer:
        begun.append(question.text)
        time.sleep(0.01)
        return answer(question)

    questions = write_questions(tmp_path / "q.jsonl", [f"Who is {number}?" for number in range(50)])
    out = tmp_path / "a.jsonl"
    done = asked(questions, out, ask=note, stopped=lambda: len(begun) >= 10)
    assert done.stopped
    assert len(begun) - 1 <= len(written(out)) <= len(begun) < 50
    asked(questions, out, ask=note)
    assert len(begun) == 50
    assert len(written(out)) == 50


def test_a_source_is_read_from_the_beginning_each_time(tmp_path: Path) -> None:
    source = Source(write_questions(tmp_path / "q.jsonl", ["Who?", "When?"]), "q.jsonl", "jsonl")
    assert list(source.entries()) == list(source.entries())
