"""Exchanges written down by hand, for what needs an answer and not a workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.models import (
    Answer,
    Certainty,
    Citation,
    Conflict,
    Finding,
    Side,
    Status,
    Timings,
    WorkspaceStamp,
)
from tui.state import Exchange, Scope

NOW = datetime(2026, 11, 22, 6, 54, 1, tzinfo=UTC)


def citation(
    number: int, article_id: str, quote: str, *, published: str | None = "2026-05-21", certainty: Certainty = "stated"
) -> Citation:
    return Citation(
        number=number, article_id=article_id, revision=1, title=f"About {article_id}", publisher="Veyle Post",
        author=None, url=None, published=published, quote=quote, start=0, end=len(quote), sha256="0",
        attribution="own_reporting", certainty=certainty, origin=None, score=0.5,
    )  # fmt: skip


def answer(
    question: str,
    *citations: Citation,
    status: Status = "single_source",
    conflicts: tuple[Conflict, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Answer:
    return Answer(
        id="q", question=question, as_of=None, status=status, reason="One article says so.",
        text=" ".join(f"{one.quote} [{one.number}]" for one in citations), findings=findings, conflicts=conflicts,
        citations=citations, timings_ms=Timings(search=1, read=2, total=3),
        workspace=WorkspaceStamp(generation=1, model="m"), settings_hash="0",
    )  # fmt: skip


def contested(question: str = "When was the bridge opened?") -> Answer:
    cited = (
        citation(1, "opening", "It was opened on 18 April.", published="2026-04-18"),
        citation(2, "traffic", "It was opened on 25 April.", published="2026-04-25"),
    )
    return answer(
        question,
        *cited,
        status="contested",
        conflicts=(
            Conflict(
                type="date", reason="18 April, 25 April: they cannot both hold.", comparable=True,
                sides=(
                    Side(value="18 April", normalized="2026-04-18", citations=(1,), articles=1, origins=1),
                    Side(value="25 April", normalized="2026-04-25", citations=(2,), articles=1, origins=1),
                ),
            ),
        ),
        findings=(
            Finding(text="18 April", status="contested", reason="Others say otherwise.", citations=(1,), articles=1,
                    origins=1),
            Finding(text="25 April", status="contested", reason="Others say otherwise.", citations=(2,), articles=1,
                    origins=1),
        ),
    )  # fmt: skip


def exchange(typed: str, *, asked: str | None = None, because: str = "", sure: bool = True) -> Exchange:
    return Exchange(
        typed=typed,
        because=because,
        sure=sure,
        scope=Scope(as_of=date(2026, 3, 1), publishers=("Veyle Post",)),
        answer=answer(asked or typed, citation(1, "opening", "It was opened in May.\u2028[3] *Twice*.")),
        at=NOW,
    )
