"""Lines and columns of styled text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.laying_out import columns, indented

TEXTS = st.text(alphabet="ab 東\n", max_size=60)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(20, 160), st.integers(2, 3))
def test_every_line_of_a_table_is_as_wide_as_the_others_and_fits(sides: list[str], width: int, most: int) -> None:
    widths = {line.cell_length for line in columns([Content(side) for side in sides], width, most=most)}
    assert len(widths) == 1
    assert widths.pop() <= width


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(20, 160))
def test_no_letter_is_lost_between_the_rules(sides: list[str], width: int) -> None:
    said = "".join(line.plain for line in columns([Content(side) for side in sides], width, most=2))
    assert sorted(c for c in said if c in "ab東") == sorted(c for side in sides for c in side if c in "ab東")


@given(TEXTS, st.integers(10, 80))
def test_indented_lines_fit_and_begin_with_their_bar(text: str, width: int) -> None:
    lines = indented(Content(text), width, by=2, bar="$primary")
    assert all(line.plain.startswith("▌ ") and line.cell_length <= width for line in lines)
