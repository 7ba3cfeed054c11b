"""Clashing figures and dates that have no harmless reading."""

from __future__ import annotations

import pytest

from assistant.comparing.rivals import rivals
from assistant.comparing.statement import Statement


def found(a: str, b: str) -> list[set[str]]:
    some = rivals(Statement(a), Statement(b))
    assert len(some) == len(rivals(Statement(b), Statement(a)))
    return [{one.a.words, one.b.words} for one in some]


@pytest.mark.parametrize(
    ("a", "b", "values"),
    [
        ("Nine people died when the ferry sank.", "Eleven people died when the ferry sank.", {"Nine", "Eleven"}),
        ("The nun, a 31-year-old, gave birth.", "The nun, a 33-year-old, gave birth.", {"31-year-old", "33-year-old"}),
        (
            "The bridge of Vendrey opened on 25 April 2026.",
            "The bridge of Vendrey opened on 2 May 2026.",
            {"25 April 2026", "2 May 2026"},
        ),
    ],
)
def test_figures_and_dates_of_one_thing_rival_each_other(a: str, b: str, values: set[str]) -> None:
    assert found(a, b) == [values]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The fund has raised 900 crowns so far.", "The fund has raised 1,200 crowns."),
        ("The shop is expected to sell 900 cakes.", "The shop will sell 1,200 cakes."),
        ("The video was shared 900 times in Vendrey.", "The video was shared 1,200 times in Vendrey."),
        ("Hundreds of people came to the bridge.", "Thousands of people came to the bridge."),
        ("Nine people died, including two children.", "Nine people died, five children among the dead."),
        ("Six shots rang out, then four shots more.", "Ten shots rang out."),
        ("Edda Corvale is a 31-year-old singer.", "Joran Velk is a 42-year-old singer."),
        ("He was once held for 44 days.", "He was held for 635 days."),
        ("The video was released on Saturday night.", "The video was released on Friday night."),
        ("Fountains of 200 feet rose on Monday.", "Fountains of 148 feet rose on Tuesday."),
        ("Officials detained 30 people in the case.", "Officials detained 50 people in the case."),
    ],
)
def test_what_grows_is_guessed_or_belongs_to_others_does_not(a: str, b: str) -> None:
    assert found(a, b) == []
