"""How to begin where there is nothing yet, and bringing articles in, with progress and every end that it can have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, ProgressBar

from corpus.models import Skipped
from corpus.reading import PathMissing
from index.models import Summary
from index.sync import Events
from tests.fakes import bring_in
from tests.tui.piloting import NOTHING, SIZES, played, read, text_of
from tui.ingesting import IngestPanel
from tui.samples import samples
from tui.welcome import IngestScreen, WelcomeScreen

DONE = Summary(added=3, passages=5, skipped=(Skipped(path="/x/a.xyz", reason="Not read."),), seconds=1.5)


class Ingesting:
    """Takes articles in as told: reports some steps, may wait in between, and ends with a summary or an error."""

    def __init__(self, ends: Summary | Exception = DONE, *, waits: bool = False) -> None:
        self.paths: list[Path] = []
        self.go_on = Event()
        self.stopped = False
        self._ends = ends
        if not waits:
            self.go_on.set()

    def __call__(self, paths: Sequence[Path], events: Events) -> Summary:
        self.paths += paths
        try:
            events.reading(3, 3)
            events.planned(3)
            events.encoding(3, 2, 5)
            self.go_on.wait(5)
            events.written(3, 5)
        except Exception:
            self.stopped = True
            raise
        if isinstance(self._ends, Exception):
            raise self._ends
        return self._ends


def welcome(ingest: Ingesting) -> WelcomeScreen:
    return WelcomeScreen("There is no workspace.", workspace=Path("/ws"), ingest=ingest, samples=samples())


async def ended(pilot: Pilot[None]) -> None:
    """Waits until nothing is taken in any more."""
    panel = pilot.app.screen.query_one(IngestPanel)
    for _ in range(100):
        await pilot.pause(0.02)
        if not panel.running:
            return
    raise AssertionError("it goes on and on")


@pytest.mark.parametrize("size", SIZES)
def test_it_says_why_nothing_can_be_asked_and_how_to_begin(size: tuple[int, int]) -> None:
    said = read(welcome(Ingesting()), size=size)
    assert "There is no workspace." in said
    assert "/ws" in said


@pytest.mark.parametrize("key", ["i", "enter"])
def test_a_key_takes_the_samples_in_and_another_begins(key: str) -> None:
    ingest = Ingesting()

    async def begin(pilot: Pilot[None]) -> None:
        await ended(pilot)
        assert "3 new articles; 1 skipped (1.5 s)." in text_of(pilot.app.screen)
        assert "Skipped /x/a.xyz: Not read." in text_of(pilot.app.screen)
        await pilot.press("enter")

    assert played(welcome(ingest), key, steps=begin) is True
    assert ingest.paths == [samples()]


def test_a_click_takes_the_samples_in() -> None:
    ingest = Ingesting()

    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("#sample")
        await ended(pilot)
        await pilot.click("#begin")

    assert played(welcome(ingest), steps=click) is True


def test_a_path_of_the_users_own_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    ingest = Ingesting()

    async def type_it(pilot: Pilot[None]) -> None:
        pilot.app.screen.query_one(Input).value = ' "~/my clippings" '
        await pilot.press("tab", "enter")
        await ended(pilot)
        await pilot.press("enter")

    assert played(welcome(ingest), steps=type_it) is True
    assert ingest.paths == [Path("/home/ana/my clippings")]


def test_the_letter_i_can_be_typed_in_a_path() -> None:
    ingest = Ingesting()

    async def look(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.query_one(Input).value == "i"

    assert played(welcome(ingest), "tab", "i", steps=look) is NOTHING
    assert ingest.paths == []


def test_progress_is_shown_while_it_runs() -> None:
    ingest = Ingesting(waits=True)

    async def look(pilot: Pilot[None]) -> None:
        await pilot.pause(0.3)
        bar = pilot.app.screen.query_one(ProgressBar)
        assert bar.display
        assert bar.total in (None, 3)
        ingest.go_on.set()
        await ended(pilot)
        assert not bar.display

    played(welcome(ingest), "i", steps=look)


def test_escape_stops_what_runs_and_then_leaves() -> None:
    ingest = Ingesting(waits=True)

    async def stop(pilot: Pilot[None]) -> None:
        await pilot.press("escape")
        ingest.go_on.set()
        await ended(pilot)
        assert "What was taken in until now stays" in text_of(pilot.app.screen)
        await pilot.press("escape")

    assert played(welcome(ingest), "i", steps=stop) is False
    assert ingest.stopped


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PathMissing("'x' does not exist; give a file or a folder of articles"), "'x' does not exist"),
        (ZeroDivisionError("division by zero"), "nobody foresaw (ZeroDivisionError: division by zero)"),
    ],
)
def test_what_goes_wrong_is_said_and_one_can_try_again(error: Exception, said: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await ended(pilot)
        assert said in text_of(pilot.app.screen)
        assert not pilot.app.screen.query_one("#begin", Button).display
        await pilot.press("i")
        await ended(pilot)

    ingest = Ingesting(error)
    assert played(welcome(ingest), "i", steps=look) is NOTHING
    assert len(ingest.paths) == 2


def test_a_folder_without_articles_is_no_beginning() -> None:
    async def look(pilot: Pilot[None]) -> None:
        await ended(pilot)
        assert "Nothing new" in text_of(pilot.app.screen)
        assert not pilot.app.screen.query_one("#begin", Button).display

    assert played(welcome(Ingesting(Summary())), "i", steps=look) is NOTHING


@pytest.mark.parametrize("key", ["enter", "escape"])
def test_more_articles_come_in_with_the_same_progress(key: str) -> None:
    ingest = Ingesting()

    async def close(pilot: Pilot[None]) -> None:
        await ended(pilot)
        assert "3 new articles" in text_of(pilot.app.screen)
        await pilot.press(key)

    assert played(IngestScreen([Path("/x")], ingest=ingest), steps=close) == DONE


def test_closing_waits_for_what_runs_and_escape_stops_it() -> None:
    ingest = Ingesting(waits=True)

    async def press(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "escape")
        ingest.go_on.set()
        await ended(pilot)
        await pilot.press("escape")

    assert played(IngestScreen([Path("/x")], ingest=ingest), steps=press) is None
    assert ingest.stopped


def test_the_sample_articles_can_really_be_taken_in(tmp_path: Path) -> None:
    screen = WelcomeScreen(
        "There is no workspace.",
        workspace=tmp_path / "ws",
        ingest=lambda paths, _: bring_in(tmp_path / "ws", *paths),
        samples=samples(),
    )

    async def begin(pilot: Pilot[None]) -> None:
        await ended(pilot)
        assert "34 new articles" in text_of(screen)
        await pilot.press("enter")

    assert played(screen, "i", steps=begin) is True
