"""Finished records laid beside their questions."""

from __future__ import annotations

import pytest

from assistant.errors import BadInput
from assistant.evaluating.asking import ask_each
from assistant.evaluating.earlier import records, with_expected
from assistant.models import Answer, Question
from assistant.records import Answered, Expected, Failed, Line, one_line, read_lines
from index.errors import UnknownPublisher
from tests.assistant.evaluating.making import NINE, answer, record

ASKED = answer(NINE).question
LINES = {1: Line(1, Question(text=ASKED), Expected(answers=("nine",))), 2: Line(2, Question(text="Who?"))}


def test_records_are_read_as_a_batch_writes_them() -> None:
    made = [record(1, answer(NINE), status="confirmed"), Failed(line=2, error="It is empty.")]
    assert list(records([one_line(one).encode() + b"\n" for one in made] + [b"\n"])) == made


@pytest.mark.parametrize("line", [b"{", b"{}", b'{"kind": "failed", "line": 0, "error": "e"}', b"\xff"])
def test_a_line_that_is_no_record_is_bad_input_with_its_number(line: bytes) -> None:
    good = one_line(Failed(line=1, error="e")).encode()
    with pytest.raises(BadInput, match="Line 2 of the answers is no record"):
        list(records([good, line]))


def test_what_the_questions_expect_now_wins_and_what_only_the_record_says_stays() -> None:
    both = [record(1, answer(NINE), status="denied"), Failed(line=2, error="e")]
    first, second = with_expected(both, LINES)
    assert first.expected == Expected(answers=("nine",))
    assert second == both[1]


@pytest.mark.parametrize("line", [2, 3])
def test_records_of_other_questions_are_refused(line: int) -> None:
    with pytest.raises(BadInput, match=f"The record of line {line} does not answer line {line} of the questions"):
        list(with_expected([record(line, answer(NINE))], LINES))


def test_each_question_is_asked_in_turn_and_a_failure_is_a_record() -> None:
    lines = read_lines(
        b'{"question": "How many?", "expected": {"conflict": true}}\n{\n{"id": "p", "question": "Who?"}\n'
    )

    def ask(question: Question) -> Answer:
        if question.id == "p":
            raise UnknownPublisher("No article has the publisher 'P'.")
        return answer(NINE)

    told: list[int] = []
    first, second, third = ask_each(lines, ask, done=told.append)
    assert first == Answered(line=1, expected=Expected(conflict=True), answer=answer(NINE))
    assert isinstance(second, Failed)
    assert third == Failed(line=3, id="p", error="No article has the publisher 'P'.")
    assert told == [1, 2, 3]
