"""Answers and records made by hand, each quote from an article that the text names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluating.quoting import Kept, Lookup
from assistant.models import Answer, Citation, Conflict, Finding, Side, Status, Timings, WorkspaceStamp
from assistant.records import Answered, Expected
from corpus.models import Article, text_sha256

TEXTS = {
    "ferry": "The ferry sank on Monday. Nine people died, the coast guard said. Its captain was Ida Marsh.",
    "mill": "Ida Marsh denied it. The mill cost $5,000 in 1974. Eleven people died.",
}


def article(article_id: str, text: str | None = None, *, revision: int = 1, sha256: str | None = None) -> Article:
    text = TEXTS[article_id] if text is None else text
    return Article(
        id=article_id, revision=revision, text=text, sha256=sha256 or text_sha256(text), source=f"/{article_id}.txt"
    )


def look(article_id: str, revision: int) -> Kept | None:
    """A workspace that keeps the two texts in one revision."""
    if article_id not in TEXTS:
        return None
    now = article(article_id)
    return Kept(now, now if revision == 1 else None)


def looking_at(now: Article, *earlier: Article) -> Lookup:
    """A workspace of one article, with the revisions that it keeps of it."""
    kept = {one.revision: one for one in (*earlier, now)}
    return lambda article_id, revision: Kept(now, kept.get(revision)) if article_id == now.id else None


def cite(number: int, article_id: str, quote: str, *, score: float = 0.5, **other: object) -> Citation:
    start = TEXTS[article_id].index(quote)
    made = {
        "number": number, "article_id": article_id, "revision": 1, "title": None, "publisher": None, "author": None,
        "url": None, "published": None, "quote": quote, "start": start, "end": start + len(quote),
        "sha256": text_sha256(TEXTS[article_id]), "score": score,
    }  # fmt: skip
    return Citation.model_validate({**made, **other})


NINE = cite(1, "ferry", "Nine people died, the coast guard said.", score=0.9)
ELEVEN = cite(2, "mill", "Eleven people died.", score=0.6)
COST = cite(1, "mill", "The mill cost $5,000 in 1974.", score=0.7)


def answer(
    *citations: Citation,
    status: Status = "confirmed",
    text: str | None = None,
    findings: Sequence[Finding] = (),
    conflicts: Sequence[Conflict] = (),
    closest: Sequence[Citation] = (),
    milliseconds: float = 10.0,
) -> Answer:
    """Says what it cites, one quote after the other, unless another text is given."""
    said = " ".join(f"{one.quote} [{one.number}]" for one in citations) or "Nothing bears on this question."
    return Answer(
        id="q", question="How many people died?", as_of=None, status=status, reason="So it is.",
        text=said if text is None else text, citations=citations, findings=tuple(findings),
        conflicts=tuple(conflicts), closest=tuple(closest),
        timings_ms=Timings(search=1, read=2, judge=3, total=milliseconds),
        workspace=WorkspaceStamp(generation=1, model="m"), settings_hash="s",
    )  # fmt: skip


def finding(text: str, *citations: int) -> Finding:
    return Finding(text=text, status="confirmed", reason="r", citations=citations, articles=1, origins=1)


def conflict(*values: tuple[str, int]) -> Conflict:
    sides = (Side(value=value, normalized="x", citations=(number,), articles=1, origins=1) for value, number in values)
    return Conflict(type="number", reason="9 is not 11.", comparable=True, sides=tuple(sides))


def refusal(*closest: Citation) -> Answer:
    return answer(status="not_covered", closest=closest)


def record(line: int, made: Answer, **expected: object) -> Answered:
    return Answered(line=line, answer=made, expected=Expected.model_validate(expected) if expected else None)
