"""A workspace as of a day: searched, read and linked as if nothing later had ever been published.

Revised articles are told as their latest revision of then told them. All is real but the encoder.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import deriving
from index.errors import UnknownArticle
from index.models import Filters
from index.search import Limits, search
from index.view import View
from index.workspace import Derived, open_workspace
from tests.fakes import HashedWords, bring_in

FIRST = "The ferry Sandlark sank off Port Sellow. Nine people died, the harbour office said."
SECOND = "The ferry Sandlark sank off Port Sellow. Eleven people died, the inspector said."
OTHER = "The toll bridge at Oxmere opened on Monday. It cost nine million marks."
QUESTION = "How many people died when the Sandlark sank?"


@dataclass(frozen=True, slots=True)
class Edition:
    """What one ingest says of one article; without a text it is removed."""

    article: str
    text: str = ""
    day: int | None = None
    """Of March 2026."""

    @property
    def line(self) -> str:
        published = None if self.day is None else march(self.day).isoformat()
        return json.dumps({"id": self.article, "text": self.text, "published": published}) + "\n"


def march(day: int) -> date:
    return date(2026, 3, day)


def ingest(folder: Path, *editions: Edition) -> Path:
    """Brings in one article after the other, each an ingest of its own."""
    for edition in editions:
        put(folder, edition)
        bring_in(folder / "w", folder / "articles", prune=True)
    return folder / "w"


def put(folder: Path, edition: Edition) -> None:
    """Writes the file of an article, or takes it away."""
    file = folder / "articles" / f"{edition.article}.jsonl"
    file.parent.mkdir(exist_ok=True)
    if edition.text:
        file.write_text(edition.line, encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def found(view: View, derived: Derived, day: date | None) -> list[tuple[str, str, float, float, float | None]]:
    """Id, passage and scores of everything that a search finds, in an order that owes nothing to positions."""
    vector = HashedWords.embed([QUESTION])[0]
    limits = Limits(top_k=50, per_article=2, per_origin=2)
    result = search(QUESTION, vector, view=view.as_of(day), derived=derived, filters=Filters(as_of=day), limits=limits)
    rows = [(hit.passage.article.id, hit.passage.text, hit.score, hit.dense, hit.lexical) for hit in result.hits]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def standing(workspace: Path, day: int | None) -> dict[str, str]:
    """Texts by id, after seeing that search, articles and sentences all stand the same."""
    when = None if day is None else march(day)
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        then = view.as_of(when)
        texts = {one.id: then.article(one.id).text for one in then.listings()}
        assert {(id_, text) for id_, text, *_ in found(view, derived, when)} == set(texts.items())
        assert then.count() == then.sizes().articles == then.sizes().passages == len(texts)
        assert {id_ for origin in then.origins() for id_ in origin.articles} == set(texts)
        numbers = ids_by_number(then, texts)
        for number, sentences in then.sentences_of(numbers).items():
            assert sentences[-1].end == len(texts[numbers[number]])
    return texts


def ids_by_number(view: View, ids: Collection[str]) -> dict[int, str]:
    return {number: id_ for number, id_ in view.rows("SELECT number, id FROM articles") if id_ in ids}


def test_an_article_is_as_its_latest_revision_of_then(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 1), Edition("ferry", SECOND, 3))
    assert standing(workspace, 1) == standing(workspace, 2) == {"ferry": FIRST}
    assert standing(workspace, 3) == standing(workspace, 9) == standing(workspace, None) == {"ferry": SECOND}
    with open_workspace(workspace) as opened, opened.viewing() as view, pytest.raises(UnknownArticle):
        view.as_of(date(2026, 2, 28)).article("ferry")


def test_a_revision_of_the_same_day_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 1), Edition("ferry", SECOND, 1))
    assert standing(workspace, 1) == {"ferry": SECOND}


def test_what_was_removed_is_gone_from_every_day(tmp_path: Path) -> None:
    workspace = ingest(
        tmp_path, Edition("ferry", FIRST, 1), Edition("ferry", SECOND, 3), Edition("toll", OTHER, 2), Edition("ferry")
    )
    assert standing(workspace, 1) == {}
    assert standing(workspace, 5) == standing(workspace, None) == {"toll": OTHER}


def test_a_later_revision_without_a_date_may_hold_since_ever_so_the_earlier_ones_are_not_told(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 1), Edition("ferry", SECOND))
    assert standing(workspace, 2) == {}
    assert standing(workspace, None) == {"ferry": SECOND}


def test_a_dated_revision_ends_what_carried_no_date(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST), Edition("ferry", SECOND, 4))
    assert standing(workspace, 3) == {}
    assert standing(workspace, 4) == {"ferry": SECOND}


def test_a_date_moved_back_holds_from_then(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 5), Edition("ferry", SECOND, 2))
    assert standing(workspace, 1) == {}
    assert standing(workspace, 2) == standing(workspace, 5) == {"ferry": SECOND}


def test_a_date_put_right_without_another_word_moves_the_article(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 5), Edition("ferry", FIRST, 2))
    assert standing(workspace, 1) == {}
    assert standing(workspace, 3) == {"ferry": FIRST}


def test_an_article_that_came_again_after_its_removal_begins_anew(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 1), Edition("ferry"), Edition("ferry", SECOND, 3))
    assert standing(workspace, 2) == {}
    assert standing(workspace, 3) == {"ferry": SECOND}


def test_origins_are_those_of_the_revisions_of_then(tmp_path: Path) -> None:
    fixture = Path(__file__).parent.parent / "corpus" / "origins.jsonl"
    rows = {row["id"]: row for row in map(json.loads, fixture.read_text(encoding="utf-8").splitlines())}
    original, copy = rows["orrin-original"]["text"], rows["orrin-copy"]["text"]
    workspace = ingest(
        tmp_path, Edition("a", original, 1), Edition("b", copy, 2), Edition("c", copy, 7), Edition("b", OTHER, 5)
    )

    def together(day: int | None) -> set[frozenset[str]]:
        with open_workspace(workspace) as opened, opened.viewing() as view:
            then = view.as_of(None if day is None else march(day))
            groups = {frozenset(origin.articles) for origin in then.origins()}
            numbers = ids_by_number(then, [id_ for group in groups for id_ in group])
            names = then.origins_of(numbers)
            by_name: dict[str, set[str]] = {}
            for number, name in names.items():
                by_name.setdefault(name, set()).add(numbers[number])
            assert groups == set(map(frozenset, by_name.values()))
            return groups

    assert together(1) == {frozenset("a")}
    assert together(4) == {frozenset("ab")}
    assert together(6) == {frozenset("a"), frozenset("b")}
    assert together(None) == {frozenset("ac"), frozenset("b")}


def test_a_reader_of_an_earlier_generation_sees_its_days_while_a_writer_adds(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, Edition("ferry", FIRST, 1), Edition("toll", OTHER, 2))
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        before = {day: found(view, derived, march(day)) for day in (1, 2, 4)}
        ingest(tmp_path, Edition("ferry", SECOND, 2), Edition("toll"), Edition("new", OTHER, 1))
        assert {day: found(view, derived, march(day)) for day in (1, 2, 4)} == before
        assert {one.id for one in view.as_of(march(2)).listings()} == {"ferry", "toll"}
        assert view.as_of(march(2)).article("ferry").text == FIRST
    assert standing(workspace, 1) == {"ferry": FIRST, "new": OTHER}
    assert standing(workspace, 2) == {"ferry": SECOND, "new": OTHER}


def expected(editions: Sequence[Edition], day: int | None) -> dict[str, Edition]:
    """By the definition: the latest edition of those published by the day, unless an undated one came after it."""
    latest: dict[str, Edition] = {}
    for edition in editions:
        if day is None or edition.day is None or edition.day <= day or not edition.text:
            latest[edition.article] = edition
    alive = {edition.article: bool(edition.text) for edition in editions}
    return {
        id_: edition
        for id_, edition in latest.items()
        if alive[id_] and edition.text and (day is None or edition.day is not None)
    }


EDITIONS = st.builds(
    Edition,
    article=st.sampled_from("abc"),
    text=st.sampled_from(["", FIRST, SECOND, OTHER]),
    day=st.none() | st.integers(1, 5),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=6)
@given(editions=st.lists(EDITIONS, min_size=1, max_size=6))
def test_as_of_any_day_of_any_history_a_search_is_that_of_a_workspace_of_what_was_published_by_then(
    editions: list[Edition], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deriving, "SMALL", 0)
    folder = tmp_path_factory.mktemp("history")
    workspace = ingest(folder, *editions)
    for day in (None, 2, 4):
        kept = expected(editions, day)
        assert standing(workspace, day) == {id_: edition.text for id_, edition in kept.items()}
        if kept:
            fresh = tmp_path_factory.mktemp("fresh")
            for edition in kept.values():
                put(fresh, edition)
            bring_in(fresh / "w", fresh / "articles")
            assert all_found(workspace, day) == all_found(fresh / "w", None)


def all_found(workspace: Path, day: int | None) -> list[tuple[str, str, float, float, float | None]]:
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        return found(view, derived, None if day is None else march(day))
