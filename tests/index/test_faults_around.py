"""What goes wrong around a workspace: a full disk, a folder that may only be read, two writers, clocks, leftovers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from index import store as store_module
from index.checks import check
from index.errors import WorkspaceBusy, WorkspaceError
from index.repair import repair
from index.workspace import locked, open_workspace
from tests.fakes import Silent, bring_in, engine
from tests.index import faulty

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return faulty.make(tmp_path)


def sound(workspace: Path) -> bool:
    with open_workspace(workspace) as opened:
        return all(one.passed for one in check(opened))


def python(*code: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "\n".join(code)], capture_output=True, text=True, cwd=ROOT, timeout=120
    )


# A disk that is full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=777", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except OSError as error:
        pytest.skip(f"nothing can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True, timeout=30)


def test_an_ingest_onto_a_full_disk_is_refused_by_name_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    folder = faulty.articles(tmp_path / "articles")
    bring_in(small_disk / "w", folder)
    before = faulty.answers(small_disk / "w")
    for number in range(4):
        (folder / f"long-{number}.txt").write_text(f"The archive number {number} of Wick is long. " * 20_000)
    with pytest.raises(WorkspaceError, match=r"full|room on the disk|No space left"):
        bring_in(small_disk / "w", folder)
    assert faulty.answers(small_disk / "w") == before
    for number in range(4):
        (folder / f"long-{number}.txt").unlink()
    (folder / "short.txt").write_text("The archive of Wick is short.")
    assert bring_in(small_disk / "w", folder).added == 1
    assert sound(small_disk / "w")


NO_ROOM = "no room"


def refusal(what: Callable[..., object], *paths: Path) -> str:
    """Empty where it was done."""
    try:
        what(*paths)
    except (WorkspaceError, OSError) as error:
        return NO_ROOM if re.search(r"full|room on the disk|No space left", str(error)) else str(error)
    return ""


def test_wherever_the_disk_becomes_full_answers_stay_those_of_before_or_after(small_disk: Path, tmp_path: Path) -> None:
    folder = faulty.articles(tmp_path / "articles")
    for left in (30_000, 60_000, 120_000, 200_000, 300_000, 450_000):
        shutil.rmtree(small_disk / "w", ignore_errors=True)
        (small_disk / "filling").unlink(missing_ok=True)
        bring_in(small_disk / "w", folder)
        before = faulty.answers(small_disk / "w")
        with (small_disk / "filling").open("wb") as filling:
            filling.write(b"x" * (shutil.disk_usage(small_disk).free - left))
        (folder / "new.txt").write_text("The lighthouse of Wick was lit in June. " * 200)
        assert refusal(bring_in, small_disk / "w", folder) in ("", NO_ROOM)
        assert refusal(faulty.answers, small_disk / "w") in ("", NO_ROOM)
        (small_disk / "filling").unlink()
        old = {hit[:3] for answer in before for hit in answer}
        assert old == {hit[:3] for answer in faulty.answers(small_disk / "w") for hit in answer if hit[0] != "new"}
        bring_in(small_disk / "w", folder)
        assert sound(small_disk / "w")
        (folder / "new.txt").unlink()


# A folder that may only be read


ANSWERING = "from pathlib import Path; from tests.index import faulty; print(len(faulty.answers(Path({!r}))))"
INGESTING = """
from pathlib import Path
from index.errors import WorkspaceError
from tests.fakes import bring_in
try:
    bring_in(Path({!r}), Path({!r}))
except WorkspaceError as error:
    print("refused:", error)
"""


def test_a_workspace_on_a_file_system_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    workspace = faulty.make(tmp_path)
    command = f"mount --bind {workspace} {workspace} && mount -o remount,bind,ro {workspace}"
    if subprocess.run(["sh", "-c", command], capture_output=True, timeout=30).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        asked = python("from index.errors import WorkspaceError", "try:", "    " + ANSWERING.format(str(workspace)),
                       "except WorkspaceError as error:", "    print('refused:', error)")  # fmt: skip
        assert asked.returncode == 0, asked.stderr
        assert asked.stdout.strip() == str(len(faulty.QUESTIONS)) or "may write to the folder" in asked.stdout
        told = python(INGESTING.format(str(workspace), str(tmp_path / "articles")))
        assert told.stdout.startswith("refused:"), told.stderr
        assert "cannot be used" in told.stdout
    finally:
        subprocess.run(["umount", str(workspace)], check=True, timeout=30)
    assert sound(workspace)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_who_may_not_write_to_a_workspace_is_told_so(tmp_path: Path) -> None:
    workspace = faulty.make(tmp_path)
    open_to_all(tmp_path)
    loading = INGESTING.format(str(tmp_path / "other"), str(tmp_path / "articles"))  # while it may still read modules
    dropping = "import os; os.setgid(65534); os.setuid(65534)"
    told = python(loading, dropping, INGESTING.format(str(workspace), str(tmp_path / "articles")))
    assert told.stdout.startswith("refused:"), told.stderr
    assert "cannot be used" in told.stdout
    assert sound(workspace)


def open_to_all(folder: Path) -> None:
    for one in (folder, *folder.parents):
        if one.stat().st_mode & 0o005 != 0o005:
            one.chmod(one.stat().st_mode | 0o055)


# Two writers at once


def test_a_second_writer_is_refused_while_one_writes_and_nothing_is_lost(workspace: Path) -> None:
    (workspace.parent / "articles" / "new.txt").write_text("The lighthouse of Wick was lit in June.")
    with locked(workspace):
        with pytest.raises(WorkspaceBusy):
            bring_in(workspace, workspace.parent / "articles")
        with pytest.raises(WorkspaceBusy):
            repair(workspace, engine=lambda _: engine(), events=Silent())
        assert faulty.answers(workspace)
    assert bring_in(workspace, workspace.parent / "articles").added == 1


def test_of_many_writers_at_once_each_article_reported_as_done_is_there(workspace: Path, tmp_path: Path) -> None:
    done: list[str] = []

    def write(number: int) -> None:
        folder = tmp_path / f"more-{number}"
        folder.mkdir()
        (folder / f"new-{number}.txt").write_text(f"The lighthouse number {number} was lit in June.")
        for _ in range(100):
            try:
                bring_in(workspace, folder)
            except WorkspaceBusy:
                time.sleep(0.02)
            else:
                done.append(f"new-{number}")
                return

    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(done) == 4
    with open_workspace(workspace) as opened, opened.viewing() as view:
        assert {f"new-{number}" for number in range(4)} <= {listing.id for listing in view.listings()}
    assert sound(workspace)


# Clocks


def test_times_from_the_future_and_the_past_change_no_answer(workspace: Path) -> None:
    expected = faulty.answers(workspace)
    for seconds in (time.time() + 10**8, 0):
        for path in workspace.rglob("*"):
            os.utime(path, (seconds, seconds))
        assert faulty.answers(workspace) == expected
        assert sound(workspace)


def test_a_clock_that_was_set_back_changes_the_order_of_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Earlier:
            return cls(1990, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(store_module, "datetime", Earlier)
    file = workspace.parent / "articles" / "article-03.txt"
    file.write_text("The harbour was open at last. The ferry of Dunmore was early.")
    os.utime(file, (10**6, 10**6))
    bring_in(workspace, workspace.parent / "articles")
    with open_workspace(workspace) as opened, opened.viewing() as view:
        rows = view.revisions("article-03")
        assert [row.revision for row in rows] == [1, 2, 3]
        assert (rows[-1].seen or "").startswith("1990")
        assert "at last" in view.article("article-03").text
    assert sound(workspace)


# What killed processes leave behind


def test_leftovers_of_killed_processes_are_no_obstacle(workspace: Path) -> None:
    expected = faulty.answers(workspace)
    for left in ("derived/7", "derived/3.building", "derived/2.replaced", "restore.building"):
        (workspace / left).mkdir()
        (workspace / left / "half").write_text("half")
    for left in ("crosscheck.sqlite.building", "crosscheck.sqlite.building-wal", "lock"):
        (workspace / left).write_text("half")
    assert faulty.answers(workspace) == expected
    (workspace.parent / "articles" / "new.txt").write_text("The lighthouse of Wick was lit in June.")
    assert bring_in(workspace, workspace.parent / "articles").added == 1
    assert sound(workspace)
    faulty.spoil(faulty.store(workspace), [1])
    repair(workspace, engine=lambda _: engine(), events=Silent())
    assert sound(workspace)
