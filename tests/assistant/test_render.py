"""What people see: golden text for an answer, and that an article cannot steer a terminal."""

from __future__ import annotations

import pytest

from assistant import render
from assistant.models import Answer, Citation, Timings, WorkspaceStamp

CITATION = Citation(
    number=1, article_id="wire", revision=2, title="Ferry sinks", publisher="Coastline Wire", author=None,
    url="https://wire.example/1", published="2026-03-03T10:00:00+01:00", quote="Nine people died, the office said.",
    start=52, end=86, sha256="0" * 64, score=0.7,
)  # fmt: skip


def made(**more: object) -> Answer:
    fields: dict[str, object] = {
        "id": "q-1", "question": "How many died?", "as_of": None, "status": None, "reason": None,
        "text": "Nine people died, the office said. [1]", "citations": (CITATION,),
        "timings_ms": Timings(search=1, read=2, total=3), "workspace": WorkspaceStamp(generation=1, model="m"),
        "settings_hash": "x",
    }  # fmt: skip
    return Answer.model_validate({**fields, **more})


def test_an_answer_stands_above_its_sources() -> None:
    assert render.answer(made(), width=60) == (
        "Nine people died, the office said. [1]\n"
        "\n"
        "Sources\n"
        "[1] Ferry sinks — Coastline Wire, 2026-03-03\n"
        '    "Nine people died, the office said."\n'
        "    wire, revision 2, characters 52–86,\n"
        "    https://wire.example/1"
    )


def test_what_is_not_covered_names_the_closest_as_no_support() -> None:
    text = render.answer(
        made(status="not_covered", text="Nothing bears on it.", citations=(), closest=(CITATION,)), width=60
    )
    assert text.startswith("Nothing bears on it.\n\nClosest passages (none of them supports an answer)\n[1] Ferry")


def test_warnings_stand_between_answer_and_sources() -> None:
    parts = render.answer(made(warnings=("One article has no date.",)), width=60).split("\n\n")
    assert parts[1] == "Note: One article has no date."


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        ("\x1b[2Jgone", "\\u001b[2Jgone"),
        ("bell\x07", "bell\\u0007"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("naïve “quotes” — 東京", "naïve “quotes” — 東京"),
    ],
)
def test_characters_that_steer_a_terminal_are_shown_and_not_sent(article: str, shown: str) -> None:
    assert render.visible(article) == shown


def test_an_article_without_title_is_named_by_its_id() -> None:
    assert render.heading(None, None, None, "wire") == "wire"
    assert render.heading(None, "Coastline Wire", "2026-03-03", "wire") == "wire — Coastline Wire, 2026-03-03"
