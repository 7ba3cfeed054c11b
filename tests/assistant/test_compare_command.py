"""`crosscheck compare`: pairs from JSON lines, with tables in place of models; and once as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compare_command import BadLine, compared
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from tests.conftest import ROOT, Crosscheck


class Comparing:
    """Statements conflict where their texts differ; remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[tuple[int, str | None]] = []
        self.seen: list[tuple[Statement, Statement]] = []
        self.stated_days: list[Sequence[date | None]] = []

    def compare(self, pairs: Sequence[tuple[Statement, Statement]], question: str | None) -> list[Related]:
        self.batches.append((len(pairs), question))
        self.seen += pairs
        return [self._related(a, b) for a, b in pairs]

    def stated(self, question: str, texts: Sequence[str], days: Sequence[date | None]) -> list[Statement]:
        self.stated_days.append(days)
        return [Statement(text, (0, 1), published=day) for text, day in zip(texts, days, strict=True)]

    @staticmethod
    def _related(a: Statement, b: Statement) -> Related:
        if a.text == b.text:
            return Related("agree", None, "Both say the same.", 0.04, 0.9)
        return Related("conflict", "number", f"{a.text} – {b.text}", 0.876543, 0.05)

    def run(self, lines: Iterable[bytes]) -> Iterator[str | BadLine]:
        return compared(lines, compare=self.compare, stated=self.stated)


def line(a: object = "Nine.", b: object = "Eleven.", **more: object) -> bytes:
    return json.dumps({"a": {"text": a}, "b": {"text": b}, **more}).encode() + b"\n"


def rows(found: Iterable[str | BadLine]) -> list[dict[str, object]]:
    return [json.loads(one) for one in found if isinstance(one, str)]


def test_a_pair_gives_its_id_relation_type_reason_and_score() -> None:
    (row,) = rows(Comparing().run([line(id="p-1")]))
    assert row == {
        "id": "p-1", "relation": "conflict", "type": "number", "reason": "Nine. – Eleven.", "score": 0.8765,
    }  # fmt: skip
    (row,) = rows(Comparing().run([line("Nine.", "Nine.")]))
    assert (row["id"], row["relation"], row["type"]) == (None, "agree", None)


def test_results_come_in_the_order_of_the_lines_whatever_their_questions() -> None:
    questions = ["How many?", None, "When?", "How many?", "", None]
    lines = [line(f"Number {n}.", id=n, question=question) for n, question in enumerate(questions)]
    comparing = Comparing()
    found = rows(comparing.run(lines))
    assert [row["id"] for row in found] == list(range(6))
    assert all(row["reason"] == f"Number {row['id']}. – Eleven." for row in found)
    assert {question for _, question in comparing.batches} == {"How many?", "When?", None}


def test_only_to_a_question_are_answering_words_sought() -> None:
    comparing = Comparing()
    list(comparing.run([line(), line(question="How many?")]))
    assert [a.answer for a, _ in comparing.seen] == [None, (0, 1)]


def test_days_of_publication_reach_the_statements_with_and_without_a_question() -> None:
    dated = {"a": {"text": "Nine.", "published": "2026-03-03"}, "b": {"text": "Ten.", "published": "3 March 2026"}}
    comparing = Comparing()
    list(comparing.run([json.dumps({**dated, "question": question}).encode() for question in (None, "How many?")]))
    assert all(a.published == date(2026, 3, 3) for a, _ in comparing.seen)
    assert comparing.stated_days[0][0] == date(2026, 3, 3)


def test_a_day_that_cannot_be_read_leaves_the_pair_without_one() -> None:
    comparing = Comparing()
    row = {"a": {"text": "Nine.", "published": "some day"}, "b": {"text": "Ten.", "published": ""}}
    assert len(rows(comparing.run([json.dumps(row).encode()]))) == 1
    assert [one.published for one in comparing.seen[0]] == [None, None]


def test_what_the_form_does_not_know_is_passed_over() -> None:
    (row,) = rows(Comparing().run([line(id=7, topic="ferries")]))
    assert row["id"] == 7


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "it is no JSON"),
        (b"\xff\xfe", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "the line: "),
        (b'"Nine."', "the line: "),
        (b"{}", "a: "),
        (line("...", "Ten."), "a.text: "),
        (line("Nine.", 10), "b.text: "),
        (line(question=["How many?"]), "question: "),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number_and_the_others_go_on(bad: bytes, reason: str) -> None:
    before, found, after = Comparing().run([line(id=1), b"\n", bad, line(id=2)])
    assert isinstance(found, BadLine)
    assert found.line == 3
    assert found.reason.startswith(reason)
    assert [row["id"] for row in rows([before, after])] == [1, 2]


def test_empty_input_gives_nothing_and_compares_nothing() -> None:
    comparing = Comparing()
    assert list(comparing.run([b"\n", b"  \n"])) == []
    assert comparing.batches == []


def test_endless_input_gives_results_as_it_comes() -> None:
    found = Comparing().run(line(id=n) for n in count())
    assert [json.loads(str(next(found)))["id"] for _ in range(40)] == list(range(40))


@given(st.lists(st.sampled_from(["pair", "same", "bad", "blank"]), max_size=50))
def test_every_line_with_something_on_it_gives_exactly_one_result_in_its_place(kinds: list[str]) -> None:
    made = {"pair": line(), "same": line("Nine.", "Nine."), "bad": b"{\n", "blank": b"\n"}
    results = list(Comparing().run([made[kind] for kind in kinds]))
    seen = ["bad" if isinstance(one, BadLine) else json.loads(one)["relation"] for one in results]
    names = {"pair": "conflict", "same": "agree", "bad": "bad"}
    assert seen == [names[kind] for kind in kinds if kind != "blank"]
    bad = [one.line for one in results if isinstance(one, BadLine)]
    assert bad == [at for at, kind in enumerate(kinds, start=1) if kind == "bad"]


@given(st.binary(max_size=60))
def test_no_line_whatever_it_holds_ends_the_run(junk: bytes) -> None:
    found = list(Comparing().run([junk.replace(b"\n", b" "), line(id="last")]))
    assert rows(found)[-1]["id"] == "last"


PAIRS = [
    {"id": "clash", "question": "How many people died?",
     "a": {"text": "Nine people died on the ferry."}, "b": {"text": "Eleven people died on the ferry."}},
    {"id": "bare", "a": {"text": "The mill is closing."}, "b": {"text": "Ida Marsh came on Tuesday."}},
]  # fmt: skip


def test_the_command_prints_one_json_line_a_pair_and_tells_bad_lines_apart(
    crosscheck: Crosscheck, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(pair) + "\n" for pair in PAIRS) + "{\n", encoding="utf-8")
    done = crosscheck("compare", file, code=1, CROSSCHECK_JUDGE="none")
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [row["id"] for row in found] == ["clash", "bare"]
    assert [set(row) for row in found] == [{"id", "relation", "type", "reason", "score"}] * 2
    assert done.stderr.startswith("Line 3 is left out: it is no JSON")


def test_the_command_reads_standard_input_and_ends_well(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "compare", "-"],
        input=json.dumps(PAIRS[1]),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        timeout=120,
    )
    assert json.loads(done.stdout)["id"] == "bare"
    assert done.stderr == ""


def test_a_file_that_is_not_there_is_bad_input(crosscheck: Crosscheck, tmp_path: Path) -> None:
    done = crosscheck("compare", tmp_path / "nothing.jsonl", code=2)
    assert "cannot be read" in done.stderr
    assert done.stdout == ""
