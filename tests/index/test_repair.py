"""Mending a workspace: what verifies is saved, what does not is named, nothing is thrown away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.checks import check
from index.errors import NoWorkspace, UnreadableWorkspace, WorkspaceError
from index.model_files import ModelError
from index.models import EncoderIdentity
from index.planning import POSTED
from index.repair import Repaired, repair
from index.sync import Engine
from index.workspace import Workspace, open_workspace
from tests.fakes import HashedWords, Silent, bring_in, count_words, engine
from tests.index import faulty


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faulty.make(tmp_path_factory.mktemp("pristine"))


@pytest.fixture
def articles(pristine: Path) -> Path:
    """What the workspace was made from."""
    return pristine.parent / "articles"


@pytest.fixture
def workspace(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "w"))


def mend(workspace: Path, encoder: HashedWords | None = None) -> Repaired:
    return repair(workspace, engine=lambda _: engine(encoder), events=Silent())


def texts(workspace: Path) -> dict[str, str]:
    with open_workspace(workspace) as opened, opened.viewing() as view:
        return {listing.id: view.article(listing.id).text for listing in view.listings()}


def faults(workspace: Path) -> list[str]:
    with open_workspace(workspace) as opened:
        return [one.found for one in check(opened) if not one.passed]


def run(workspace: Path, *statements: str) -> None:
    with closing(sqlite3.connect(faulty.store(workspace))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def pages_of(workspace: Path, table: str) -> list[int]:
    """Where a table's rows stand, by a word of each."""
    with closing(sqlite3.connect(faulty.store(workspace))) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return [root]


def test_a_sound_workspace_is_left_alone(workspace: Path) -> None:
    before = faulty.store(workspace).read_bytes()
    assert mend(workspace) == Repaired()
    assert faulty.store(workspace).read_bytes() == before


def test_a_flipped_text_is_lost_and_named_and_everything_else_is_saved(workspace: Path, articles: Path) -> None:
    before = texts(workspace)
    faulty.flip(faulty.store(workspace), faulty.store(workspace).read_bytes().index(b"closed for 7 days"))
    done = mend(workspace)
    (lost,) = done.lost
    assert (lost.id, lost.source) == ("article-07", str(articles / "article-07.txt"))
    assert texts(workspace) == {id_: text for id_, text in before.items() if id_ != "article-07"}
    assert faults(workspace) == []
    assert bring_in(workspace, Path(lost.source)).added == 1
    assert texts(workspace) == before


def test_the_damaged_file_is_kept_each_time_under_another_name(workspace: Path) -> None:
    for number in (1, 2):
        faulty.spoil(faulty.store(workspace), [1])
        damaged = faulty.store(workspace).read_bytes()
        kept = mend(workspace).kept
        assert kept is not None
        assert kept.name == f"crosscheck.sqlite.damaged-{number}"
        assert kept.read_bytes() == damaged


def test_damaged_vectors_are_embedded_again_and_only_they(workspace: Path) -> None:
    expected = faulty.answers(workspace)
    run(workspace, "UPDATE vectors SET vector = zeroblob(length(vector)) WHERE number = 5")
    assert "number 5" in " ".join(faults(workspace))
    encoder = HashedWords()
    done = mend(workspace, encoder)
    assert (done.embedded, done.lost, len(encoder.texts)) == (1, (), 1)
    assert {hit[:3] for answer in faulty.answers(workspace) for hit in answer} == {
        hit[:3] for answer in expected for hit in answer
    }
    assert faults(workspace) == []


@pytest.mark.parametrize("table", ["passages", "vectors", "links", "traces", "meta", "files", "articles_by_source"])
def test_a_page_of_what_follows_from_the_texts_costs_no_article(workspace: Path, table: str) -> None:
    before, expected = texts(workspace), faulty.answers(workspace)
    faulty.spoil(faulty.store(workspace), pages_of(workspace, table))
    done = mend(workspace)
    assert done.store
    assert done.lost == ()
    assert texts(workspace) == before
    assert faults(workspace) == []
    found = faulty.answers(workspace)
    assert [sorted(hit[:3] for hit in one) for one in found] == [sorted(hit[:3] for hit in one) for one in expected]


def test_where_nothing_tells_the_model_vectors_are_kept_if_it_makes_the_same(workspace: Path) -> None:
    faulty.spoil(faulty.store(workspace), pages_of(workspace, "meta"))
    damaged = faulty.store(workspace).read_bytes()
    encoder = HashedWords()
    assert mend(workspace, encoder).embedded == 0
    assert 0 < len(encoder.texts) <= 8
    faulty.store(workspace).write_bytes(damaged)
    other = EncoderIdentity("other words", "2", 64)
    reversing = Engine(other, lambda texts, progress=None: HashedWords()([t[::-1] for t in texts]), count_words)
    done = repair(workspace, engine=lambda _: reversing, events=Silent())
    assert done.embedded == len(faulty.TOWNS)
    with open_workspace(workspace) as opened:
        assert opened.store.encoder == other
    assert faults(workspace) == []


def test_articles_whose_names_are_damaged_get_them_from_the_index(workspace: Path, articles: Path) -> None:
    before = texts(workspace)
    faulty.spoil(faulty.store(workspace), pages_of(workspace, "articles"))
    assert mend(workspace).lost == ()
    assert texts(workspace) == before
    assert bring_in(workspace, articles).unchanged == len(before)


def test_a_damaged_name_is_taken_from_the_indexes(workspace: Path, articles: Path) -> None:
    path = faulty.store(workspace)
    content = path.read_bytes()
    at = content.index(b"article-05" + str(articles).encode())
    faulty.flip(path, at + 9, mask=1)
    assert faults(workspace) != []
    done = mend(workspace)
    assert done.lost == ()
    assert {"article-04", "article-05"} <= set(texts(workspace))


def test_what_was_removed_stays_removed(workspace: Path) -> None:
    with open_workspace(workspace) as opened:
        opened.remove(["article-01", "article-02"])
    before = texts(workspace)
    faulty.spoil(faulty.store(workspace), [1])
    assert mend(workspace).lost == ()
    assert texts(workspace) == before


@pytest.mark.parametrize("page", [1, 2])
def test_many_that_were_removed_stay_removed_where_even_the_list_of_free_pages_is_gone(
    tmp_path: Path, page: int
) -> None:
    (tmp_path / "articles").mkdir()
    for number in range(60):
        words = f"The bridge number {number} was opened in May. " * 60
        (tmp_path / "articles" / f"article-{number:02}.txt").write_text(words)
    bring_in(tmp_path / "w", tmp_path / "articles")
    with open_workspace(tmp_path / "w") as opened:
        opened.remove([f"article-{number:02}" for number in range(5, 55)])
    before = texts(tmp_path / "w")
    assert len(before) == 10
    faulty.spoil(faulty.store(tmp_path / "w"), [page])
    assert mend(tmp_path / "w").lost == ()
    assert texts(tmp_path / "w") == before


def test_superseded_revisions_are_saved_too(workspace: Path) -> None:
    faulty.spoil(faulty.store(workspace), [1])
    mend(workspace)
    with open_workspace(workspace) as opened, opened.viewing() as view:
        assert [row.revision for row in view.revisions("article-03")] == [1, 2]
        first = view.revision("article-03", 1)
    assert first is not None
    assert "closed for 3 days" in first.text


def posted(workspace: Path, article_id: str, text: str) -> None:
    """As the HTTP front keeps it."""
    (workspace / POSTED).mkdir(exist_ok=True)
    file = workspace / POSTED / f"{hashlib.sha256(article_id.encode()).hexdigest()[:32]}.json"
    file.write_text(json.dumps({"id": article_id, "text": text}))
    bring_in(workspace, file)


def test_posted_articles_come_back_by_themselves_with_their_history(workspace: Path) -> None:
    for words in ("was lit in June", "was lit in July"):
        posted(workspace, "lighthouse", f"The lighthouse of Wick {words}, said its keeper.")
    path = faulty.store(workspace)
    faulty.flip(path, path.read_bytes().index(b"lit in July"))
    done = mend(workspace)
    assert (done.posted, done.lost) == (1, ())
    assert "July" in texts(workspace)["lighthouse"]
    with open_workspace(workspace) as opened, opened.viewing() as view:
        assert view.article("lighthouse").revision >= 2


@pytest.mark.parametrize("gone", [True, False])
def test_a_store_that_is_gone_or_no_database_is_begun_anew_with_the_posted_articles(
    workspace: Path, gone: bool
) -> None:
    posted(workspace, "lighthouse", "The lighthouse of Wick was lit in June, said its keeper.")
    faulty.store(workspace).unlink()
    if not gone:
        faulty.store(workspace).write_text("a letter")
    done = mend(workspace)
    assert done.store
    assert list(texts(workspace)) == ["lighthouse"]
    assert faults(workspace) == []


def test_where_there_is_nothing_there_is_nothing_to_mend(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace):
        mend(tmp_path / "w")


def test_a_store_of_a_later_version_is_not_touched(workspace: Path) -> None:
    run(workspace, "UPDATE meta SET value = '99' WHERE key = 'format'")
    before = faulty.store(workspace).read_bytes()
    with pytest.raises(UnreadableWorkspace, match="format 99"):
        mend(workspace)
    assert faulty.store(workspace).read_bytes() == before


def test_a_store_that_does_not_say_its_format_is_made_anew(workspace: Path) -> None:
    before = texts(workspace)
    run(workspace, "UPDATE meta SET value = '1' WHERE key = 'format'")
    assert mend(workspace).lost == ()
    assert texts(workspace) == before


def test_without_the_model_nothing_is_changed_where_it_is_needed(workspace: Path) -> None:
    def missing(_: Workspace) -> Engine:
        raise ModelError("There is no model.")

    run(workspace, "UPDATE vectors SET vector = zeroblob(length(vector)) WHERE number = 5")
    before = faulty.store(workspace).read_bytes()
    with pytest.raises(ModelError):
        repair(workspace, engine=missing, events=Silent())
    assert faulty.store(workspace).read_bytes() == before
    assert not list(workspace.glob("*.damaged-*"))


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("step", range(1, 7))
def test_a_repair_that_is_killed_on_its_way_is_done_by_the_next(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    before = texts(workspace)
    faulty.spoil(faulty.store(workspace), [1])
    steps = 0

    def stepping(real: Callable[..., object]) -> Callable[..., object]:
        def one(*arguments: object, **named: object) -> object:
            nonlocal steps
            steps += 1
            if steps == step:
                raise Killed
            return real(*arguments, **named)

        return one

    for name in ("link", "replace"):
        monkeypatch.setattr(os, name, stepping(getattr(os, name)))
    monkeypatch.setattr(shutil, "rmtree", stepping(shutil.rmtree))
    with suppress(Killed):
        mend(workspace)
    monkeypatch.undo()
    mend(workspace)
    assert texts(workspace) == before
    assert faults(workspace) == []


def to_format_2(workspace: Path) -> None:
    """As an earlier version would have written it."""
    run(
        workspace,
        "DROP INDEX revisions_by_birth", "DROP INDEX revisions_by_death", "DROP INDEX revisions_by_publisher",
        "ALTER TABLE revisions DROP COLUMN seen", "ALTER TABLE revisions DROP COLUMN checksum",
        "ALTER TABLE passages DROP COLUMN checksum", "ALTER TABLE links DROP COLUMN checksum",
        "UPDATE vectors SET vector = CAST(substr(vector, 1, length(vector) - 4) AS BLOB)",
        "ALTER TABLE articles DROP COLUMN checksum",
        "UPDATE meta SET value = '2' WHERE key = 'format'",
    )  # fmt: skip


def test_a_damaged_store_from_before_there_were_checksums_is_mended_too(workspace: Path) -> None:
    before = texts(workspace)
    to_format_2(workspace)
    faulty.spoil(faulty.store(workspace), [1])
    encoder = HashedWords()
    done = mend(workspace, encoder)
    assert (done.lost, encoder.texts) == ((), [])
    assert texts(workspace) == before
    assert faults(workspace) == []


def test_a_text_that_was_damaged_before_there_were_checksums_is_found(workspace: Path) -> None:
    to_format_2(workspace)
    path = faulty.store(workspace)
    faulty.flip(path, path.read_bytes().index(b"closed for 7 days"))
    assert [one.id for one in mend(workspace).lost] == ["article-07"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_damaged_no_other_text_comes_out_and_what_is_lost_is_named(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, pristine: Path
) -> None:
    workspace = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("any") / "w"))
    before = texts(workspace)
    path = faulty.store(workspace)
    last = path.stat().st_size // 4096
    if data.draw(st.booleans()):
        faulty.spoil(path, data.draw(st.lists(st.integers(1, last), min_size=1, max_size=4, unique=True)))
    else:
        for at in data.draw(st.lists(st.integers(0, path.stat().st_size - 1), min_size=1, max_size=20)):
            faulty.flip(path, at, mask=1 << data.draw(st.integers(0, 7)))
    try:
        done = mend(workspace)
    except WorkspaceError:
        assert path.exists()
        return
    now = texts(workspace)
    assert now.items() <= before.items()
    nameless = sum(one.id is None and not one.source for one in done.lost)
    named = {one.id for one in done.lost} | {Path(one.source).stem for one in done.lost}
    assert len(before.keys() - now.keys() - named) <= nameless
    assert faults(workspace) == []
