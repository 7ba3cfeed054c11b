"""Names told by their capitals, with the numbers that belong to them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing import names


def found(text: str, known: frozenset[str] | None = None) -> list[str]:
    return [text[name.start : name.end] for name in names.find(text, known=known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The captain of the Sandlark is Joran Velk.", ["Sandlark", "Joran Velk"]),
        ("It was built for Maia 200 and not for Maia 100.", ["Maia 200", "Maia 100"]),
        ("the council received PB-417 from Pellucine Bio's office", ["PB-417", "Pellucine Bio's"]),
        ("It opened in May 2026, on a Monday.", []),
        ("the chip has 216GB of memory", []),
    ],
)
def test_words_with_capitals_are_names_but_months_days_and_figures_are_not(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_capital_at_the_beginning_counts_where_the_article_has_it_inside_a_sentence_too() -> None:
    assert found("Drivers must be patient.", frozenset()) == []
    assert found("Thane won by 35 votes.", names.known("His rival, Rufus Thane, thanked them.")) == ["Thane"]
    assert found("Rufus Thane won.", frozenset()) == ["Rufus Thane"]


def test_another_number_is_another_name() -> None:
    words = names.spoken("Maia 100 came out earlier.")
    (name,) = names.find("It replaces Maia 200")
    assert [word for word in name.words if not names.holds(words, word)] == ["maia 200"]


@given(st.text(max_size=80))
def test_names_lie_in_order_inside_the_text(text: str) -> None:
    some = names.find(text)
    assert all(0 <= name.start < name.end <= len(text) for name in some)
    assert all(one.end <= other.start for one, other in pairwise(some))
