"""A thousand lines of which hardly one is right: each has its record, in order, and none holds up the others."""

from __future__ import annotations

import json
import random
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.batch.inputs import KINDS, Kind, Source
from assistant.errors import BadInput
from assistant.records import Answered, Failed
from tests.assistant.batch.batches import asked, write_questions, written

LINES = 1000
MEGABYTE = 1_000_000
GOOD = '{"question": "Who is number NUMBER?"}'
HOSTILE: tuple[bytes, ...] = (
    GOOD.encode(),
    b"",
    b"   ",
    b"{",
    b"}",
    b"null",
    b"[]",
    b"[" * 5000,
    b'"Who?"',
    b"17",
    b"NaN",
    b'{"question": "Who?"',
    b'{"question": "Who?"} {"question": "When?"}',
    b"{'question': 'Who?'}",
    b'{"question": null}',
    b'{"question": 5}',
    b'{"question": ["Who?"]}',
    b'{"question": ""}',
    b'{"question": "?!"}',
    b'{"Question": "Who?"}',
    b'{"id": 7, "question": "Who?"}',
    b'{"id": "same", "question": "Who?"}',
    b'{"id": "' + b"x" * 201 + b'", "question": "Who?"}',
    b'{"question": "Who?", "top_k": 0}',
    b'{"question": "Who?", "top_k": "3"}',
    b'{"question": "Who?", "top_k": 1e99}',
    b'{"question": "Who?", "as_of": "yesterday"}',
    b'{"question": "Who?", "as_of": 20260101}',
    b'{"question": "Who?", "since": "2026-02-30"}',
    b'{"question": "Who?", "since": "2026-02-01", "until": "2026-01-01"}',
    b'{"question": "Who?", "publishers": "A"}',
    b'{"question": "Who?", "publishers": [1]}',
    b'{"question": "Who?", "expected": {"status": "perhaps"}}',
    b'{"question": "Who?", "expected": {"conflict": "yes"}}',
    b'{"question": "Who?", "expected": []}',
    b'{"question": "Who?", "anything": 1}',
    b'{"question": "\\ud800 who?"}',
    b'{"question": "Who\\u0000?"}',
    b'{"question": "Who\0?"}',
    b"\0\0\0\0",
    b"\xff\xfe\xfd",
    bytes(range(1, 10)) * 20,
    "{'question': '\u2028'}".encode(),
    '{"question": "Wer lie\xdf das Caf\xe9 NUMBER?"}'.encode("latin-1"),
    b'\xef\xbb\xbf{"question": "Who has mark NUMBER?"}',
    b'{"question": "Who ends as on Windows NUMBER?"}\r',
    b'{"question": "' + b"who " * (MEGABYTE // 4) + b'?"}',
    b"x" * MEGABYTE,
    b'{"question": "' + b"who " * 600 + b'?"}',
)


def hostile_lines() -> list[bytes]:
    chosen = random.Random(8)
    some = [*HOSTILE, *chosen.choices(HOSTILE[:-3], k=LINES - len(HOSTILE))]
    chosen.shuffle(some)
    return [line.replace(b"NUMBER", str(at).encode()) for at, line in enumerate([*some[:-1], GOOD.encode()])]


def test_every_one_of_a_thousand_hostile_lines_has_its_record_in_order(tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_bytes(b"\n".join(hostile_lines()))
    started = perf_counter()
    done = asked(questions, out)
    assert perf_counter() - started < 20
    found = written(out)
    assert [record.line for record in found] == list(range(1, LINES + 1))
    assert done.tally.failed == sum(isinstance(record, Failed) for record in found)
    for record in found:
        assert isinstance(record, Answered) or (record.error.endswith((".", "?")) and len(record.error) < 3000)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"question": "' + b"x" * MEGABYTE + b'"}', "longer than 262,144 bytes"),
        (b'{"question": "' + b"who " * 600 + b'"}', "2,399 characters; at most 2,000"),
        (b'{"question": "Who\0?"}', "NUL"),
        (b'{"question": "Who?", "top_k": "3"}', "top_k"),
        (b"   ", "The line is empty"),
        (b"{", "no JSON that can be read"),
    ],
)
def test_a_refused_line_says_why_and_the_next_one_is_asked(tmp_path: Path, line: bytes, said: str) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_bytes(line + b'\n{"question": "Who?"}\n\n\n')
    asked(questions, out)
    failed, answered = written(out)
    assert isinstance(failed, Failed)
    assert said in failed.error
    assert isinstance(answered, Answered)


def test_a_line_of_a_megabyte_in_a_table_costs_only_its_row(tmp_path: Path) -> None:
    questions, out = tmp_path / "q.csv", tmp_path / "a.jsonl"
    questions.write_bytes(b"id,question\n1," + b"x" * MEGABYTE + b"\n2,Who?\n")
    asked(questions, out)
    assert [(record.kind, record.line) for record in written(out)] == [("failed", 2), ("answered", 3)]


@given(content=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_no_bytes_raise_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: Kind
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "q"
    path.write_bytes(content)
    try:
        numbers = [entry.number for entry in Source(path, "q", kind).entries()]
    except BadInput:
        # What has NUL bytes and is no UTF-16 is no text, and refused as a whole.
        assert kind in ("csv", "tsv") or b"\0" in content
    else:
        assert numbers == sorted(set(numbers))


def test_a_failure_nobody_foresaw_is_a_record_too(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise TypeError("no number")

    questions = write_questions(tmp_path / "q.jsonl", ["Who?", "When?"])
    asked(questions, tmp_path / "a.jsonl", ask=fail)  # type: ignore[arg-type]
    found = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [one["id"] for one in found] == ["0", "1"]
    assert "TypeError: no number" in found[0]["error"]
