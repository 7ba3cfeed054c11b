"""What people see of an answer: golden text, and cues marked inside wrapped quotes."""

from __future__ import annotations

from assistant import answer_text
from assistant.models import Answer, Citation, Conflict, Finding, Side, Span, Timings, WorkspaceStamp

CITATION = Citation(
    number=1, article_id="wire", revision=2, title="Ferry sinks", publisher="Coastline Wire", author=None,
    url="https://wire.example/1", published="2026-03-03T10:00:00+01:00", quote="Nine people died, the office said.",
    start=52, end=86, sha256="0" * 64, score=0.7, attribution="official", certainty="stated", origin="o-1",
    cues=(Span(text="the office said", start=70, end=85),),
)  # fmt: skip


def made(**more: object) -> Answer:
    fields: dict[str, object] = {
        "id": "q-1", "question": "How many died?", "as_of": None, "status": "confirmed",
        "reason": "An official source states it.", "text": "Nine people died, the office said. [1]",
        "citations": (CITATION,), "timings_ms": Timings(search=1, read=2, total=3),
        "workspace": WorkspaceStamp(generation=1, model="m"), "settings_hash": "x",
    }  # fmt: skip
    return Answer.model_validate({**fields, **more})


def test_status_and_answer_stand_above_the_sources() -> None:
    assert answer_text.answer(made(), width=60) == (
        "Confirmed: An official source states it.\n"
        "\n"
        "Nine people died, the office said. [1]\n"
        "\n"
        "Sources\n"
        "[1] Ferry sinks — Coastline Wire, 2026-03-03\n"
        '    "Nine people died, the office said."\n'
        "    an official source, stated, origin o-1\n"
        "    wire, revision 2, characters 52–86,\n"
        "    https://wire.example/1"
    )


def test_a_contradiction_shows_its_sides_below_each_other() -> None:
    sides = (
        Side(value="nine", normalized="9 person", citations=(1,), articles=2, origins=1),
        Side(value="11", normalized="11", citations=(2,), articles=1, origins=1),
    )
    clash = Conflict(type="number", reason="nine is 9, 11.", comparable=True, sides=sides)
    text = answer_text.answer(made(status="contested", reason="Two articles differ.", conflicts=(clash,)), width=80)
    assert (
        "Contradiction (number): nine is 9, 11.\n"
        "  - “nine” (9 person) [1] (2 articles, 1 origin)\n"
        "  - “11” [2] (1 article, 1 origin)\n"
    ) in text


def test_several_findings_are_listed_each_with_its_status() -> None:
    found = tuple(
        Finding(text=words, status="single_source", reason="One.", citations=(1,), articles=1, origins=1)
        for words in ("nine", "on Tuesday")
    )
    text = answer_text.answer(made(findings=found), width=80)
    assert "What is said\n  - Single source: “nine” [1] (1 article, 1 origin)\n  - Single source: “on Tuesday”" in text


def test_what_is_not_covered_names_the_closest_as_no_support() -> None:
    none = "Nothing bears on it."
    given = made(status="not_covered", reason=none, text=none, citations=(), closest=(CITATION,))
    text = answer_text.answer(given, width=60)
    assert text.startswith(
        "Not covered: Nothing bears on it.\n\nClosest passages (none of them supports an answer)\n[1]"
    )


def test_warnings_stand_between_answer_and_sources() -> None:
    parts = answer_text.answer(made(warnings=("One article has no date.",)), width=60).split("\n\n")
    assert parts[2] == "Note: One article has no date."


def test_a_cue_is_marked_even_where_a_line_breaks_inside_it() -> None:
    text = answer_text.answer(made(), width=32, style=lambda text, role: f"<{text}>" if role == "cue" else text)
    assert "<the>\n    <office said>." in text
