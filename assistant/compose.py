"""From chosen claims to an `Answer`: text made of quotes, and a citation for each.

Nothing is judged here and no word is added to what the articles say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.claims import Claim
from assistant.models import Answer, Citation, Question, Timings, WorkspaceStamp

_NOT_COVERED = "Nothing in the articles bears on this question."
_MENTIONED = "The articles mention what the question is about, but nothing in them answers it."
_NO_ARTICLES = "No article could be searched: the workspace is empty, or the filters leave nothing."


def compose(
    question: Question,
    chosen: Sequence[Claim],
    closest: Sequence[Claim],
    *,
    searched: bool,
    mentioned: bool,
    warnings: Sequence[str],
    timings: Timings,
    workspace: WorkspaceStamp,
    settings_hash: str,
) -> Answer:
    """The answer; `not_covered`, with the closest named as such, where nothing was chosen."""
    citations = [citation(number, claim) for number, claim in enumerate(chosen, start=1)]
    covered = bool(citations)
    reason = None if covered else _why_not(searched=searched, mentioned=mentioned)
    return Answer(
        id=question.id or question_id(question),
        question=question.text,
        as_of=question.as_of,
        status=None if covered else "not_covered",
        reason=reason,
        text=" ".join(f"{c.quote} [{c.number}]" for c in citations) if covered else reason or "",
        citations=tuple(citations),
        closest=() if covered else tuple(citation(n, claim) for n, claim in enumerate(closest, start=1)),
        warnings=tuple(warnings),
        timings_ms=timings,
        workspace=workspace,
        settings_hash=settings_hash,
    )


def _why_not(*, searched: bool, mentioned: bool) -> str:
    if not searched:
        return _NO_ARTICLES
    return _MENTIONED if mentioned else _NOT_COVERED


def citation(number: int, claim: Claim) -> Citation:
    """Where the claim stands, exactly."""
    article, sentence = claim.candidate.article, claim.candidate.sentence
    return Citation(
        number=number,
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        url=article.url,
        published=article.published,
        quote=claim.candidate.quote,
        start=sentence.start,
        end=sentence.end,
        sha256=article.sha256,
        score=round(claim.probability, 4),
    )


def question_id(question: Question) -> str:
    """The same question with the same filters has the same id."""
    return "q-" + hashlib.sha256(question.model_dump_json().encode()).hexdigest()[:12]
