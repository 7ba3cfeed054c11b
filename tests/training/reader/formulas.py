"""Ways to make one score of what the reader says about a passage or a sentence. Which is best is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.training.reader.reading_with import Reading


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds that a passage answers = `answers` x answers + `margin` x margin + `bias`, fitted on the tune part."""

    answers: float
    margin: float
    bias: float

    def log_odds(self, reading: Reading) -> float:
        return self.answers * reading.answers + self.margin * reading.span.margin + self.bias


Formula = Callable[[Reading], float]


def of_passage(calibration: Calibration) -> dict[str, Formula]:
    return {
        "answers": lambda reading: reading.answers,
        "margin": lambda reading: reading.span.margin,
        "calibrated": calibration.log_odds,
    }


def of_sentence(within: Reading, alone: Reading, cosine: float, *, start: int, end: int) -> dict[str, float]:
    """Scores of `passage[start:end]`: `within` read the passage, `alone` the sentence by itself."""
    inside, outside = within.span_within(start, end).margin, alone.span.margin
    return {
        "similarity": cosine,
        "span in the passage": inside,
        "span alone": outside,
        "answers alone": alone.answers,
        "span in the passage + alone": inside + outside,
        "span in the passage + answers alone": inside + alone.answers,
    }
