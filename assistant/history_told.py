"""What an answer says of what became of the articles it cites: notices of correction, and what they said earlier.

Only cited articles are looked at, and only the texts and revisions that the view shows decide: the same ones give the
same warnings, whatever the clock says.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from assistant.history import said_before
from assistant.models import Answer, Check, Citation
from assistant.vouched import VouchedClaim
from corpus.correction_wording import NoticeKind
from corpus.corrections import Notice, notices
from corpus.models import Article
from index.periods import day_of
from index.view import RevisionRow, View

_Told = TypeVar("_Told", Answer, Check)

_KINDS: Mapping[NoticeKind, str] = {
    "retraction": "a retraction",
    "correction": "a correction",
    "clarification": "a clarification",
    "update": "a notice of an update",
}
"""Weightiest first."""
_LOOKED_BACK = 20
"""Earlier revisions that are compared, latest first: an article may have been revised every minute."""


def with_what_became(told: _Told, claims: Iterable[VouchedClaim], *, view: View) -> _Told:
    """The answer or check with a warning for each cited article that carries a notice, and for each cited sentence
    that said something else in an earlier revision. `claims` are those it was composed of."""
    cited = {citation.article_id for citation in told.citations}
    claims_by_id = {claim.article.id: claim for claim in claims if claim.article.id in cited}
    if not claims_by_id:
        return told
    numbers = {id_: claim.candidate.hit.passage.article_number for id_, claim in claims_by_id.items()}
    sentences = view.sentences_of(numbers.values())
    warnings: list[str] = []
    for id_, claim in claims_by_id.items():
        own = [citation for citation in told.citations if citation.article_id == id_]
        found = notices(claim.article.text, sentences.get(numbers[id_]))
        warnings += noticed(own, claim.article, found)
        warnings += revised(own, claim.article, _earlier(view, claim.article))
    return told.model_copy(update={"warnings": (*told.warnings, *warnings)})


def noticed(citations: Sequence[Citation], article: Article, found: Sequence[Notice]) -> list[str]:
    """Of one article: its weightiest notice, quoted, with the numbers that cite it. None where it carries none.

    "This story has been updated with more details" says that nothing before was wrong, so it is no warning.
    """
    order = list(_KINDS)
    weighty = sorted((one for one in found if one.substantial), key=lambda one: (order.index(one.kind), one.start))
    if not weighty:
        return []
    notice = next((one for one in weighty if any(_overlap(one, citation) for citation in citations)), weighty[0])
    inside = [citation for citation in citations if _overlap(notice, citation)]
    what, quote = _KINDS[notice.kind], _quoted(article.text[notice.start : notice.end])
    if inside:
        verb = "quotes" if len(inside) == 1 else "quote"
        return [f"{_marks(inside)} {verb} {what} that the article makes of itself: {quote}"]
    return [f"The article of {_marks(citations)} carries {what}: {quote}"]


def revised(citations: Sequence[Citation], article: Article, earlier: Iterable[Article]) -> list[str]:
    """For each cited sentence what the latest of the `earlier` revisions (latest first) that had it otherwise said."""
    waiting, warnings = list(citations), dict[int, str]()
    for before in earlier:
        for citation in list(waiting):
            said = said_before(citation.quote, now=article.text, before=before.text)
            if said is not None:
                waiting.remove(citation)
                warnings[citation.number] = _otherwise(citation, before, said)
        if not waiting:
            break
    return [warnings[number] for number in sorted(warnings)]


def _otherwise(citation: Citation, before: Article, said: str) -> str:
    return (
        f"[{citation.number}] was revised: revision {before.revision} of the article said {_quoted(said)} "
        f"See: crosscheck articles history {shlex.quote(before.id)} --diff"
    )


def _earlier(view: View, article: Article) -> Iterator[Article]:
    """The revisions before this one, latest first; as of an earlier day only those that were published by then."""
    if article.revision == 1:
        return
    rows = [row for row in view.revisions(article.id) if row.revision < article.revision and _was_there(row, view)]
    for row in reversed(rows[-_LOOKED_BACK:]):
        found = view.revision(article.id, row.revision)
        if found is not None:
            yield found


def _was_there(row: RevisionRow, view: View) -> bool:
    return view.day is None or 0 < day_of(row.published) <= view.day.toordinal()


def _overlap(notice: Notice, citation: Citation) -> bool:
    return notice.start < citation.end and citation.start < notice.end


def _marks(citations: Sequence[Citation]) -> str:
    return " and ".join(f"[{citation.number}]" for citation in citations)


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"
