"""Going on where a run stopped: nothing that was written is lost or asked again, and what does not fit is said."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from assistant.batch.output import OutputBusy, locked
from assistant.batch.resuming import Files, OtherRun
from assistant.errors import BadInput
from assistant.models import Answer, Question
from assistant.records import Answered
from tests.assistant.batch.batches import answer, asked, made_with, write_questions, written

TEXTS = [f"Who is number {number}?" for number in range(12)]


class Counting:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, question: Question) -> Answer:
        self.texts.append(question.text)
        return answer(question)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_questions(tmp_path / "q.jsonl", TEXTS)


@pytest.fixture
def out(questions: Path, tmp_path: Path) -> Path:
    """A finished run."""
    asked(questions, tmp_path / "a.jsonl")
    return tmp_path / "a.jsonl"


def test_a_run_cut_off_at_any_byte_ends_in_the_same_file(questions: Path, out: Path) -> None:
    whole = out.read_bytes()
    for length in [0, 1, len(whole) - 1, *random.Random(3).sample(range(len(whole)), 40)]:
        out.write_bytes(whole[:length])
        ask = Counting()
        asked(questions, out, ask=ask)
        assert out.read_bytes() == whole
        assert len(ask.texts) == len(TEXTS) - whole[:length].count(b"\n")


def test_a_finished_run_asks_nothing(questions: Path, out: Path) -> None:
    ask = Counting()
    done = asked(questions, out, ask=ask)
    assert (ask.texts, done.tally.records, done.before) == ([], 12, 12)


def test_an_input_that_grew_is_asked_for_what_is_new(questions: Path, out: Path) -> None:
    ask = Counting()
    write_questions(questions, [*TEXTS, "And who else?"])
    asked(questions, out, ask=ask)
    assert ask.texts == ["And who else?"]
    assert len(written(out)) == 13


@pytest.mark.parametrize(
    ("run_with", "said"),
    [
        (made_with(settings="t"), r"other settings \(s, now t\)"),
        (made_with(generation=2), "generation 1 .* now 2"),
        (made_with(crosscheck="1.1"), r"by Crosscheck 1\.0, and this is 1\.1"),
    ],
)
def test_other_settings_and_other_articles_are_said_and_refused(
    questions: Path, out: Path, run_with: object, said: str
) -> None:
    before = out.read_bytes()
    with pytest.raises(OtherRun, match=said) as refused:
        asked(questions, out, run_with=run_with)  # type: ignore[arg-type]
    assert "--restart" in str(refused.value)
    assert "--continue-anyway" in str(refused.value)
    assert out.read_bytes() == before


def test_going_on_anyway_keeps_what_is_there_and_is_not_asked_about_it_again(questions: Path, out: Path) -> None:
    write_questions(questions, [*TEXTS, "And who else?"])
    ask = Counting()
    asked(questions, out, ask=ask, run_with=made_with(generation=2), choice="continue")
    assert ask.texts == ["And who else?"]
    asked(questions, out, ask=ask, run_with=made_with(generation=2))
    assert json.loads(Files(out).run.read_text())["generation"] == 2


def test_a_restart_asks_everything(questions: Path, out: Path) -> None:
    ask = Counting()
    asked(questions, out, ask=ask, run_with=made_with(settings="t"), choice="restart")
    assert sorted(ask.texts) == sorted(TEXTS)
    assert len(written(out)) == 12


@pytest.mark.parametrize("texts", [["Somebody else?", *TEXTS[1:]], TEXTS[:-1], ["New?", *TEXTS]])
def test_an_input_that_reads_otherwise_is_refused_or_asked_for_what_is_new(
    questions: Path, out: Path, texts: list[str]
) -> None:
    questions.write_text("".join(json.dumps({"question": text}) + "\n" for text in TEXTS))
    asked(questions, out, choice="restart")
    questions.write_text("".join(json.dumps({"question": text}) + "\n" for text in texts))
    with pytest.raises(OtherRun, match=r"reads otherwise now|does not have any more"):
        asked(questions, out)
    ask = Counting()
    asked(questions, out, ask=ask, choice="continue")
    assert ask.texts == [text for text in texts if text not in TEXTS]
    assert [one.answer.question for one in written(out) if isinstance(one, Answered)] == texts
    assert [one.line for one in written(out)] == list(range(1, len(texts) + 1))
    assert not Files(out).before.exists()


def test_answers_set_aside_outlive_another_stop(questions: Path, out: Path) -> None:
    write_questions(questions, ["New?", *TEXTS[1:]])
    ask = Counting()
    asked(questions, out, ask=ask, choice="continue", stopped=lambda: bool(ask.texts))
    assert Files(out).before.exists()
    asked(questions, out, ask=ask)
    assert ask.texts == ["New?"]
    assert len(written(out)) == 12


def test_a_mended_line_alone_is_asked_anew(tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"question": "Who?"}\nbroken\n{"question": "When?"}\n')
    assert asked(questions, out).tally.failed == 1
    questions.write_text('{"question": "Who?"}\n{"question": "Mended?"}\n{"question": "When?"}\n')
    ask = Counting()
    assert asked(questions, out, ask=ask, choice="continue").tally.failed == 0
    assert ask.texts == ["Mended?"]


def test_a_file_that_is_no_batch_is_left_as_it_is(questions: Path, tmp_path: Path) -> None:
    mine = tmp_path / "letters.jsonl"
    mine.write_text("Dear Sir,\nwithout an end")
    with pytest.raises(BadInput, match="Choose another file with -o"):
        asked(questions, mine)
    assert mine.read_text() == "Dear Sir,\nwithout an end"


def test_a_line_in_the_middle_that_is_no_record_is_named(questions: Path, out: Path) -> None:
    lines = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(b"".join([*lines[:4], b"garbage\n", *lines[5:]]))
    with pytest.raises(BadInput, match="Line 5 of"):
        asked(questions, out)


def test_two_runs_do_not_write_to_one_file(tmp_path: Path) -> None:
    with locked(tmp_path / "a.jsonl"), pytest.raises(OutputBusy), locked(tmp_path / "a.jsonl"):
        pass


def test_an_input_without_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("\n\n")
    with pytest.raises(BadInput, match="holds no questions"):
        asked(tmp_path / "q.jsonl", tmp_path / "a.jsonl")
