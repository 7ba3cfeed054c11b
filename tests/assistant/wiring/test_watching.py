"""`crosscheck watch` as a process of its own, with real files: the workspace follows the folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from filelock import FileLock

from index.workspace import open_workspace
from tests.conftest import ROOT, Crosscheck

pytest.importorskip("watchfiles")

_WAIT = 60.0
"""Seconds, generous: nothing here measures time."""


class Watching:
    """The running command and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._queue: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line)

    def hears(self, wanted: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        """The next thing said that is wanted."""
        end = time.monotonic() + _WAIT
        while True:
            try:
                line = self._queue.get(timeout=max(0.1, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"never said; only: {self.lines}") from None
            self.lines.append(line)
            row: dict[str, object] = json.loads(line)
            if wanted(row):
                return row

    def event(self, name: str, **facts: object) -> dict[str, object]:
        return self.hears(lambda row: row["event"] == name and all(row[key] == value for key, value in facts.items()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "ferry.txt").write_text("The ferry to Orlen sails at nine.", encoding="utf-8")
    return made


@contextmanager
def watching(folder: Path, cache: Path, *flags: str) -> Iterator[Watching]:
    """With the workspace beside the folder. Ctrl+C works, however the tests themselves were started."""
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import assistant.cli as c; c.main()"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CROSSCHECK_")}
    process = subprocess.Popen(
        [sys.executable, "-c", start, "watch", folder, "-w", folder.parent / "workspace", "--json", *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean, "PYTHONPATH": str(ROOT), "CROSSCHECK_CACHE": str(cache)},
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def exported(crosscheck: Crosscheck, cache: Path, sample_workspace: Path) -> Path:
    """The cache, once the encoder is in it."""
    return cache


def ids(folder: Path) -> list[str]:
    with open_workspace(folder.parent / "workspace") as opened, opened.viewing() as view:
        return [listing.id for listing in view.listings()]


def test_the_workspace_follows_the_folder(folder: Path, exported: Path) -> None:
    with watching(folder, exported) as watch:
        watch.event("watching", added=1, unchanged=0)
        (folder / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        assert watch.event("changed", added=1)["titles"] == ["tram"]
        (folder / "ferry.txt").write_text("The ferry to Orlen sails at ten.", encoding="utf-8")
        watch.event("changed", revised=1)
        (folder / "tram.txt").unlink()
        watch.event("changed", removed=1)
        assert ids(folder) == ["ferry"]
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(_WAIT) == 130
    assert ids(folder) == ["ferry"]


def test_with_keep_articles_stay_when_their_files_go(folder: Path, exported: Path) -> None:
    with watching(folder, exported, "--keep") as watch:
        watch.event("watching", added=1)
        (folder / "ferry.txt").unlink()
        (folder / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        watch.event("changed", added=1, removed=0)
    assert ids(folder) == ["ferry", "tram"]


def test_what_cannot_be_read_is_said_once_for_each_version_of_its_file(folder: Path, exported: Path) -> None:
    with watching(folder, exported) as watch:
        watch.event("watching")
        (folder / "broken.json").write_text("{", encoding="utf-8")
        watch.event("skipped", path=str(folder / "broken.json"))
        (folder / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        watch.event("changed", added=1)
        (folder / "broken.json").write_text("[", encoding="utf-8")
        watch.event("skipped", path=str(folder / "broken.json"))
    assert sum('"skipped"' in line for line in watch.lines) == 2


def test_a_folder_that_vanishes_keeps_its_articles_until_it_is_back(folder: Path, exported: Path) -> None:
    away = folder.with_name("away")
    with watching(folder, exported) as watch:
        watch.event("watching")
        folder.rename(away)
        watch.event("gone", path=str(folder))
        assert ids(folder) == ["ferry"]
        (away / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        away.rename(folder)
        watch.event("back", path=str(folder))
        watch.event("changed", added=1)
    assert ids(folder) == ["ferry", "tram"]


def test_it_waits_while_another_command_writes(folder: Path, exported: Path) -> None:
    with watching(folder, exported) as watch:
        watch.event("watching")
        with FileLock(folder.parent / "workspace" / "lock"):
            (folder / "tram.txt").write_text("The tram is late.", encoding="utf-8")
            watch.event("waiting")
        watch.event("changed", added=1)


def test_files_are_looked_at_again_and_again_where_that_is_asked_for(folder: Path, exported: Path) -> None:
    with watching(folder, exported, "--poll") as watch:
        watch.event("watching")
        (folder / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        watch.event("changed", added=1)


def test_a_workspace_among_the_articles_does_not_wake_its_own_watch(tmp_path: Path, exported: Path) -> None:
    articles = tmp_path / "all" / "articles"
    articles.mkdir(parents=True)
    (articles / "ferry.txt").write_text("The ferry sails at nine.", encoding="utf-8")
    with watching(articles.parent, exported, "-w", str(articles.parent / "workspace")) as watch:
        watch.event("watching", added=1)
        (articles / "tram.txt").write_text("The tram is late.", encoding="utf-8")
        watch.event("changed", added=1)
    assert sum('"changed"' in line for line in watch.lines) == 1


def test_a_path_that_is_not_there_at_first_is_wrong_input(crosscheck: Crosscheck, tmp_path: Path) -> None:
    done = crosscheck("watch", tmp_path / "nothing", "-w", tmp_path / "w", code=2)
    assert "does not exist" in done.stderr
