"""When revisions are shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.periods import NEVER, Period, day_of, periods


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2022-05-24", day("2022-05-24")),
        ("2022-05-24T23:59:00-05:00", day("2022-05-24")),
        (None, 0),
        ("", 0),
        ("May 2022", 0),
        ("2022-13-45", 0),
    ],
)
def test_the_day_is_the_one_that_the_publication_itself_states(published: str | None, expected: int) -> None:
    assert day_of(published) == expected


def test_a_revision_is_shown_until_a_later_one_is_published() -> None:
    found = list(periods([(1, "2022-05-01"), (2, "2022-05-05")], removed=False))
    assert found == [
        Period(2, day("2022-05-05"), NEVER),
        Period(1, day("2022-05-01"), day("2022-05-05")),
    ]


def test_a_correction_under_the_same_date_leaves_nothing_of_the_earlier_text() -> None:
    assert [one.revision for one in periods([(1, "2022-05-01"), (2, "2022-05-01")], removed=False)] == [2]


def test_an_undated_revision_supersedes_always() -> None:
    assert [one.revision for one in periods([(1, "2022-05-01"), (2, None)], removed=False)] == [2]


def test_a_date_that_was_moved_back_leaves_the_earlier_days_alone() -> None:
    found = list(periods([(1, "2022-05-01"), (2, "2022-05-05"), (3, "2022-05-03")], removed=False))
    assert found == [
        Period(3, day("2022-05-03"), NEVER),
        Period(1, day("2022-05-01"), day("2022-05-03")),
    ]


def test_nothing_of_a_removed_article_is_shown() -> None:
    assert list(periods([(1, "2022-05-01")], removed=True)) == []


@given(st.lists(st.none() | st.integers(1, 20), min_size=1, max_size=6))
def test_every_day_shows_the_latest_revision_published_by_then(days: list[int | None]) -> None:
    revisions = [(n, None if d is None else f"2022-01-{d:02d}") for n, d in enumerate(days, start=1)]
    found = list(periods(revisions, removed=False))
    for asked in range(1, 22):
        ordinal = day(f"2022-01-{asked:02d}")
        shown = [one.revision for one in found if 0 < one.day <= ordinal < one.until]
        # An undated revision stands in place of all before it, on every day.
        undated = [n for n, published in revisions if published is None]
        after = [(n, d) for (n, _), d in zip(revisions, days, strict=True) if n > max(undated, default=0)]
        latest = [n for n, d in after if d is not None and d <= asked]
        assert shown == latest[-1:]
