"""Figures of an answer that no cited quote holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.figures import count_figures, loose_figures
from assistant.models import Answer
from tests.assistant.evaluating.making import COST, ELEVEN, NINE, answer, cite, conflict, finding, refusal


def loose(made: Answer) -> list[str]:
    return [one.figure for one in loose_figures(made, line=3)]


def test_quotes_connecting_words_and_numbers_of_sources_hold_none() -> None:
    made = answer(NINE, ELEVEN, text=f"{NINE.quote} [1] But: {ELEVEN.quote} [2]")
    assert loose(made) == []
    assert count_figures(made) == 0


def test_figures_inside_a_quote_are_counted() -> None:
    assert (loose(answer(COST)), count_figures(answer(COST))) == ([], 2)
    assert (loose(refusal()), count_figures(refusal())) == ([], 0)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The mill cost $5,000 in 1975. [1]", ["5,000", "1975"]),
        ("In all 17. The mill cost $5,000 in 1974. [1]", ["17"]),
        ("The mill cost $5,000 in 1974. [1] [2]", ["2"]),
        ("The mill cost $5,000 in 1974. [2]", ["5,000", "1974", "2"]),
        ("9The mill cost $5,000 in 1974. [1]", ["9", "5,000", "1974"]),
        ("The mill cost $5,000 in 1974. [1]3", ["3"]),
    ],
)
def test_what_is_not_exactly_the_quote_before_its_number_is_told(text: str, figures: list[str]) -> None:
    assert loose(answer(COST, text=text)) == figures


def test_a_short_quote_hides_no_longer_figure() -> None:
    short = cite(1, "mill", "5")
    assert loose(answer(short, text="5 [1]")) == []
    assert loose(answer(short, text="15 [1]")) == ["15"]


def test_findings_and_sides_of_conflicts_may_only_repeat_their_own_sources() -> None:
    assert loose(answer(COST, findings=[finding("$5,000", 1)], conflicts=[conflict(("$5,000", 1), ("1974", 1))])) == []
    assert loose(answer(COST, findings=[finding("$6,000", 1)])) == ["6,000"]
    assert loose(answer(COST, ELEVEN, findings=[finding("$5,000", 2)])) == ["5,000"]
    assert loose(answer(COST, conflicts=[conflict(("5,000 in 1974", 1), ("1984", 1))])) == ["1984"]


def test_a_loose_figure_is_shown_in_its_surroundings() -> None:
    (found,) = loose_figures(answer(COST, text="In all 17. The mill cost $5,000 in 1974. [1]"), line=3)
    assert (found.line, found.id, found.said) == (3, "q", "In all 17. … …")


@given(st.lists(st.sampled_from([NINE, ELEVEN]), unique=True, max_size=2), st.text(alphabet="0123456789 ,.x"))
def test_whatever_is_added_behind_is_told(citations: list[object], added: str) -> None:
    cited = [one.model_copy(update={"number": n}) for n, one in enumerate(citations, start=1)]  # type: ignore[attr-defined]
    said = " ".join(f"{one.quote} [{one.number}]" for one in cited)
    found = loose(answer(*cited, text=f"{said} {added}"))
    assert "".join(c for one in found for c in one if c.isdigit()) == "".join(c for c in added if c.isdigit())
