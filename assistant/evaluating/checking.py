"""What must be so of every citation of every answer: the quotes stand where they are said to, and figures in quotes."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.evaluating.figures import LooseFigure, count_figures, loose_figures
from assistant.evaluating.quoting import STANDS, Lookup, outcome, reason
from assistant.evaluating.shares import Share
from assistant.models import Answer, Model
from assistant.records import Answered


class LooseQuote(Model):
    """A quote that does not stand where its citation says."""

    line: int
    id: str
    number: int
    reason: str


class CitationChecks(Model):
    """All of both shares, or something is wrong."""

    quotes: Share
    """Verbatim at their offsets in that revision with that hash; the closest passages of refusals too."""
    figures: Share
    """Of the answer's text and findings, inside a cited quote."""
    loose_quotes: tuple[LooseQuote, ...]
    loose_figures: tuple[LooseFigure, ...]

    @property
    def passed(self) -> bool:
        return not self.loose_quotes and not self.loose_figures


class CitationTally:
    """Checks every quote and every figure of one answer after another."""

    def __init__(self, look: Lookup) -> None:
        self._look = look
        self._quotes = self._figures = 0
        self._loose_quotes: list[LooseQuote] = []
        self._loose_figures: list[LooseFigure] = []

    def add(self, record: Answered) -> None:
        answer = record.answer
        self._quotes += len(answer.citations) + len(answer.closest)
        self._figures += count_figures(answer)
        self._loose_quotes += _loose_quotes(answer, record.line, self._look)
        self._loose_figures += loose_figures(answer, line=record.line)

    def checks(self) -> CitationChecks:
        return CitationChecks(
            quotes=Share(right=self._quotes - len(self._loose_quotes), of=self._quotes),
            figures=Share(right=self._figures - len(self._loose_figures), of=self._figures),
            loose_quotes=tuple(self._loose_quotes),
            loose_figures=tuple(self._loose_figures),
        )


def _loose_quotes(answer: Answer, line: int, look: Lookup) -> Iterable[LooseQuote]:
    for cited in (*answer.citations, *answer.closest):
        kept = look(cited.article_id, cited.revision)
        found = outcome(cited, kept)
        if found not in STANDS:
            yield LooseQuote(line=line, id=answer.id, number=cited.number, reason=reason(found, cited, kept))
