"""Derived indexes made from those of an earlier generation: the same as made anew, whatever changed in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import cells, deriving
from index.errors import DamagedIndex
from index.filtering import Filtered
from index.models import Filters
from index.workspace import Workspace, open_workspace
from tests.fakes import IDENTITY, HashedWords, change, vectors_of

WORDS = ("harbour", "bridge", "ferry", "toll", "mayor", "opened", "closed", "May", "June", "marks")


@dataclass(frozen=True)
class Step:
    """What happens to one article; a step without words removes it."""

    article: str
    words: tuple[int, ...]
    day: int | None


@pytest.fixture(autouse=True)
def always_extending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "SMALL", 0)
    monkeypatch.setattr(deriving, "_MOST_CHANGED", 100.0)


def take(workspace: Workspace, steps: list[Step]) -> None:
    """One ingest."""
    known = workspace.store.known_articles()
    with workspace.writing():
        for step in steps:
            if step.words:
                text = " ".join(WORDS[word] for word in step.words)
                published = None if step.day is None else f"2022-03-{step.day:02d}"
                revision = workspace.store.last_revision(step.article) + 1
                more = {} if published is None else {"published": published}
                one = change(step.article, text, revision=revision, publisher="Harbour Post", **more)
                workspace.store.write([one], vectors_of([one]), encoder=IDENTITY)
                known = workspace.store.known_articles()
            elif step.article in known:
                workspace.store.remove([step.article])
                known = workspace.store.known_articles()


def seen(workspace: Workspace, as_of: date | None) -> list[tuple[str, int, float]]:
    """What a search of everything finds by vectors: article, revision and score, best first."""
    with workspace.reading() as (view, derived):
        filters = Filters(as_of=as_of)
        allowed = Filtered(filters, view=view, derived=derived).allowed
        query = HashedWords.embed(["the harbour bridge opened in May"])[0]
        positions, scores = derived.dense.search(query, 100, allowed=allowed)
        passages = view.as_of(as_of).passages(derived.passages[positions, 0].tolist())
        found = [
            (one.article.id, one.article.revision, round(float(score), 4))
            for one, score in zip(passages, scores, strict=True)
        ]
    return sorted(found, key=lambda each: (-each[2], each[0]))


def expected(workspace: Workspace, as_of: date | None) -> set[tuple[str, int]]:
    """Articles and revisions by the rows alone."""
    with workspace.viewing() as view:
        return {(one.id, one.revision) for one in view.as_of(as_of).listings()}


STEPS = st.builds(
    Step,
    article=st.sampled_from("abcd"),
    words=st.lists(st.integers(0, len(WORDS) - 1), max_size=6).map(tuple),
    day=st.none() | st.integers(1, 9),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(ingests=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_any_history_is_searched_as_if_it_had_been_made_at_once(
    ingests: list[list[Step]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("w")
    with open_workspace(folder, create=True) as workspace:
        for steps in ingests:
            take(workspace, steps)
        days = [None, *(date(2022, 3, day) for day in range(1, 10))]
        found = {day: seen(workspace, day) for day in days}
        for day in days:
            assert {(article, revision) for article, revision, _ in found[day]} == expected(workspace, day)
        workspace._remove_derived(keep=())
        assert {day: seen(workspace, day) for day in days} == found


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w", create=True) as workspace:
        take(workspace, [Step(name, (number, 5), 1 + number) for number, name in enumerate("abcdefgh")])
        yield workspace


def test_a_later_generation_shares_the_files_of_the_earlier_one(opened: Workspace) -> None:
    before = opened.derived_folder(opened.store.published)
    take(opened, [Step("new", (1, 2), 3)])
    after = opened.derived_folder(opened.store.published)
    assert (after / "vectors.f2").samefile(before / "vectors.f2")
    assert (after / "rows.i4").samefile(before / "rows.i4")


def test_an_earlier_generation_stays_as_it_was(opened: Workspace) -> None:
    generation = opened.store.published
    before = opened.open_derived(generation)
    vector = HashedWords.embed(["bridge"])[0]
    found = before.dense.search(vector, 8)
    take(opened, [Step("new", (1, 2), 3), Step("a", (), None)])
    again = opened.open_derived(generation)
    for derived in (before, again):
        positions, scores = derived.dense.search(vector, 8)
        assert positions.tolist() == found[0].tolist()
        assert np.array_equal(scores, found[1])


def test_what_a_killed_process_left_behind_the_end_is_cut_off(opened: Workspace) -> None:
    folder = opened.derived_folder(opened.store.published)
    for name in ("vectors.f2", "rows.i4"):
        with (folder / name).open("ab") as file:
            file.write(b"half of a row that was never finished")
    take(opened, [Step("new", (1, 2), 3)])
    opened.verify_derived(opened.store.published)
    assert ("new", 1) in {each[:2] for each in seen(opened, None)}


def test_rows_without_end_are_made_anew_when_most_are_hidden(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deriving, "_MOST_CHANGED", 0.25)
    for turn in range(4):
        take(opened, [Step("a", (turn, 7), 5)])
    assert len(opened.open_derived(opened.store.published).until) <= 10


@pytest.mark.parametrize("name", ["vectors.f2", "rows.i4", "until.i4", "manifest.json"])
def test_a_flipped_bit_is_noticed_and_mended(opened: Workspace, name: str) -> None:
    expected_hits = seen(opened, None)
    file = opened.derived_folder(opened.store.published) / name
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    with pytest.raises(DamagedIndex):
        opened.open_derived(opened.store.published)
    assert seen(opened, None) == expected_hits
    opened.verify_derived(opened.store.published)


def test_cells_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "FROM", 8)
    monkeypatch.setattr(cells, "count", lambda rows: 2)
    with open_workspace(tmp_path / "w", create=True) as workspace:
        take(workspace, [Step(f"n{number}", (number, 5), 1) for number in range(9)])
        take(workspace, [Step("new", (1, 2, 3), 3)])
        derived = workspace.open_derived(workspace.store.published)
        assert derived.manifest.trained == 9
        assert len(derived.passages) == 10
        vector = HashedWords.embed(["bridge ferry toll"])[0]
        [first, *_] = derived.dense.search(vector, 3)[0].tolist()
        assert first == 9
