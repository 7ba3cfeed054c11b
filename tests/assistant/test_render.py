"""That an article cannot steer a terminal, and how articles are named."""

from __future__ import annotations

import pytest

from assistant import render


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        ("\x1b[2Jgone", "\\u001b[2Jgone"),
        ("bell\x07", "bell\\u0007"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zero\\u200bwidth"),
        ("naïve “quotes” — 東京", "naïve “quotes” — 東京"),
    ],
)
def test_characters_that_steer_a_terminal_are_shown_and_not_sent(article: str, shown: str) -> None:
    assert render.visible(article) == shown


def test_an_article_without_title_is_named_by_its_id() -> None:
    assert render.heading(None, None, None, "wire") == "wire"
    assert render.heading(None, "Coastline Wire", "2026-03-03", "wire") == "wire — Coastline Wire, 2026-03-03"


def test_a_title_of_several_lines_names_its_article_on_one() -> None:
    assert render.heading("Ferry\n\nConfirmed: yes", None, None, "wire") == "Ferry Confirmed: yes"
