"""The numbers that decide what an answer holds, in one place, each with the data it was chosen on.

No other module has a number of its own for these decisions. "Tune" and "held" are parts of the squad questions,
split by article (`tests.training.reader.splits`); the corpus is all their paragraphs and 4,893 news articles.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.comparing.features import Features


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """Log-odds that a sentence answers: logistic regression over the sentences of 8 hits of 200 tune questions.

    Made anew by `python -m tests.benchmarks.reading --fit`.
    """

    bias: float = -6.52
    answers: float = 0.0
    """For each unit of the reader's own log-odds that the passage answers."""
    margin: float = 0.26
    """For each unit by which the best span of the sentence beats no span at all."""
    cosine: float = 2.7
    """Of question and passage."""
    passage_overlap: float = 2.2
    """Share of the question's words, by rarity, that title and passage have."""
    sentence_overlap: float = 1.3
    holds_kind: float = 0.73
    """Where the sentence has a thing of the kind that is asked for."""
    margin_per_answers: float = 2.0
    """For yes/no questions, which have no span: how `answers` goes over into a margin."""


@dataclass(frozen=True, slots=True)
class ComparingWeights:
    """Log-odds of one relation against "compatible", by the features of `comparing.features`."""

    bias: float = 0.0
    judged_conflict: float = 0.0
    judged_agree: float = 0.0
    number_clash: float = 0.0
    number_same: float = 0.0
    number_compatible: float = 0.0
    date_clash: float = 0.0
    date_same: float = 0.0
    loose_number_clash: float = 0.0
    loose_number_same: float = 0.0
    loose_date_clash: float = 0.0
    loose_date_same: float = 0.0
    answers_same: float = 0.0
    answers_apart: float = 0.0
    stances_clash: float = 0.0
    stances_same: float = 0.0
    answered: float = 0.0
    clash_answered: float = 0.0
    blank_clash: float = 0.0
    blank_same: float = 0.0
    blank_other: float = 0.0
    negation: float = 0.0
    reserve: float = 0.0

    def log_odds(self, features: Features) -> float:
        weights: dict[str, float] = asdict(self)
        values: dict[str, float] = asdict(features)
        return self.bias + sum(weights[name] * value for name, value in values.items())


@dataclass(frozen=True, slots=True)
class RelationWeights:
    conflict: ComparingWeights = field(default_factory=ComparingWeights)
    agree: ComparingWeights = field(default_factory=ComparingWeights)


_FRAMED = RelationWeights(
    conflict=ComparingWeights(
        bias=0.52,
        judged_conflict=0.4,
        judged_agree=0.46,
        number_clash=0.6,
        number_same=-0.17,
        number_compatible=-0.12,
        date_clash=1.34,
        date_same=0.01,
        loose_number_clash=0.04,
        loose_number_same=0.09,
        loose_date_clash=-0.33,
        loose_date_same=0.07,
        answers_same=-0.24,
        answers_apart=0.28,
        stances_clash=0.83,
        stances_same=0.33,
        answered=1.71,
        clash_answered=0.12,
        negation=0.24,
        reserve=-0.1,
    ),
    agree=ComparingWeights(
        bias=1.19,
        judged_conflict=-0.79,
        judged_agree=1.79,
        number_clash=-1.36,
        number_same=0.7,
        number_compatible=0.04,
        date_clash=-0.2,
        date_same=0.35,
        loose_number_clash=-0.12,
        loose_number_same=0.54,
        loose_date_clash=-0.17,
        loose_date_same=-0.09,
        answers_same=0.56,
        answers_apart=-0.56,
        stances_clash=0.55,
        stances_same=0.42,
        answered=0.86,
        clash_answered=-0.65,
        negation=0.04,
        reserve=-0.12,
    ),
)

_BARE = RelationWeights(
    conflict=ComparingWeights(
        bias=0.02,
        judged_conflict=0.54,
        judged_agree=0.4,
        loose_number_clash=-0.05,
        loose_number_same=0.03,
        loose_date_same=0.13,
        blank_clash=0.62,
        blank_same=0.95,
        blank_other=0.28,
        negation=0.29,
        reserve=-0.12,
    ),
    agree=ComparingWeights(
        bias=0.74,
        judged_conflict=-0.65,
        judged_agree=1.64,
        loose_number_clash=-0.3,
        loose_number_same=0.52,
        loose_date_clash=-0.04,
        loose_date_same=-0.1,
        blank_clash=-0.85,
        blank_same=1.36,
        blank_other=-0.39,
        negation=0.14,
        reserve=-0.13,
    ),
)


@dataclass(frozen=True, slots=True)
class ComparingPolicy:
    """When two statements are said to conflict or agree. Made anew by `python -m tests.benchmarks.conflicts --fit`."""

    framed: RelationWeights = _FRAMED
    """Of two answers to one question."""
    bare: RelationWeights = _BARE
    """Of two statements alone."""
    conflict: float = 0.55
    agree: float = 0.5


@dataclass(frozen=True, slots=True)
class Policy:
    """What is read and when a sentence is good enough to be cited."""

    reader: ReaderWeights = field(default_factory=ReaderWeights)
    comparing: ComparingPolicy = field(default_factory=ComparingPolicy)
    covered: float = -2.16
    """A best sentence below these log-odds means that nothing answers. On the tune part, 95 % of questions whose
    article was taken out of the corpus score below; `docs/measurements.md` has the whole curve."""
    worth_citing: float = -2.0
    """Further sentences have at least these log-odds,"""
    below_best: float = 2.5
    """and are at most so far below the best."""
    bears_out: float = -4.0
    """A sentence of another article that gives the same answer counts from these log-odds on,"""
    bears_out_margin: float = 3.0
    """if its words answer so much more surely than none."""
    stands_against: float = -3.0
    """A sentence of an article that is not heard yet is compared from these log-odds on,"""
    stands_against_margin: float = 5.0
    """if its words answer so much more surely than none;"""
    stands_against_stance: float = 1.0
    """or, of a yes/no question, if it says the opposite and its passage answers with these log-odds."""
    compared: int = 8
    """At most so many sentences are labelled and compared with each other,"""
    sentences: int = 4
    """At most so many are cited,"""
    per_article: int = 2
    """and at most so many of one article, so that a second source is seen where there is one."""
    same_answer: int = 2
    """At most so many have the same answering words, so that another answer is seen where there is one."""
    same: float = 0.7
    """Sentences that share this part of their words, and the answering ones, say the same; the better is cited."""
    passages_per_origin: int = 5
    """Of one origin at most so many passages are read while others have any,"""
    compared_per_origin: int = 4
    """and at most so many of its sentences compared: ten copies of one side crowd out no other."""
    passages_per_article: int = 3
    """Of one article at most so many passages are read while other articles have any left."""
    mentioned: float = 0.6
    """A passage with this share of the question's words, by rarity, at least mentions what was asked about."""
    closest: int = 3
    """Passages named as nearest where nothing is covered."""
