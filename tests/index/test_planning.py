"""What an ingest reads, and what it makes of files that change, vanish, lead in circles or cannot be opened."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Skipped
from corpus.reading import find_files
from corpus.reading_apart import Bounds, ReaderApart
from index import planning
from index.models import KnownArticle
from index.planning import POSTED, Plan, make_order, make_plan, vanished
from index.workspace import open_workspace
from tests.fakes import bring_in


def ignored(done: int, total: int) -> None:
    pass


def planned(
    workspace: Path, *paths: Path, reading: Callable[[int, int], None] = ignored, bounds: Bounds | None = None
) -> Plan:
    order = make_order(paths, workspace=workspace, bounds=bounds or Bounds())
    with open_workspace(workspace, create=True) as opened:
        return make_plan(opened.store, order, reading=reading)


def rows(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": f"Row {n}."}) + "\n" for n in range(count)))
    return path


def texts(plan: Plan) -> list[str]:
    return [draft.text for _, draft in plan.changed]


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_a_file_that_changed_once_while_it_was_read_is_read_again(tmp_path: Path, inside: Path) -> None:
    first, second = inside / "a.txt", inside / "b.txt"
    second.write_text("Two bridges were opened.")
    bring_in(tmp_path / "w", second)
    first.write_text("One bridge was opened.")

    def reading(done: int, total: int) -> None:
        # The second file is known and passed over while the first one, hashed already, waits for its answer.
        if done == 1:
            first.write_text("One bridge was closed.")

    plan = planned(tmp_path / "w", inside, reading=reading)
    assert texts(plan) == ["One bridge was closed."]
    assert [file.path for file in plan.files] == [str(first), str(second)]


def test_a_file_that_goes_on_changing_is_skipped_and_looked_at_again(tmp_path: Path, inside: Path) -> None:
    growing = rows(inside / "growing.jsonl", 20_000)
    (inside / "still.txt").write_text("One bridge was opened.")
    with written_to(growing):
        plan = planned(tmp_path / "w", inside)
    assert [(item.path, item.reason) for item in plan.skipped] == [
        (str(growing), "changes while it is read; bring it in again once nothing writes to it")
    ]
    assert texts(plan) == ["One bridge was opened."]
    assert [file.path for file in plan.files] == [str(inside / "still.txt")]
    assert len(texts(planned(tmp_path / "w", inside))) > 20_000


@contextmanager
def written_to(path: Path) -> Iterator[None]:
    """Somebody appends rows without a pause."""
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.wait(0.001):
            with path.open("a") as file:
                number += 1
                file.write(json.dumps({"id": f"more{number}", "text": "One more."}) + "\n")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_a_file_that_vanishes_between_finding_and_reading_is_told_and_its_article_stays(
    tmp_path: Path, inside: Path
) -> None:
    for name in ("a", "b"):
        (inside / f"{name}.txt").write_text(f"Bridge {name} was opened.")
    bring_in(tmp_path / "w", inside)
    order = make_order([inside], workspace=tmp_path / "w", prune=True)
    (inside / "a.txt").unlink()
    with open_workspace(tmp_path / "w") as opened:
        plan = make_plan(opened.store, order, reading=ignored)
    assert plan.skipped == [Skipped(path=str(inside / "a.txt"), reason="cannot be read (No such file or directory)")]
    assert (plan.unchanged, plan.vanished) == (["b"], [])


def test_a_pipe_in_place_of_a_file_does_not_stop_the_run(tmp_path: Path, inside: Path) -> None:
    (inside / "a.txt").write_text("One bridge was opened.")
    os.mkfifo(inside / "pipe.txt")
    (inside / "b.txt").write_text("Two bridges were opened.")
    order = make_order([inside, inside / "pipe.txt"], workspace=tmp_path / "w")
    (inside / "b.txt").unlink()
    os.mkfifo(inside / "b.txt")
    with open_workspace(tmp_path / "w", create=True) as opened:
        plan = make_plan(opened.store, order, reading=ignored)
    assert {item.reason for item in plan.skipped} == {"is not a regular file"}
    assert texts(plan) == ["One bridge was opened."]


def test_links_in_circles_and_out_of_the_folder_are_followed_once(tmp_path: Path, inside: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "far.txt").write_text("A far bridge was opened.")
    (inside / "a.txt").write_text("One bridge was opened.")
    (inside / "up").symlink_to(tmp_path, target_is_directory=True)
    (inside / "self").symlink_to(inside, target_is_directory=True)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "nothing.txt").symlink_to(tmp_path / "nothing")
    (inside / "round.txt").symlink_to(inside / "turn.txt")
    (inside / "turn.txt").symlink_to(inside / "round.txt")
    plan = planned(tmp_path / "w", inside)
    assert sorted(texts(plan)) == ["A far bridge was opened.", "One bridge was opened."]
    assert {(Path(item.path).name, item.reason) for item in plan.skipped} == {
        ("nothing.txt", "cannot be read (No such file or directory)"),
        ("round.txt", "cannot be read (Too many levels of symbolic links)"),
        ("turn.txt", "cannot be read (Too many levels of symbolic links)"),
    }


def test_what_may_not_be_opened_is_told_and_what_lies_in_it_is_not_taken_for_gone() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "closed").mkdir()
        for file in (folder / "closed" / "a.txt", folder / "b.txt"):
            file.write_text(f"The bridge of {file.stem} was opened.")
        known = {"a": KnownArticle("", "", str(folder / "closed" / "a.txt"))}
        (folder / "closed").chmod(0)
        (folder / "b.txt").chmod(0)
        with as_nobody():
            plan = planned(folder / "w", folder)
            order = make_order([folder], workspace=folder / "w")
        (folder / "closed").chmod(0o700)
    assert {item.path for item in plan.skipped} == {str(folder / "closed"), str(folder / "b.txt")}
    assert {item.reason for item in plan.skipped} == {"cannot be read (Permission denied)"}
    assert (plan.files, plan.changed) == ([], [])
    assert vanished(known, seen=set(), order=order, skipped=plan.skipped) == []


@contextmanager
def as_nobody() -> Iterator[None]:
    """Somebody who may not open everything: root may."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_name_that_is_not_utf8_is_told_wherever_it_stands(tmp_path: Path, inside: Path) -> None:
    folder = os.fsencode(inside) + b"/caf\xe9"
    os.mkdir(folder)
    with open(folder + b"/a.txt", "wb") as file:
        file.write(b"One bridge was opened.")
    (inside / "b.txt").write_text("Two bridges were opened.")
    plan = planned(tmp_path / "w", inside)
    assert [(item.path, item.reason) for item in plan.skipped] == [
        (f"{inside}/caf\ufffd/a.txt", "has a name that is not valid UTF-8; rename it")
    ]
    assert texts(plan) == ["Two bridges were opened."]


def test_names_too_deep_for_the_system_are_told(tmp_path: Path, inside: Path) -> None:
    here = os.open(inside, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=here)
        here, above = os.open("d" * 200, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    (inside / "a.txt").write_text("One bridge was opened.")
    plan = planned(tmp_path / "w", inside)
    assert [item.reason for item in plan.skipped] == ["cannot be read (File name too long)"]
    assert texts(plan) == ["One bridge was opened."]


def test_a_file_that_is_ended_by_a_bound_is_remembered_for_that_bound(tmp_path: Path, inside: Path) -> None:
    plain = rows(tmp_path / "a.jsonl", 50_000)
    (inside / "a.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    tight = Bounds(output=1_000_000)
    reason = "holds more articles than fit into memory for a file of its size; split it"
    order = make_order([inside], workspace=tmp_path / "w", bounds=tight)
    with open_workspace(tmp_path / "w", create=True) as opened:
        plan = make_plan(opened.store, order, reading=ignored)
        opened.store.remember_files(plan.files)
        again = make_plan(opened.store, order, reading=ignored)
    assert [item.reason for item in (*plan.skipped, *again.skipped)] == [reason] * 2
    assert len(again.files) == 1
    assert len(texts(planned(tmp_path / "w", inside))) == 50_000


def test_posted_articles_are_read_without_another_process(
    tmp_path: Path, inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = tmp_path / "w" / POSTED
    posted.mkdir(parents=True)
    (posted / "a.json").write_text('{"id": "a", "text": "One bridge was opened."}')
    (posted / "link.json").symlink_to(inside / "b.json")
    (inside / "b.json").write_text('{"id": "b", "text": "Two bridges were opened."}')
    asked: list[Path] = []
    monkeypatch.setattr(ReaderApart, "read", lambda self, paths: asked.extend(paths) or iter(()))
    order = make_order([tmp_path / "w"], workspace=tmp_path / "w")
    assert order.posted == {posted / "a.json"}
    with open_workspace(tmp_path / "w", create=True) as opened:
        plan = make_plan(opened.store, make_order([posted / "a.json"], workspace=tmp_path / "w"), reading=ignored)
    assert texts(plan) == ["One bridge was opened."]
    assert asked == []


def test_progress_counts_every_file_once(tmp_path: Path, inside: Path) -> None:
    for number in range(60):
        (inside / f"{number}.txt").write_text(f"Bridge {number} was opened.")
    told: list[tuple[int, int]] = []
    planned(tmp_path / "w", inside, reading=lambda done, total: told.append((done, total)))
    assert told == [(done, 60) for done in range(61)]


def test_thousands_of_tiny_files_are_found_at_once(tmp_path: Path, inside: Path) -> None:
    for number in range(10_000):
        if number % 500 == 0:
            (inside / str(number // 500)).mkdir()
        os.close(os.open(inside / str(number // 500) / f"{number}.txt", os.O_CREAT | os.O_WRONLY))
    begin = time.process_time()
    assert len(find_files([inside])) == 10_000
    assert time.process_time() - begin < 1


def test_what_vanished_among_a_hundred_thousand_articles_is_found_at_once(tmp_path: Path) -> None:
    known = {
        str(number): KnownArticle("", "", str(tmp_path / f"{number % 100}" / f"{number}.txt"))
        for number in range(100_000)
    }
    order = make_order([], workspace=tmp_path / "w")
    order = type(order)(paths=[tmp_path], files=[], fields={}, prune=True)
    doubtful = [Skipped(path=str(tmp_path / str(number)), reason="cannot be read") for number in range(50)]
    begin = time.process_time()
    gone = vanished(known, seen=set(), order=order, skipped=doubtful)
    assert time.process_time() - begin < 1
    assert len(gone) == 50_000


NAMES = ("a/story.txt", "b/story.txt", "story.md", "rows.jsonl", "other.jsonl")
CONTENTS = (
    "The bridge opened.",
    "The bridge closed.",
    '{"id": "story", "text": "The bridge was sold."}\n{"text": "The ferry sank."}',
    '{"id": "b/story", "text": "The ferry was raised."}\n{"id": "x", "text": "The toll fell."}',
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(CONTENTS), min_size=1), max_size=3))
def test_of_a_few_files_the_plan_is_the_one_that_all_known_articles_would_give(
    turns: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("few")
    for turn in turns:
        for name, content in turn.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content)
        paths = [folder / name for name in turn]
        with open_workspace(folder / "w", create=True) as workspace:
            order = make_order(paths, workspace=folder / "w")
            few = make_plan(workspace.store, order, reading=ignored)
            monkeypatch.setattr(planning, "_FEW", 0)
            assert few == make_plan(workspace.store, order, reading=ignored)
            monkeypatch.undo()
        bring_in(folder / "w", *paths)
