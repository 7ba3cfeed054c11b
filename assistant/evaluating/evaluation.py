"""The figures of a batch whose questions say what was expected of them. Pure but for the lookup of what is kept.

Each figure counts only the questions that expect something of its kind; how many that are stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from assistant.evaluating.abstaining import RiskCoverage, Tried, risk_coverage
from assistant.evaluating.cases import Case, case_of
from assistant.evaluating.checking import CitationChecks, CitationTally
from assistant.evaluating.latency import Latency, latencies
from assistant.evaluating.quoting import Lookup
from assistant.evaluating.shares import Share
from assistant.models import Model, Status, Timings
from assistant.records import Answered, Failed

STATUSES: tuple[Status, ...] = get_args(Status)


class Mean(Model):
    """Of so many values."""

    mean: float | None
    of: int


class ConfusionRow(Model):
    """How often each status was said where one was expected."""

    expected: Status
    said: dict[Status, int]


class Evaluation(Model):
    """How good the answers are. A share has its interval of 95 % after Wilson."""

    questions: int
    failed: int
    """Records without an answer; they count in nothing else."""
    with_expected: int
    answer_found: Share
    """An expected answer stands in a cited quote; of the questions that something answers."""
    articles_found: Mean
    """Recall of expected articles among the citations."""
    status_right: Share
    confusion: tuple[ConfusionRow, ...]
    conflict_precision: Share
    """Of the answers that show a conflict, those whose question was expected to have one."""
    conflict_recall: Share
    refused_rightly: Share
    """Of the questions that nothing answers."""
    refused_wrongly: Share
    """Of the questions that something answers."""
    risk_coverage: RiskCoverage
    """Over the questions of which it is known whether an answer is right."""
    citations: CitationChecks
    latency_ms: tuple[Latency, ...]


def evaluate(records: Iterable[Answered | Failed], *, look: Lookup) -> Evaluation:
    """All figures of finished records. Each is let go once it is counted: there may be very many."""
    counted = _Counted(look)
    for record in records:
        counted.add(record)
    return counted.figures()


class _Counted:
    def __init__(self, look: Lookup) -> None:
        self._cases: list[Case] = []
        self._timings: list[Timings] = []
        self._citations = CitationTally(look)
        self._failed = 0

    def add(self, record: Answered | Failed) -> None:
        if isinstance(record, Failed):
            self._failed += 1
            return
        self._timings.append(record.answer.timings_ms)
        self._citations.add(record)
        if record.expected is not None:
            self._cases.append(case_of(record.answer, record.expected))

    def figures(self) -> Evaluation:
        cases = self._cases
        disputed = [case for case in cases if case.expected.conflict is not None]
        return Evaluation(
            questions=len(self._timings) + self._failed,
            failed=self._failed,
            with_expected=len(cases),
            answer_found=Share.among(case.found for case in cases if case.found is not None),
            articles_found=_mean([case.articles for case in cases if case.articles is not None]),
            status_right=Share.among(case.status == case.expected.status for case in cases if case.expected.status),
            confusion=_confusion(cases),
            conflict_precision=Share.among(bool(case.expected.conflict) for case in disputed if case.conflict),
            conflict_recall=Share.among(case.conflict for case in disputed if case.expected.conflict),
            refused_rightly=Share.among(case.refused for case in cases if case.covered is False),
            refused_wrongly=Share.among(case.refused for case in cases if case.covered),
            risk_coverage=_risk_coverage(cases),
            citations=self._citations.checks(),
            latency_ms=latencies(self._timings),
        )


def _mean(recalls: Sequence[float]) -> Mean:
    return Mean(mean=sum(recalls) / len(recalls) if recalls else None, of=len(recalls))


def _confusion(cases: Sequence[Case]) -> tuple[ConfusionRow, ...]:
    """Rows and columns in the order of the closed set."""
    counts = Counter((case.expected.status, case.status) for case in cases)
    rows = {row: {said: counts[row, said] for said in STATUSES if counts[row, said]} for row in STATUSES}
    return tuple(ConfusionRow(expected=row, said=said) for row, said in rows.items() if said)


def _risk_coverage(cases: Sequence[Case]) -> RiskCoverage:
    known = [case for case in cases if case.right is not None]
    tried = [Tried(case.confidence, bool(case.right)) for case in known if not case.refused]
    return risk_coverage(tried, questions=len(known))
