"""The store alone: transactions, generations, and what a view of one generation sees."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Sentence
from index.errors import DamagedWorkspace, OtherEncoder, UnknownArticle, UnknownPublisher, UnreadableWorkspace
from index.indexable import vectors
from index.models import Change, EncoderIdentity
from index.spans import pack_sentences, unpack_sentences
from index.store import Store, connect, create
from index.view import View
from tests.fakes import IDENTITY, change, vectors_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    create(tmp_path / "s.sqlite")
    opened = connect(tmp_path / "s.sqlite")
    yield opened
    opened.close()


def write(store: Store, *changes: Change) -> int:
    return store.write(changes, vectors_of(changes), encoder=IDENTITY)


def texts(store: Store, generation: int) -> dict[str, str]:
    view = View(store, generation)
    return {listing.id: view.article(listing.id).text for listing in view.listings()}


def test_a_new_store_is_empty(store: Store) -> None:
    assert (store.generation, store.published, store.encoder) == (0, 0, None)
    assert texts(store, 0) == {}


def test_what_was_written_is_there_after_opening_again(store: Store, tmp_path: Path) -> None:
    write(store, change("a", "The bridge opened in May."))
    store.close()
    again = connect(tmp_path / "s.sqlite")
    assert texts(again, again.generation) == {"a": "The bridge opened in May."}
    assert again.encoder == IDENTITY
    again.close()


def test_each_generation_stays_as_it_was_while_later_ones_are_written(store: Store) -> None:
    first = write(store, change("a", "One."))
    second = write(store, change("a", "One, revised.", revision=2), change("b", "Two."))
    third = store.remove(["a"])
    assert texts(store, first) == {"a": "One."}
    assert texts(store, second) == {"a": "One, revised.", "b": "Two."}
    assert texts(store, third) == {"b": "Two."}


def test_publishing_sweeps_passages_of_earlier_generations_and_keeps_old_revisions(store: Store) -> None:
    write(store, change("a", "One."))
    generation = write(store, change("a", "One, revised.", revision=2))
    store.publish(generation)
    sizes = View(store, generation).sizes()
    assert (sizes.articles, sizes.passages, sizes.revisions) == (1, 1, 2)
    assert store.connection.execute("SELECT count(*) FROM vectors").fetchone() == (1,)


def test_publishing_drops_every_trace_of_a_removed_article(store: Store) -> None:
    write(store, change("a", "A secret."))
    store.publish(store.remove(["a"]))
    for table in ("articles", "revisions", "passages", "vectors"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_failed_write_changes_nothing(store: Store) -> None:
    write(store, change("a", "One."))
    broken = change("b", "Two.")
    with pytest.raises(sqlite3.IntegrityError):
        store.write([change("c", "Three."), broken], [], encoder=IDENTITY)
    assert texts(store, store.generation) == {"a": "One."}
    assert store.generation == 1


def test_vectors_of_another_model_are_refused(store: Store) -> None:
    write(store, change("a", "One."))
    with pytest.raises(OtherEncoder, match=r"embedded with 'hashed words'.*not with 'other'"):
        store.write([], [], encoder=EncoderIdentity("other", "2", 64))


def test_the_same_text_is_embedded_once(store: Store) -> None:
    one = change("a", "The same words.")
    write(store, one)
    copy = change("b", "The same words.")
    assert store.missing(p.key for p in copy.passages) == []
    store.write([copy], [], encoder=IDENTITY)
    assert vectors(View(store, store.generation)).shape == (2, 64)


def test_an_unknown_article_is_refused_with_near_ids(store: Store) -> None:
    write(store, change("bridge-opening", "One."))
    with pytest.raises(UnknownArticle, match="Near ones: 'bridge-opening'"):
        View(store, store.generation).article("bridge-openin")


def test_articles_are_found_by_publisher_whatever_the_case(store: Store) -> None:
    write(
        store,
        change("a", "One.", publisher="Harbour Post"),
        change("b", "Two.", publisher="HARBOUR POST"),
        change("c", "Three.", publisher="Valley Wire"),
        change("d", "Four."),
    )
    numbers, names = View(store, store.generation).articles_of(["harbour post"])
    assert numbers.tolist() == [1, 2]
    assert names == ("HARBOUR POST", "Harbour Post")


def test_an_unknown_publisher_is_refused_with_the_known_ones(store: Store) -> None:
    write(store, change("a", "One.", publisher="Harbour Post"))
    with pytest.raises(UnknownPublisher, match="Publishers here: 'Harbour Post'"):
        View(store, store.generation).articles_of(["Daily Nothing"])


def test_a_file_that_is_no_database_is_named_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedWorkspace, match="damaged or is no Crosscheck workspace"):
        connect(tmp_path / "s.sqlite")


def test_a_database_of_another_format_is_refused(store: Store, tmp_path: Path) -> None:
    store.connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(UnreadableWorkspace, match="has format 99"):
        connect(tmp_path / "s.sqlite")


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))))
def test_sentences_survive_packing(spans: list[tuple[int, int]]) -> None:
    sentences = [Sentence(start, end) for start, end in spans]
    assert unpack_sentences(pack_sentences(sentences)) == sentences


def test_an_article_is_given_as_it_was_quoted_where_that_revision_is_kept(store: Store) -> None:
    write(store, change("a", "One."))
    view = View(store, write(store, change("a", "One, revised.", revision=2)))
    assert [view.article("a", quoted=number).text for number in (None, 1, 2, 9)] == [
        "One, revised.", "One.", "One, revised.", "One, revised.",
    ]  # fmt: skip
