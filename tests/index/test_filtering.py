"""Filters: the same rows for vectors and words, and a sentence's worth of what no date can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from index.derived import Derived
from index.errors import UnknownPublisher
from index.filtering import Filtered
from index.models import Filters
from index.view import View
from index.workspace import open_workspace
from tests.fakes import IDENTITY, change, vectors_of


@pytest.fixture
def read(tmp_path: Path) -> Iterator[tuple[View, Derived]]:
    changes = [
        change("a", "The bridge opened.", publisher="Harbour Post", published="2026-01-05"),
        change("b", "The bridge closed.", publisher="HARBOUR POST", published="2026-02-05T23:30:00-05:00"),
        change("c", "The bridge was sold.", publisher="Valley Wire", published="2026-03-05"),
        change("d", "The bridge was bought.", publisher="Harbour Post"),
    ]
    with open_workspace(tmp_path / "w", create=True) as workspace:
        with workspace.writing():
            workspace.store.write(changes, vectors_of(changes), encoder=IDENTITY)
        with workspace.reading() as found:
            yield found


def picked(filters: Filters, read: tuple[View, Derived]) -> tuple[set[str], int]:
    """Articles that pass by the row values, after seeing that the scope of the words picks the same."""
    view, derived = read
    filtered = Filtered(filters, view=view, derived=derived)
    rows = range(len(derived.passages))
    numbers = [derived.passages[row, 0] for row in rows if filtered.allowed is None or filtered.allowed[row]]
    found = {passage.article.id for passage in view.passages(numbers)}
    positions, _ = derived.lexical.search("bridge", 10, scope=filtered.scope, texts=lambda rows: texts(rows, read))
    assert {one.article.id for one in view.passages(derived.passages[positions, 0].tolist())} == found
    return found, filtered.undated


def texts(rows: Sequence[int], read: tuple[View, Derived]) -> list[str]:
    view, derived = read
    return [text for _, text in view.texts(derived.passages[list(rows), 0].tolist())]


def test_without_filters_everything_passes(read: tuple[View, Derived]) -> None:
    assert picked(Filters(), read) == (set("abcd"), 0)


def test_publishers_are_compared_without_case(read: tuple[View, Derived]) -> None:
    assert picked(Filters(publishers=("harbour post",)), read) == (set("abd"), 0)


def test_days_are_those_that_the_publications_state_and_the_undated_are_counted(read: tuple[View, Derived]) -> None:
    assert picked(Filters(since=date(2026, 2, 5)), read) == (set("bc"), 1)
    assert picked(Filters(until=date(2026, 2, 5)), read) == (set("ab"), 1)
    assert picked(Filters(("Valley Wire",), until=date(2026, 2, 5)), read) == (set(), 0)
    assert picked(Filters(("Harbour Post",), since=date(2026, 1, 6)), read) == ({"b"}, 1)


def test_as_of_a_day_only_what_was_published_by_then_passes(read: tuple[View, Derived]) -> None:
    assert picked(Filters(as_of=date(2026, 2, 5)), read) == (set("ab"), 1)
    assert picked(Filters(as_of=date(2026, 2, 4)), read) == ({"a"}, 1)
    assert picked(Filters(as_of=date(2026, 3, 31), since=date(2026, 2, 1)), read) == (set("bc"), 1)


def test_an_unknown_publisher_is_refused(read: tuple[View, Derived]) -> None:
    with pytest.raises(UnknownPublisher, match="Publishers here: 'Harbour Post'"):
        Filtered(Filters(publishers=("Harbor Post",)), view=read[0], derived=read[1])
