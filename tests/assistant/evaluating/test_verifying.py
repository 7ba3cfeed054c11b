"""Earlier answers against what is kept now: any form they may have, whatever is on a line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.quoting import Lookup
from assistant.evaluating.verifying import Verified, verify
from assistant.evaluating.verifying_text import verified
from assistant.records import Failed, one_line
from tests.assistant.evaluating.making import (
    COST,
    ELEVEN,
    NINE,
    TEXTS,
    answer,
    article,
    look,
    looking_at,
    record,
    refusal,
)

BOTH = answer(NINE, ELEVEN)
GONE = NINE.model_copy(update={"article_id": "gone"})


def run(*lines: str, looked: Lookup = look) -> Verified:
    return verify([line.encode() + b"\n" for line in lines], look=looked, generation=7)


def test_records_bare_answers_and_failures_are_read() -> None:
    found = run(one_line(record(1, BOTH)), one_line(Failed(line=2, error="It is empty.")), "", BOTH.model_dump_json())
    assert (found.answers, found.failed, found.citations, found.holding) == (2, 1, 4, 4)
    assert found.passed
    assert verified(found) == "4 citations of 2 answers checked, all of them hold.\n1 record without an answer."


def test_one_answer_over_many_lines_is_read() -> None:
    found = run(*BOTH.model_dump_json(indent=2).split("\n"))
    assert (found.answers, found.citations, found.unreadable) == (1, 2, ())


def test_a_mark_of_utf8_and_windows_ends_of_lines_are_no_matter() -> None:
    line = one_line(record(1, BOTH)).encode()
    found = verify([b"\xef\xbb\xbf" + line + b"\r\n", line + b"\r\n"], look=look, generation=1)
    assert (found.answers, found.unreadable) == (2, ())


def test_what_no_longer_holds_is_told_with_the_line_of_the_file() -> None:
    found = run(one_line(record(9, BOTH)), "", one_line(record(4, answer(GONE, ELEVEN))))
    assert not found.passed
    (broken,) = found.broken
    assert (broken.line, broken.id, broken.number, broken.outcome) == (3, "q", 1, "removed")
    first, quote, last = verified(found).splitlines()
    assert first == "Line 3, q [1]: There is no article 'gone' in the workspace; it was removed, or never there."
    assert quote == "    “Nine people died, the coast guard said.”"
    assert last == "4 citations of 2 answers checked, 3 hold, 1 no longer."


def test_a_revision_that_still_says_so_is_told_apart_from_one_that_does_not() -> None:
    longer = looking_at(article("ferry", TEXTS["ferry"] + " It was new.", revision=2), article("ferry"))
    found = run(one_line(record(1, answer(NINE))), looked=longer)
    assert found.passed
    assert [one.outcome for one in found.revised] == ["revised"]
    assert "1 citation of them from articles revised since, which still say so." in verified(found)
    corrected = looking_at(article("ferry", "Ten people died.", revision=2), article("ferry"))
    assert [one.outcome for one in run(one_line(record(1, answer(NINE))), looked=corrected).broken] == ["withdrawn"]


def test_the_closest_passages_of_a_refusal_are_no_citations() -> None:
    found = run(one_line(record(1, refusal(GONE))))
    assert (found.answers, found.citations, found.passed) == (1, 0, True)
    assert verified(found) == "1 answer, no citation."


def test_answers_of_other_versions_may_say_more_or_less() -> None:
    fields = BOTH.model_dump(mode="json") | {"mood": "calm", "timings_ms": None}
    fields["citations"][0] |= {"certainty": "guessed", "weight": 3}
    fields["citations"][1].pop("score")
    assert run(json.dumps({"kind": "answered", "line": 1, "answer": fields, "seen": True})).holding == 2


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"nine"',
        "7",
        "{}",
        '{"kind": "answered", "line": 1}',
        '{"kind": "other", "answer": {"id": "q", "citations": []}}',
        '{"id": "q", "citations": [{}]}',
        '{"id": "q"}',
    ],
)
def test_a_line_that_is_no_answer_is_told_and_the_others_are_checked(line: str) -> None:
    found = run(one_line(record(1, BOTH)), line)
    assert (found.answers, [one.line for one in found.unreadable], found.passed) == (1, [2], False)
    assert "Line 2 cannot be verified. It is n" in verified(found)
    assert "1 line could not be read." in verified(found)


def test_a_half_line_at_the_end_is_told() -> None:
    whole = one_line(record(1, BOTH))
    assert [one.line for one in run(whole, whole[: len(whole) // 2]).unreadable] == [2]


def test_a_first_line_that_cannot_be_read_does_not_hide_the_others() -> None:
    found = run("{", one_line(record(2, BOTH)), one_line(record(3, answer(COST))))
    assert ([one.line for one in found.unreadable], found.answers) == ([1], 2)


def test_an_article_cannot_steer_the_terminal_through_its_id() -> None:
    found = run(one_line(record(1, answer(NINE.model_copy(update={"article_id": "\x1b[2J"})))))
    assert "\x1b" not in verified(found)


def test_an_empty_file_has_nothing_that_no_longer_holds() -> None:
    assert verified(run()) == "0 answers, no citation."


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_no_line_whatever_it_holds_ends_the_run(junk: list[bytes]) -> None:
    lines = [line.replace(b"\n", b" ") for line in junk]
    found = verify([*lines, one_line(record(1, BOTH)).encode()], look=look, generation=1)
    filled = sum(bool(line.strip()) for line in lines)
    assert found.answers + found.failed + len(found.unreadable) == filled + 1
    assert found.holding == 2


@given(st.sampled_from(["start", "end", "revision", "quote", "sha256", "article_id"]), st.integers(1, 50))
def test_no_change_to_a_citation_goes_unnoticed(field: str, by: int) -> None:
    value = getattr(NINE, field)
    changed = value + by if isinstance(value, int) else f"{value}{by}"
    found = run(one_line(record(1, answer(NINE.model_copy(update={field: changed})))))
    assert len(found.broken) == 1
