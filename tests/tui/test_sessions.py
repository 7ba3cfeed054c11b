"""Conversations kept as they go: nothing is lost, nothing damaged stops the rest, nothing is overwritten."""

from __future__ import annotations

import json
import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant.records import Answered
from tests.tui.exchanges import NOW, exchange
from tui import sessions
from tui.sessions import SessionError
from tui.state import Exchange

FIRST = exchange("When was it opened?")
SECOND = exchange("and why?", asked="Why was the bridge opened?", because="“it” is taken for “the bridge”.", sure=False)


def test_what_was_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    for one in (FIRST, SECOND):
        sessions.keep(tmp_path / "made", "one", one)
    assert sessions.kept(tmp_path / "made", "one") == (FIRST, SECOND)


def test_only_the_last_exchanges_are_read_where_so_many_are_wanted(tmp_path: Path) -> None:
    for one in (FIRST, FIRST, SECOND):
        sessions.keep(tmp_path, "one", one)
    assert sessions.kept(tmp_path, "one", last=1) == (SECOND,)


@given(st.text(min_size=1).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text)))
def test_whatever_was_typed_is_one_line_of_the_file(typed: str) -> None:
    line = TypeAdapter(Exchange).dump_json(exchange(typed, asked="Is it?"))
    assert b"\n" not in line
    assert TypeAdapter(Exchange).validate_json(line).typed == typed


def test_only_the_user_may_read_a_conversation(tmp_path: Path) -> None:
    sessions.keep(tmp_path / "made", "one", FIRST)
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0
    assert (tmp_path / "made" / "one.jsonl").stat().st_mode & 0o077 == 0


def test_a_line_that_a_crash_cut_off_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    sessions.keep(tmp_path, "one", FIRST)
    with (tmp_path / "one.jsonl").open("ab") as file:
        file.write(b'{"typed": "cut of')
    assert sessions.listed(tmp_path)[0].questions == 1
    sessions.keep(tmp_path, "one", SECOND)
    found = sessions.opened(tmp_path, "one")
    assert found.exchanges == (FIRST, SECOND)
    assert found.note == "1 line of this conversation could not be read and is left out."


@pytest.mark.parametrize("damage", [b"\xff\xfe\x00", b"{}\n", b"[1, 2]\n", b"\n\n \n", b'{"typed": 3}\n'])
def test_damaged_lines_are_passed_over(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "one.jsonl").write_bytes(damage)
    sessions.keep(tmp_path, "one", FIRST)
    assert sessions.kept(tmp_path, "one") == (FIRST,)
    assert [line.title for line in sessions.listed(tmp_path)] == ["When was it opened?"]


def test_a_file_that_is_no_conversation_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_bytes(b"\x00" * 1000)
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "folder.jsonl").mkdir()
    assert sessions.listed(tmp_path) == ()
    assert sessions.listed(tmp_path / "missing") == ()


def test_the_list_has_the_latest_first_with_its_first_question(tmp_path: Path) -> None:
    later = Exchange(
        typed="Later?", because="", sure=True, scope=FIRST.scope, answer=FIRST.answer, at=NOW + timedelta(days=1)
    )
    sessions.keep(tmp_path, "a", FIRST)
    sessions.keep(tmp_path, "a", SECOND)
    sessions.keep(tmp_path, "b", later)
    assert [(line.id, line.title, line.questions) for line in sessions.listed(tmp_path)] == [
        ("b", "Later?", 1),
        ("a", "When was it opened?", 2),
    ]


def test_names_sort_by_time_and_differ_within_a_second() -> None:
    names = {sessions.new_id(NOW) for _ in range(20)}
    assert len(names) > 15
    assert max(names) < sessions.new_id(NOW + timedelta(seconds=1))


def test_a_beginning_of_a_name_is_enough_where_no_other_begins_so(tmp_path: Path) -> None:
    for name in ("2026-a", "2026-b", "2025"):
        sessions.keep(tmp_path, name, FIRST)
    assert sessions.opened(tmp_path, "2025").id == "2025"
    with pytest.raises(SessionError, match="2 conversations begin with '2026'"):
        sessions.opened(tmp_path, "2026")
    with pytest.raises(SessionError, match="There is no conversation '2024'"):
        sessions.opened(tmp_path, "2024")


@pytest.mark.parametrize("name", ["", "../one", "a/b", "x" * 100, "."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    sessions.keep(tmp_path, "one", FIRST)
    with pytest.raises(SessionError):
        sessions.keep(tmp_path / "in", name, FIRST)
    with pytest.raises(SessionError):
        sessions.opened(tmp_path / "in", name)


def test_a_deleted_conversation_is_gone(tmp_path: Path) -> None:
    sessions.keep(tmp_path, "one", FIRST)
    assert sessions.remove(tmp_path, "on") == "one"
    assert sessions.listed(tmp_path) == ()
    with pytest.raises(SessionError):
        sessions.remove(tmp_path, "one")


def test_a_folder_that_cannot_be_written_is_said_and_not_raised_raw(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SessionError, match="goes on without being kept"):
        sessions.keep(tmp_path / "file", "one", FIRST)


def _keep_many(folder: Path, typed: str) -> None:
    for _ in range(20):
        sessions.keep(folder, "one", exchange(typed * 2_000, asked="Is it?"))


def test_two_chats_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    writers = [spawning.Process(target=_keep_many, args=(tmp_path, letter)) for letter in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = sessions.opened(tmp_path, "one")
    assert (len(found.exchanges), found.damaged) == (40, 0)


def test_markdown_has_a_heading_a_question_and_says_what_was_asked() -> None:
    text = sessions.as_markdown([FIRST, SECOND])
    assert "## When was it opened?" in text
    assert (
        "## and why?\n\n*Asked as:* Why was the bridge opened? (“it” is taken for “the bridge”., which was a guess)"
        in (text)
    )
    assert "*22 November 2026, 06:54 UTC; as of 1 March 2026; only Veyle Post*" in text
    assert "**Sources**" in text


def test_what_was_typed_cannot_become_markup() -> None:
    text = sessions.as_markdown([exchange("# <b>x</b> [a](http://b)", asked="Is it?")])
    assert "<b>" not in text
    assert "](http" not in text


def test_json_lines_are_records_of_a_batch(tmp_path: Path) -> None:
    lines = sessions.as_jsonl([FIRST, SECOND]).split("\n")[:-1]
    records = [Answered.model_validate_json(line) for line in lines]
    assert [(record.line, record.answer) for record in records] == [(1, FIRST.answer), (2, SECOND.answer)]
    assert len("".join(lines).splitlines()) == 1, "no reader ends a line inside a record"


@pytest.mark.parametrize("name", ["talks.md", "talks.markdown", "TALKS.MD"])
def test_a_conversation_is_saved_as_markdown(tmp_path: Path, name: str) -> None:
    assert sessions.save(tmp_path / name, [FIRST]) == tmp_path / name
    assert (tmp_path / name).read_text(encoding="utf-8") == sessions.as_markdown([FIRST])


def test_a_conversation_is_saved_as_json_lines(tmp_path: Path) -> None:
    sessions.save(tmp_path / "talks.jsonl", [FIRST])
    assert json.loads((tmp_path / "talks.jsonl").read_text(encoding="utf-8"))["kind"] == "answered"


def test_saving_takes_the_tilde_for_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sessions.save(Path("~/talks.md"), [FIRST]) == tmp_path / "talks.md"


def test_saving_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "talks.md").write_text("precious")
    with pytest.raises(SessionError, match="exists and is not overwritten"):
        sessions.save(tmp_path / "talks.md", [FIRST])
    assert (tmp_path / "talks.md").read_text() == "precious"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("talks", "ends in neither .md nor .jsonl"),
        ("talks.pdf", "ends in neither"),
        ("missing/talks.md", "cannot be written"),
        ("~nobody-here/talks.md", "cannot be written"),
    ],
)
def test_what_cannot_be_saved_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SessionError, match=said):
        sessions.save(Path(path), [FIRST])
