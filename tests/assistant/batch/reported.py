"""Answers with words of the tests' choosing in every place where an article, a question or a line may bring some."""

from __future__ import annotations

import io

from assistant.batch.reports import Format, write
from assistant.models import Answer, Citation, Conflict, Finding, Side, Span, Timings, WorkspaceStamp
from assistant.records import Answered, Expected, Failed
from tests.assistant.batch.make_golden import ABOUT


def citation(number: int, words: str, *, url: str | None = None) -> Citation:
    return Citation(
        number=number, article_id=words, revision=1, title=words, publisher=words, author=words, url=url or words,
        published=words, quote=words, start=0, end=len(words), sha256="0", attribution="party", certainty="stated",
        cues=(Span(text=words[:3], start=0, end=3),), origin="o", score=0.5,
    )  # fmt: skip


def answered(words: str, *, line: int = 1, url: str | None = None) -> Answered:
    """Contested, with one citation on each side."""
    sides = tuple(Side(value=words, normalized=words, citations=(n,), articles=1, origins=1) for n in (1, 2))
    one, other = citation(1, words, url=url), citation(2, words, url=url)
    answer = Answer(
        id=words, question=words, as_of=None, status="contested", reason=words,
        text=f"{words} [1] {words} [2]",
        findings=tuple(
            Finding(text=words, status="contested", reason=words, citations=(n,), articles=1, origins=1) for n in (1, 2)
        ),
        conflicts=(Conflict(type="number", reason=words, comparable=True, sides=sides),),
        citations=(one, other), warnings=(words,), timings_ms=Timings(search=0, read=0, total=0),
        workspace=WorkspaceStamp(generation=1, model="m"), settings_hash="0",
    )  # fmt: skip
    return Answered(line=line, expected=Expected(answers=(words,), articles=(words,)), answer=answer)


def uncovered(words: str, *, line: int = 1) -> Answered:
    """With a closest passage."""
    full = answered(words).answer
    update = {"status": "not_covered", "citations": (), "conflicts": (), "findings": (), "closest": full.citations}
    return Answered(line=line, answer=full.model_copy(update={**update, "text": words}))


def failed(words: str, *, line: int = 1) -> Failed:
    return Failed(line=line, id=words, error=words)


def report(*records: Answered | Failed, format: Format) -> str:  # noqa: A002
    out = io.StringIO()
    write(records, out, format=format, about=ABOUT)
    return out.getvalue()
