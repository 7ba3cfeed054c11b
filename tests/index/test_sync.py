"""Bringing a workspace in line: what is added, revised, kept and embedded. All is real but the encoder."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Skipped, text_sha256
from index.checks import check
from index.errors import DamagedWorkspace, OtherEncoder, WorkspaceBusy
from index.indexable import passage_rows
from index.models import EncoderIdentity, KnownArticle
from index.planning import make_order, vanished
from index.sync import ingest
from index.view import View
from index.workspace import open_workspace
from tests.fakes import HashedWords, Silent, bring_in, engine

PARAGRAPHS = [
    f"Paragraph {n} tells of the {word} harbour, {'and more ' * 60}ends." for n, word in enumerate("abcdefgh")
]


def rows(path: Path, *articles: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def contents(workspace: Path) -> dict[str, tuple[str, str | None, list[tuple[int, int]]]]:
    """By article id: text, title, and the spans of the passages, as a reader sees them."""
    found: dict[str, tuple[str, str | None, list[tuple[int, int]]]] = {}
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        for passage in view.passages(derived.passages[derived.present(), 0].tolist()):
            assert passage.text == passage.article.text[passage.start : passage.end]
            assert passage.article.sha256 == text_sha256(passage.article.text)
            entry = found.setdefault(passage.article.id, (passage.article.text, passage.article.title, []))
            entry[2].append((passage.start, passage.end))
    return found


def test_articles_are_added_then_unchanged(tmp_path: Path) -> None:
    file = rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."}, {"id": "y", "text": "Two bridges."})
    first = bring_in(tmp_path / "w", file)
    second = bring_in(tmp_path / "w", file)
    assert (first.added, first.revised, first.unchanged, first.embedded) == (2, 0, 0, 2)
    assert (second.added, second.revised, second.unchanged, second.embedded) == (0, 0, 2, 0)
    assert second.generation == first.generation


def test_a_changed_article_is_revised_and_only_its_changed_passages_are_embedded(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("\n".join(PARAGRAPHS * 3))
    whole = bring_in(tmp_path / "w", file)
    file.write_text("\n".join(PARAGRAPHS * 3).replace("Paragraph 4 tells", "Paragraph 4 speaks", 1))
    encoder = HashedWords()
    summary = bring_in(tmp_path / "w", file, encoder=encoder)
    assert (summary.added, summary.revised) == (0, 1)
    assert whole.passages > 8
    assert 1 <= summary.embedded <= 3
    assert any("speaks" in text for text in encoder.texts)
    with open_workspace(tmp_path / "w") as opened, opened.viewing() as view:
        assert view.article("long").revision == 2


def test_another_title_is_another_revision(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "title": "Old", "text": "One bridge."}))
    summary = bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "title": "New", "text": "One bridge."}))
    assert (summary.revised, summary.embedded) == (1, 1)
    assert contents(tmp_path / "w")["x"][1] == "New"


def test_a_reprint_costs_no_embedding(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge was opened."}))
    summary = bring_in(tmp_path / "w", rows(tmp_path / "b.jsonl", {"id": "y", "text": "One bridge was opened."}))
    assert (summary.added, summary.embedded) == (1, 0)


def test_an_article_found_in_another_file_is_the_same_article(tmp_path: Path) -> None:
    old = rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."})
    bring_in(tmp_path / "w", old)
    old.rename(tmp_path / "b.jsonl")
    summary = bring_in(tmp_path / "w", tmp_path / "b.jsonl")
    assert (summary.added, summary.revised, summary.unchanged) == (0, 0, 1)
    bring_in(tmp_path / "w", tmp_path / "b.jsonl", prune=True)
    assert set(contents(tmp_path / "w")) == {"x"}


def test_a_workspace_among_the_articles_is_not_read_as_one(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."})
    bring_in(tmp_path / "w", tmp_path)
    summary = bring_in(tmp_path / "w", tmp_path)
    assert (summary.added, summary.unchanged, summary.skipped) == (0, 1, ())


def test_pruning_removes_only_what_is_gone_from_the_paths_given(tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text(f"The {folder} bridge was opened in May.")
    bring_in(tmp_path / "w", tmp_path / "here", tmp_path / "there")
    for folder in ("here", "there"):
        (tmp_path / folder / f"{folder}.txt").unlink()
    assert bring_in(tmp_path / "w", tmp_path / "here").vanished == 1
    assert bring_in(tmp_path / "w", tmp_path / "here", prune=True).removed == 1
    assert set(contents(tmp_path / "w")) == {"there"}


def test_a_row_gone_from_its_file_is_pruned_unless_rows_of_that_file_were_skipped(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    bring_in(tmp_path / "w", rows(file, {"id": "x", "text": "One bridge."}, {"id": "y", "text": "Two bridges."}))
    file.write_text('{"id": "x", "text": "One bridge."}\n{"id": "y", "text": \n')
    doubtful = bring_in(tmp_path / "w", file, prune=True)
    assert (doubtful.removed, len(doubtful.skipped)) == (0, 1)
    assert bring_in(tmp_path / "w", rows(file, {"id": "x", "text": "One bridge."}), prune=True).removed == 1


def test_what_was_skipped_is_told_again_although_the_file_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "One bridge."}\nnonsense\n')
    first = bring_in(tmp_path / "w", file)
    assert bring_in(tmp_path / "w", file).skipped == first.skipped
    assert [item.line for item in first.skipped] == [2]


def test_an_id_that_an_unread_file_holds_is_not_taken_over(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."})
    bring_in(tmp_path / "w", tmp_path / "a.jsonl")
    rows(tmp_path / "b.jsonl", {"id": "x", "text": "Another bridge."})
    summary = bring_in(tmp_path / "w", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert (summary.unchanged, summary.revised) == (1, 0)
    assert "already names an article" in summary.skipped[0].reason


def test_another_encoder_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    file = rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."})
    bring_in(tmp_path / "w", file)
    other = engine(identity=EncoderIdentity("other", "9", 64))
    with open_workspace(tmp_path / "w") as opened, pytest.raises(OtherEncoder):
        ingest(opened, make_order([file], workspace=opened.folder), engine=other, events=Silent())


def test_a_reader_sees_the_last_complete_generation_while_another_writes(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."}))
    with open_workspace(tmp_path / "w") as writer, writer.writing():
        writer.store.remove(["x"])
        assert set(contents(tmp_path / "w")) == {"x"}
        with open_workspace(tmp_path / "w") as second, pytest.raises(WorkspaceBusy), second.writing():
            pass
    assert contents(tmp_path / "w") == {}


def test_what_a_dead_writer_committed_is_published_by_the_next_reader(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "text": "One."}, {"id": "y", "text": "Two."}))
    with open_workspace(tmp_path / "w") as writer:
        writer.store.remove(["x"])
    assert set(contents(tmp_path / "w")) == {"y"}


def test_deleted_indexes_are_made_anew_without_embedding(tmp_path: Path) -> None:
    import shutil

    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."}))
    before = contents(tmp_path / "w")
    shutil.rmtree(tmp_path / "w" / "derived")
    assert contents(tmp_path / "w") == before


def test_an_empty_folder_makes_an_empty_workspace(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert bring_in(tmp_path / "w", tmp_path / "none").added == 0
    assert contents(tmp_path / "w") == {}


def test_an_article_refused_for_its_id_is_told_again_and_taken_once_the_id_is_free(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    first = rows(tmp_path / "in" / "a.jsonl", {"id": "x", "text": "One bridge."})
    rows(tmp_path / "in" / "b.jsonl", {"id": "x", "text": "Another bridge."})
    for _ in range(2):
        assert len(bring_in(tmp_path / "w", tmp_path / "in").skipped) == 1
    first.unlink()
    bring_in(tmp_path / "w", tmp_path / "in", prune=True)
    assert contents(tmp_path / "w")["x"][0] == "Another bridge."


def test_a_file_renamed_there_and_back_keeps_its_article(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    one, other = tmp_path / "in" / "a.jsonl", tmp_path / "in" / "b.jsonl"
    rows(one, {"id": "x", "text": "One bridge."})
    bring_in(tmp_path / "w", tmp_path / "in")
    for old, new in ((one, other), (other, one)):
        old.rename(new)
        summary = bring_in(tmp_path / "w", tmp_path / "in", prune=True)
        assert (summary.unchanged, summary.removed) == (1, 0)
    assert set(contents(tmp_path / "w")) == {"x"}


def test_articles_under_something_unreadable_are_not_pruned(tmp_path: Path) -> None:
    order = make_order([tmp_path], workspace=tmp_path / "w")
    known = {"x": KnownArticle("", "", str(tmp_path / "closed" / "x.txt"))}
    closed = [Skipped(path=str(tmp_path / "closed"), reason="cannot be read")]
    assert vanished(known, seen=set(), order=order, skipped=[]) == ["x"]
    assert vanished(known, seen=set(), order=order, skipped=closed) == []


def test_paths_with_dots_mean_the_same_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "one.txt").write_text("One bridge was opened.")
    (tmp_path / "in" / "two.txt").write_text("Two bridges were opened.")
    monkeypatch.chdir(tmp_path / "in" / "sub")
    bring_in(Path("../w"), Path(".."))
    (tmp_path / "in" / "two.txt").unlink()
    summary = bring_in(Path("../w"), Path(".."), prune=True)
    assert (summary.unchanged, summary.removed, summary.skipped) == (1, 1, ())


def test_a_file_with_a_name_that_is_not_utf8_is_skipped_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("One bridge was opened.")
    with open(os.fsencode(tmp_path / "in") + b"/b\xff.txt", "wb") as file:
        file.write(b"Two bridges were opened.")
    summary = bring_in(tmp_path / "w", tmp_path / "in")
    assert (summary.added, len(summary.skipped)) == (1, 1)


def test_a_new_store_beside_old_indexes_does_not_use_them(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", *({"id": str(n), "text": f"Bridge {n}."} for n in range(9))))
    for file in (tmp_path / "w").glob("crosscheck.sqlite*"):
        file.unlink()
    bring_in(tmp_path / "w", rows(tmp_path / "b.jsonl", {"id": "new", "text": "One new bridge."}))
    assert set(contents(tmp_path / "w")) == {"new"}


@pytest.mark.parametrize("damage", ["lexical/*.pos", "lexical/*.term", "rows.i4", "until.i4", "vectors.f2"])
@pytest.mark.parametrize("emptied", [True, False])
def test_indexes_that_lack_a_file_are_made_anew(damage: str, emptied: bool, tmp_path: Path) -> None:
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", {"id": "x", "text": "One bridge."}))
    found = list((tmp_path / "w" / "derived").glob(f"*/{damage}"))
    assert found or damage.endswith(".pos")
    for file in found:
        file.write_bytes(b"") if emptied else file.unlink()
    assert set(contents(tmp_path / "w")) == {"x"}


def test_a_damaged_page_is_named_and_the_doctor_survives_it(tmp_path: Path) -> None:
    many = ({"id": str(n), "text": f"Bridge {n} was opened. " * 50} for n in range(50))
    bring_in(tmp_path / "w", rows(tmp_path / "a.jsonl", *many))
    file = tmp_path / "w" / "crosscheck.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damaged = bytearray(file.read_bytes())
    damaged[-24 * 4096 :] = b"\xff" * (24 * 4096)
    file.write_bytes(damaged)
    with pytest.raises(DamagedWorkspace, match="is damaged"), open_workspace(tmp_path / "w") as opened:
        sum(len(row.text) for row in passage_rows(View(opened.store, 1)))
    with open_workspace(tmp_path / "w") as opened:
        assert not all(one.passed for one in check(opened))


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=300)
articles = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcdef"), "title": st.none() | words, "text": words}),
    max_size=6,
    unique_by=lambda article: article["id"],
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=articles, seed=st.integers(0, 9))
def test_ingesting_twice_or_in_another_order_gives_the_same_workspace(
    articles: list[dict[str, object]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    files = [rows(folder / f"{number}.jsonl", article) for number, article in enumerate(articles)]
    bring_in(folder / "once", *files)
    bring_in(folder / "twice", *files)
    bring_in(folder / "twice", *files)
    shuffled = random.Random(seed).sample(files, len(files))
    for file in shuffled:
        bring_in(folder / "one by one", file)
    bring_in(folder / "shuffled", *shuffled)
    expected = contents(folder / "once")
    assert contents(folder / "twice") == contents(folder / "shuffled") == expected
    if files:
        assert contents(folder / "one by one") == expected
