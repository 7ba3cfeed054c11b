"""Connections and indexes that are kept: shared by all who read, and never those of files that are gone."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from index.errors import NoWorkspace
from index.planning import make_order
from index.readers import Readers
from index.sync import Engine, ingest
from index.workspace import Derived, open_workspace
from tests.fakes import IDENTITY, HashedWords, Silent, count_words


def write(workspace: Path, **texts: str) -> None:
    """One article for each text, and no others."""
    folder = workspace.parent / "articles"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    engine = Engine(IDENTITY, HashedWords(), count_words)
    with open_workspace(workspace, create=True) as opened:
        ingest(opened, make_order([folder], workspace=workspace, prune=True), engine=engine, events=Silent())


def read(readers: Readers) -> tuple[list[str], Derived]:
    """The articles' texts, and the indexes they were read with."""
    with readers.taken() as workspace, workspace.reading() as (view, derived):
        assert len(derived.present()) == view.sizes().passages
        assert derived.generation == view.generation
        return [view.article(one.id).text for one in view.listings()], derived


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write(tmp_path / "w", mill="The mill burned down.")
    return tmp_path / "w"


def test_the_next_reading_has_the_same_indexes_and_connection(workspace: Path) -> None:
    readers = Readers(workspace)
    with readers.taken() as first:
        pass
    with readers.taken() as second:
        assert second is first
    assert read(readers)[1] is read(readers)[1]


def test_readers_at_the_same_time_have_a_connection_each_and_the_indexes_together(workspace: Path) -> None:
    readers, together = Readers(workspace), Barrier(4)

    def one(_: int) -> tuple[int, int]:
        with readers.taken() as taken, taken.reading() as (_view, derived):
            together.wait(10)
            return id(taken), id(derived)

    with ThreadPoolExecutor(4) as pool:
        connections, indexes = zip(*pool.map(one, range(4)), strict=True)
    assert len(set(connections)) == 4
    assert len(set(indexes)) == 1


def test_what_was_published_meanwhile_is_read_next(workspace: Path) -> None:
    readers = Readers(workspace)
    read(readers)
    write(workspace, mill="The mill burned down.", bridge="The bridge was opened.")
    assert read(readers)[0] == ["The bridge was opened.", "The mill burned down."]


def test_a_workspace_made_anew_is_opened_anew_though_its_generation_is_the_same(workspace: Path) -> None:
    readers = Readers(workspace)
    before = read(readers)[1]
    shutil.rmtree(workspace)
    with pytest.raises(NoWorkspace):
        read(readers)
    write(workspace, bridge="The bridge was opened.")
    texts, derived = read(readers)
    assert texts == ["The bridge was opened."]
    assert derived.generation == before.generation


def test_indexes_that_are_gone_are_made_anew(workspace: Path) -> None:
    readers = Readers(workspace)
    before = read(readers)[1]
    shutil.rmtree(workspace / "derived")
    after = read(readers)[1]
    assert after is not before
    assert (workspace / "derived" / str(after.generation) / "vectors.f2").is_file()


def test_a_connection_in_which_something_failed_is_not_used_again(workspace: Path) -> None:
    readers = Readers(workspace)
    with pytest.raises(ZeroDivisionError), readers.taken() as failed:
        1 / 0  # noqa: B018
    with readers.taken() as next_one:
        assert next_one is not failed
