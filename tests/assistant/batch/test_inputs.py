"""Every form in which questions come: each line is a question, or says why it is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.batch.inputs import Entry, Source, kind_of
from assistant.errors import BadInput
from assistant.records import Failed, Line
from tests.assistant.batch.batches import entries


def texts(some: list[Entry]) -> list[str]:
    return [one.read.question.text for one in some if isinstance(one.read, Line)]


def errors(some: list[Entry]) -> dict[int, str]:
    return {one.number: one.read.error for one in some if isinstance(one.read, Failed)}


def made(tmp_path: Path, name: str, content: bytes | str) -> list[Entry]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return entries(path)


def test_json_lines_carry_filters_and_what_is_expected(tmp_path: Path) -> None:
    (one,) = made(
        tmp_path,
        "q.jsonl",
        '{"id": "7", "question": "Who?", "as_of": "2026-03-01", "publishers": ["A", "B"], "since": "2026-01-01", '
        '"until": "2026-02-01", "top_k": 3, "expected": {"answers": ["Ada"], "status": "denied", "conflict": true}}\n',
    )
    assert isinstance(one.read, Line)
    question, expected = one.read.question, one.read.expected
    assert (question.id, question.publishers, question.top_k) == ("7", ("A", "B"), 3)
    assert (question.as_of, question.since) == (date(2026, 3, 1), date(2026, 1, 1))
    assert expected is not None
    assert (expected.answers, expected.status, expected.conflict) == (("Ada",), "denied", True)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_says_the_same_whatever_separates_its_cells(tmp_path: Path, separator: str) -> None:
    heads = ["id", "question", "as_of", "publishers", "top_k", "expected_answers", "expected_conflict"]
    cells = ["7", '"Who, or whom; and when?"', "2026-03-01", '"A | B"', "3", '"Ada|Eve"', "yes"]
    (one,) = made(tmp_path, "q.csv", f"{separator.join(heads)}\r\n{separator.join(cells)}\r\n")
    (same,) = made(
        tmp_path,
        "q.jsonl",
        '{"id": "7", "question": "Who, or whom; and when?", "as_of": "2026-03-01", "publishers": ["A", "B"], '
        '"top_k": 3, "expected": {"answers": ["Ada", "Eve"], "conflict": true}}',
    )
    assert isinstance(one.read, Line)
    assert isinstance(same.read, Line)
    assert (one.read.question, one.read.expected) == (same.read.question, same.read.expected)
    assert (one.number, same.number) == (2, 1)
    assert one.asked == same.asked


def test_a_row_is_known_by_the_line_it_begins_on_and_a_wrong_one_costs_only_itself(tmp_path: Path) -> None:
    found = made(tmp_path, "q.csv", 'id,question\n1,"Who\nor what?"\n2,Who,when?\n3,\n\n4,Where?\n5,"W"x\n6,Why?\n')
    assert texts(found) == ["Who or what?", "Where?", "Why?"]
    assert [one.number for one in found] == [2, 4, 5, 7, 8, 9]
    assert "3 cells" in errors(found)[4]
    assert "question" in errors(found)[5]
    assert "not valid CSV" in errors(found)[8]


def test_a_quote_that_does_not_close_says_how_far_it_reaches(tmp_path: Path) -> None:
    found = made(tmp_path, "q.csv", 'id,question\n1,Who?\n2,"When\n3,Where?\n')
    assert texts(found) == ["Who?"]
    assert "reaches to line 4" in errors(found)[3]


def test_columns_that_no_question_has_are_named(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv"
    path.write_text("question\tnotes\nWho?\tlater\n")
    assert Source(path, "q.tsv", "tsv").notices() == ["Note: these columns of the table are not used: 'notes'."]


def test_a_table_without_questions_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no column 'question'.*'frage'"):
        made(tmp_path, "q.csv", "id,frage\n1,Wer?\n")


def test_plain_text_has_a_question_a_line_and_empty_lines_between(tmp_path: Path) -> None:
    found = made(tmp_path, "q.txt", "Who?\n\n  When was it?  \n...\nWhere?")
    assert texts(found) == ["Who?", "When was it?", "Where?"]
    assert [one.number for one in found] == [1, 3, 4, 5]
    assert "no words" in errors(found)[4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("q.txt", ["Who sold the café?", "When?"]),
        ("q.jsonl", ['{"question": "Who sold the café?"}', '{"question": "When?"}']),
        ("q.csv", ["question,id", "Who sold the café?,1", "When?,2"]),
    ],
)
def test_encodings_marks_and_line_ends_change_nothing(
    tmp_path: Path, name: str, lines: list[str], end: str, encoding: str
) -> None:
    found = made(tmp_path, name, (end.join(lines) + end).encode(encoding))
    assert texts(found) == ["Who sold the café?", "When?"]


def test_one_line_in_another_encoding_than_the_rest_is_read(tmp_path: Path) -> None:
    found = made(tmp_path, "q.txt", "Wo ist das Café?\n".encode() + "Où est le café fermé?\n".encode("latin-1"))
    assert texts(found) == ["Wo ist das Café?", "Où est le café fermé?"]


def test_an_id_counts_once(tmp_path: Path) -> None:
    found = made(tmp_path, "q.jsonl", '{"id": "a", "question": "Who?"}\n{"id": "a", "question": "When?"}\n')
    assert texts(found) == ["Who?"]
    assert "'a' stands on line 1 already" in errors(found)[2]
    assert isinstance(found[1].read, Failed)
    assert found[1].read.id == "a"


def test_what_a_line_asks_names_it_and_not_how_it_is_written(tmp_path: Path) -> None:
    one, same, other, expecting = made(
        tmp_path,
        "q.jsonl",
        '{"question": "Who?", "top_k": 3}\n{"top_k":3,  "question":" Who? "}\n{"question": "Who?"}\n'
        '{"question": "Who?", "expected": {"conflict": false}}\n',
    )
    assert one.asked == same.asked
    assert len({one.asked, other.asked, expecting.asked}) == 3


def test_the_name_of_a_file_says_what_it_holds_unless_that_is_said() -> None:
    assert [kind_of(name, None) for name in ("a.JSONL", "a.ndjson", "a.csv", "a.tsv", "a.txt", "-")] == [
        "jsonl", "jsonl", "csv", "tsv", "text", "jsonl",
    ]  # fmt: skip
    assert kind_of("a.csv", "text") == "text"
    with pytest.raises(BadInput, match="--input-format"):
        kind_of("a.xlsx", None)
    with pytest.raises(BadInput, match="Choose one of: jsonl, csv, tsv, text"):
        kind_of("a.csv", "excel")
