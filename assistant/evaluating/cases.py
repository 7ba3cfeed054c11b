"""What counts of one answer, beside what was expected of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evaluating.finding import answer_found, articles_found, can_be_found
from assistant.models import Answer, Status
from assistant.records import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An answer as far as it is counted."""

    expected: Expected
    status: Status | None
    conflict: bool
    """Whether it shows one."""
    found: bool | None
    """Whether an expected answer is cited; None where none can be looked for."""
    articles: float | None
    """Recall of the expected articles; None where none are expected."""
    confidence: float
    """Of the best citation."""

    @property
    def refused(self) -> bool:
        return self.status == "not_covered"

    @property
    def covered(self) -> bool | None:
        """Whether something answers the question; None where that is not said."""
        return _covered(self.expected)

    @property
    def right(self) -> bool | None:
        """Whether it was right to answer so; None where that is not known."""
        return self.refused if self.covered is False else self.found


def case_of(answer: Answer, expected: Expected) -> Case:
    """Articles do not say yes or no to a question, so an answer that is expected to say so cannot be looked for."""
    wanted = expected.answers or ()
    sought = _covered(expected) is True and can_be_found(wanted)
    cited = {one.article_id for one in answer.citations}
    return Case(
        expected=expected,
        status=answer.status,
        conflict=bool(answer.conflicts),
        found=answer_found(wanted, [one.quote for one in answer.citations]) if sought else None,
        articles=articles_found(expected.articles, cited) if expected.articles else None,
        confidence=max((one.score for one in answer.citations), default=0.0),
    )


def _covered(expected: Expected) -> bool | None:
    if expected.status is not None:
        return expected.status != "not_covered"
    return True if expected.answers or expected.articles else None
