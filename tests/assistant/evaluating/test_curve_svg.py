"""The picture of risk against coverage."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.abstaining import Tried, risk_coverage
from assistant.evaluating.curve_svg import curve_svg

TRIED = st.lists(st.builds(Tried, st.floats(0, 1), st.booleans()), max_size=30)


@given(TRIED, st.integers(0, 20))
def test_it_is_well_formed_needs_nothing_else_and_stays_inside(tried: list[Tried], refused: int) -> None:
    picture = curve_svg(risk_coverage(tried, questions=len(tried) + refused))
    root = ElementTree.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(r"href|url\(|@import|<script|https?://(?!www\.w3\.org/2000/svg\")", picture)
    path = "".join(node.get("d", "") for node in root.iter() if node.get("class") == "curve")
    assert all(0 <= float(number) <= 640 for number in re.findall(r"-?\d+(?:\.\d+)?", path))
    assert bool(path) == bool(tried)


def test_it_says_in_words_what_it_shows() -> None:
    picture = curve_svg(risk_coverage([Tried(0.9, True), Tried(0.5, False)], questions=3))
    assert "3 questions, 2 answered; area 0.250" in picture
    assert "all that was answered: risk 0.50" in picture
    assert "<title" in picture


def test_a_risk_of_none_and_of_all_have_an_axis() -> None:
    for right, top in ((True, "0.02"), (False, "1.00")):
        assert f">{top}<" in curve_svg(risk_coverage([Tried(0.5, right)], questions=1))
