"""How well each candidate answers the question: the ways to score, one behind one signature.

Each calls its model once, with everything in one batch. Which way is taken is chosen in `wiring`; the numbers that
weigh features stand in `policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.claims import Candidate, Claim, Fit, overlap
from assistant.kinds import holds, kind_of
from assistant.policy import ReaderWeights
from assistant.reading import Pair, Read, Stance
from corpus.models import Sentence
from index.lexical import terms
from index.models import Hit

Score = Callable[[str, Sequence[Candidate], Mapping[str, float]], list[Claim]]
"""Question, candidates and the weights of the question's terms to claims, one for each candidate, in their order."""

Relevance = Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]
"""A cross-encoder: (question, text) pairs to logits, shape (pairs,)."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a sentence's log-odds are made of. `ReaderWeights` says what each counts."""

    answers: float
    margin: float
    cosine: float
    passage_overlap: float
    sentence_overlap: float
    holds_kind: float
    """1 where the sentence has a thing of the kind that is asked for, a number say; else 0."""

    def log_odds(self, weights: ReaderWeights) -> float:
        return (
            weights.bias
            + weights.answers * self.answers
            + weights.margin * self.margin
            + weights.cosine * self.cosine
            + weights.passage_overlap * self.passage_overlap
            + weights.sentence_overlap * self.sentence_overlap
            + weights.holds_kind * self.holds_kind
        )


@dataclass(frozen=True, slots=True)
class ReadCandidate:
    """A candidate, what the reader said of its passage, and what follows for the sentence."""

    candidate: Candidate
    features: Features
    span: Sentence
    """The best answering span inside the sentence, as offsets into the article."""
    stance: Stance
    terms: frozenset[str]


def read_candidates(
    question: str, found: Sequence[Candidate], rarity: Mapping[str, float], read: Read
) -> Iterator[ReadCandidate]:
    """Reads each passage once, all in one batch, and looks at its sentences."""
    hits = {candidate.hit.passage.number: candidate.hit for candidate in found}
    pairs = [Pair(question.casefold(), hit.passage.article.title, hit.passage.text) for hit in hits.values()]
    readings = dict(zip(hits, read(pairs), strict=True))
    shares = {number: _share(rarity, hit) for number, hit in hits.items()}
    kind = kind_of(question)
    for candidate in found:
        passage, sentence = candidate.hit.passage, candidate.sentence
        reading, words = readings[passage.number], frozenset(terms(candidate.quote))
        start, end = max(sentence.start, passage.start), min(sentence.end, passage.end)
        span = reading.span_within(start - passage.start, end - passage.start)
        features = Features(
            answers=reading.answers,
            margin=span.margin,
            cosine=candidate.hit.dense,
            passage_overlap=shares[passage.number],
            sentence_overlap=overlap(rarity, words),
            holds_kind=float(holds(kind, candidate.quote)),
        )
        place = Sentence(passage.start + span.start, passage.start + span.end)
        yield ReadCandidate(candidate, features, place, reading.stance, words)


def _share(rarity: Mapping[str, float], hit: Hit) -> float:
    return overlap(rarity, frozenset(terms(f"{hit.passage.article.title or ''} {hit.passage.text}")))


def by_reader(read: Read, weights: ReaderWeights) -> Score:
    """Scores sentences by the answering span inside them.

    Words that ask nothing, such as a name alone, have no answering span; their sentences are scored by likeness.
    """

    def score(question: str, found: Sequence[Candidate], rarity: Mapping[str, float]) -> list[Claim]:
        kind = kind_of(question)
        if kind == "no_question":
            return by_likeness(question, found, rarity)
        read_ones = list(read_candidates(question, found, rarity, read))
        if kind == "yes_no":
            return _speaking_for_their_passage([_yes_no_claim(one, weights) for one in read_ones])
        return [_span_claim(one, weights) for one in read_ones]

    return score


def _speaking_for_their_passage(claims: Sequence[Claim]) -> list[Claim]:
    """The reader's yes or no is the passage's; the sentence that fits best is the first to be taken for saying it."""
    best: dict[int, Claim] = {}
    for claim in claims:
        number = claim.candidate.hit.passage.number
        if number not in best or claim.fit.log_odds > best[number].fit.log_odds:
            best[number] = claim
    return [
        claim
        if best[claim.candidate.hit.passage.number] is claim
        else replace(claim, fit=replace(claim.fit, leads=False))
        for claim in claims
    ]


def _span_claim(one: ReadCandidate, weights: ReaderWeights) -> Claim:
    fit = Fit(
        one.features.log_odds(weights),
        one.features.passage_overlap,
        span=one.span,
        margin=one.features.margin,
    )
    return Claim(one.candidate, fit, one.terms)


def _yes_no_claim(one: ReadCandidate, weights: ReaderWeights) -> Claim:
    """No span answers a yes/no question; how well the passage answers at all takes the margin's place."""
    features = replace(one.features, margin=weights.margin_per_answers * one.features.answers)
    fit = Fit(features.log_odds(weights), features.passage_overlap, margin=one.features.answers, stance=one.stance)
    return Claim(one.candidate, fit, one.terms)


_EVEN, _SLOPE = 0.66, 12.0
"""Bring likeness to the scale of the log-odds: the tune part's 95 % of abstentions lie at the same threshold."""


def by_likeness(question: str, found: Sequence[Candidate], rarity: Mapping[str, float]) -> list[Claim]:
    """Without a reader: the passage's cosine and the sentence's share of the question's words."""
    claims = []
    for candidate in found:
        words = frozenset(terms(candidate.quote))
        likeness = (candidate.hit.dense + overlap(rarity, words)) / 2
        fit = Fit(_SLOPE * (likeness - _EVEN), _share(rarity, candidate.hit))
        claims.append(Claim(candidate, fit, words))
    return claims


def by_relevance(relevance: Relevance) -> Score:
    """Any cross-encoder that gives one logit a pair: question and sentence, with the article's title before it."""

    def score(question: str, found: Sequence[Candidate], rarity: Mapping[str, float]) -> list[Claim]:
        texts = [f"{c.article.title}. {c.quote}" if c.article.title else c.quote for c in found]
        logits = relevance([(question, text) for text in texts]).tolist() if found else []
        return [
            Claim(candidate, Fit(logit, _share(rarity, candidate.hit)), frozenset(terms(candidate.quote)))
            for candidate, logit in zip(found, logits, strict=True)
        ]

    return score
