"""How a typed command may go on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.completing import completions
from tui.slash import COMMANDS, About, parsed

TODAY = date(2026, 11, 22)
PUBLISHERS = ("Fenlight Hardware", "Harrowfield Evening Post", "Pelham Wire", "The Pelican")


def lines(typed: str, folder: Path | None = None) -> list[str]:
    found = completions(typed, publishers=PUBLISHERS, sessions=("20261122-a", "20261121-b"), folder=folder, today=TODAY)
    return [one.line for one in found]


def test_a_slash_alone_offers_the_first_commands() -> None:
    assert lines("/") == [f"/{about.name}{' ' if about.takes else ''}" for about in COMMANDS[:8]]


@pytest.mark.parametrize("about", COMMANDS, ids=lambda about: about.name)
def test_every_command_completes_from_all_but_its_last_letter(about: About) -> None:
    assert f"/{about.name}" in [line.strip() for line in lines(f"/{about.name[:-1]}")]


def test_another_name_completes_to_the_command() -> None:
    assert lines("/clear") == ["/everything"]


def test_a_day_begins_with_today_and_may_be_lifted() -> None:
    assert lines("/as-of ")[0] == "/as-of 2026-11-22"
    assert lines("/as-of 2025") == ["/as-of 2025-11-22"]
    assert lines("/since o") == ["/since off"]


def test_publishers_complete_by_their_beginning_then_by_any_words() -> None:
    assert lines("/publisher pel") == ["/publisher Pelham Wire", "/publisher The Pelican"]
    assert lines("/publisher hard") == ["/publisher Fenlight Hardware"]


def test_the_second_publisher_completes_without_offering_the_first_again() -> None:
    found = lines("/publisher Pelham Wire; ")
    assert "/publisher Pelham Wire; Fenlight Hardware" in found
    assert "/publisher Pelham Wire; Pelham Wire" not in found


def test_conversations_complete_by_their_names() -> None:
    assert lines("/resume 2026112") == ["/resume 20261122-a", "/resume 20261121-b"]
    assert lines("/forget 20261121") == ["/forget 20261121-b"]


def test_paths_complete_with_folders_ending_in_a_slash(tmp_path: Path) -> None:
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clip.html").touch()
    (tmp_path / ".clip").touch()
    (tmp_path / "clippings" / "a b.txt").touch()
    assert lines("/ingest cl", tmp_path) == ["/ingest clip.html", "/ingest clippings/"]
    assert lines("/ingest clippings/", tmp_path) == ["/ingest clippings/a b.txt"]
    assert lines("/ingest .", tmp_path) == ["/ingest .clip"]
    assert lines("/ingest ", tmp_path) == ["/ingest clip.html", "/ingest clippings/"]
    assert lines("/ingest missing/x", tmp_path) == []


def test_a_name_to_save_under_is_offered_both_forms(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    assert lines("/save talks", tmp_path) == ["/save talks.md", "/save talks.jsonl", "/save talks/"]
    assert lines("/save talks.md", tmp_path) == []


@pytest.mark.parametrize("typed", ["What is it?", "", "/zzz", "/zzz 1", "/help ", "//", "/open "])
def test_nothing_is_offered_where_nothing_fits(typed: str) -> None:
    assert lines(typed) == []


@given(st.text(max_size=30))
def test_there_are_never_more_than_eight_and_none_raises(text: str) -> None:
    assert len(lines(f"/{text}")) <= 8


@pytest.mark.parametrize("typed", ["/as", "/as-of ", "/pub Pel", "/resume 2", "/th"])
def test_what_is_offered_can_be_done(typed: str) -> None:
    for line in lines(typed):
        assert parsed(line)
