"""The part of an article around what is cited of it, cut at its lines, with cited spans and cues marked. Pure.

A book among the articles must not stop the screen, so no more than some thousand characters are laid out; what was left
out on either side is counted, to be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.marked import Mark, Piece, paragraphs

if TYPE_CHECKING:
    from assistant.models import Citation
    from corpus.models import Article

AROUND = 3_000
"""Characters on either side."""

Lines = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """An article as the sources pane shows it."""

    article: Article
    number: int | None
    """Of the citation that it is shown for."""
    before: Lines
    cited: Lines
    """The lines that the citation stands in; none where none is marked."""
    after: Lines
    left_out: tuple[int, int]
    """Characters before and after that are not laid out."""
    note: str


def excerpt(article: Article, citation: Citation | None = None, *, others: Sequence[Citation] = ()) -> Excerpt:
    """Around a citation, or from the beginning. `others` are marked too where they stand in the same article."""
    note = _note(article, citation)
    span = (citation.start, citation.end) if citation and not note else (0, 0)
    start, end = _lines_around(article.text, max(0, span[0] - AROUND), span[1] + AROUND)
    first, last = _lines_around(article.text, *span) if span[1] else (start, start)
    marks = [] if note else _marks([*others, *([citation] if citation else [])], article)

    def laid(a: int, b: int) -> Lines:
        inside = [Mark(max(m.start, a) - a, min(m.end, b) - a, m.role) for m in marks if m.start < b and m.end > a]
        return paragraphs(article.text[a:b], inside)

    return Excerpt(
        article=article,
        number=citation.number if citation else None,
        before=laid(start, first),
        cited=laid(first, last),
        after=laid(last, end),
        left_out=(start, len(article.text) - end),
        note=note,
    )


def _lines_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Widened to whole lines, unless a line is endless."""
    first = text.rfind("\n", max(0, start - AROUND), start) + 1 or max(0, start - AROUND)
    last = text.find("\n", end, end + AROUND)
    return min(first, start), min(len(text), end + AROUND) if last < 0 else last


def _marks(citations: Sequence[Citation], article: Article) -> list[Mark]:
    own = [one for one in citations if (one.article_id, one.revision) == (article.id, article.revision)]
    cited = [Mark(one.start, one.end, "cited") for one in own]
    return cited + [Mark(cue.start, cue.end, "cue") for one in own for cue in one.cues]


def _note(article: Article, citation: Citation | None) -> str:
    if citation is None or citation.revision == article.revision:
        return ""
    return (
        f"The quote is from revision {citation.revision}. The article was changed since; this is revision "
        f"{article.revision}, in which it may stand elsewhere or not at all."
    )
