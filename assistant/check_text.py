"""A check as text for people: the verdict and why, then what an answer shows of conflicts and sources. Pure."""

from __future__ import annotations

from assistant import answer_text
from assistant.models import Answer, Check, Verdict
from assistant.render import Style, fill, plain

_VERDICT: dict[Verdict, str] = {
    "supported": "Supported",
    "refuted": "Refuted",
    "mixed": "Mixed",
    "not_enough_evidence": "Not enough evidence",
}


def check(value: Check, *, width: int, style: Style = plain) -> str:
    """All of it, in paragraphs."""
    heading = style(fill(f"{_VERDICT[value.verdict]}: {value.reason}", width), "heading")
    rest = answer_text.answer(_as_answer(value), width=width, style=style)
    return "\n\n".join(part for part in (heading, rest) if part)


def _as_answer(value: Check) -> Answer:
    """Without a status, which is an answer's own; the sources hold the quotes, so that there is no text."""
    return Answer(
        id=value.id,
        question=value.statement,
        as_of=value.as_of,
        status=None,
        reason=None,
        text="",
        findings=value.findings,
        conflicts=value.conflicts,
        citations=value.citations,
        closest=value.closest,
        warnings=value.warnings,
        timings_ms=value.timings_ms,
        workspace=value.workspace,
        settings_hash=value.settings_hash,
    )
