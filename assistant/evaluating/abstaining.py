"""What it would cost and save to answer fewer questions: risk against coverage. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.models import Model


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that was answered: how sure the answer was of itself, and whether it was right."""

    confidence: float
    right: bool


class Point(Model):
    """What comes of answering only where the confidence is at least this."""

    confidence: float
    coverage: float
    """Answered, of all questions."""
    risk: float
    """Wrong, of those answered."""


class RiskCoverage(Model):
    """The curve, and the mean risk along it; 0 is best."""

    questions: int
    answered: int
    points: tuple[Point, ...]
    """From the surest answers to all of them: one for each confidence that occurs."""
    area: float | None
    """Mean risk over the coverage that was reached; None where nothing was answered."""
    best_area: float | None
    """What it would be if every right answer were surer than every wrong one."""


def risk_coverage(tried: Sequence[Tried], *, questions: int) -> RiskCoverage:
    """The trade between answering more and erring less, as the confidence that is asked for falls.

    R. El-Yaniv and Y. Wiener, "On the Foundations of Noise-free Selective Classification", Journal of Machine Learning
    Research 11 (2010), 1605-1641: coverage is the share of questions answered, risk the share of errors among them. A
    question that was refused counts in no risk, so the curve ends at the coverage that was reached. Answers of one
    confidence enter together, so their order is of no account. Raises ValueError for fewer questions than answers.
    """
    if len(tried) > questions:
        raise ValueError(f"{len(tried)} answers to {questions} questions")
    points = _points(sorted(tried, key=lambda one: -one.confidence), questions)
    wrong = sum(not one.right for one in tried)
    return RiskCoverage(
        questions=questions,
        answered=len(tried),
        points=tuple(points),
        area=_area(points) if points else None,
        best_area=_best(wrong, len(tried)) if tried else None,
    )


def _points(surest_first: Sequence[Tried], questions: int) -> list[Point]:
    points, answered, wrong = [], 0, 0
    for confidence, some in groupby(surest_first, key=lambda one: one.confidence):
        together = list(some)
        answered += len(together)
        wrong += sum(not one.right for one in together)
        points.append(Point(confidence=confidence, coverage=answered / questions, risk=wrong / answered))
    return points


def _area(points: Sequence[Point]) -> float:
    """Each stretch of coverage with the risk at its end, over all coverage that was reached."""
    before = (0.0, *(point.coverage for point in points))
    stretches = ((point.coverage - start) * point.risk for start, point in zip(before, points, strict=False))
    return sum(stretches) / points[-1].coverage


def _best(wrong: int, answered: int) -> float:
    right = answered - wrong
    return sum((place - right) / place for place in range(right + 1, answered + 1)) / answered
