"""Claims: the sentences of the hits that bear on the question, scored and chosen.

Pure functions over hits and finished numbers: the caller calls the model, once, for all candidates together. What
a sentence is worth is decided here; how many are cited, by the `Policy`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.policy import Policy
from corpus.models import Article, Sentence
from index.models import Hit

Similarities = NDArray[np.float32]

_FEWEST_WORDS = 3
"""Shorter lines ("Advertisement", "Read more") are no claims."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit, before it is scored."""

    hit: Hit
    sentence: Sentence

    @property
    def article(self) -> Article:
        return self.hit.passage.article

    @property
    def quote(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate and how well it fits the question."""

    candidate: Candidate
    row: int
    """Its row among the candidates' vectors."""
    similarity: float
    overlap: float
    score: float


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits once, in the order of the hits."""
    found: dict[tuple[int, int], Candidate] = {}
    for hit in hits:
        for sentence in hit.passage.sentences:
            candidate = Candidate(hit, sentence)
            if len(candidate.quote.split()) >= _FEWEST_WORDS:
                found.setdefault((hit.passage.article_number, sentence.start), candidate)
    return list(found.values())


def overlap(question: Mapping[str, float], sentence: Collection[str]) -> float:
    """The share of the question's terms that the sentence has, each counted by its weight; 0 to 1."""
    asked = sum(question.values())
    shared = sum(weight for term, weight in question.items() if term in sentence)
    return shared / asked if asked else 0.0


def score(
    found: Sequence[Candidate], similarities: Similarities, overlaps: Sequence[float], policy: Policy
) -> list[Claim]:
    """Claims, best first. Equal scores keep the order of the hits."""
    rows = zip(found, similarities.tolist(), overlaps, strict=True)
    claims = [
        Claim(candidate, row, similarity, shared, _blend(similarity, shared, policy.overlap_weight))
        for row, (candidate, similarity, shared) in enumerate(rows)
    ]
    return sorted(claims, key=lambda claim: -claim.score)


def _blend(similarity: float, shared: float, weight: float) -> float:
    return max(0.0, (1 - weight) * similarity + weight * shared)


def choose(claims: Sequence[Claim], vectors: NDArray[np.float32], policy: Policy) -> list[Claim]:
    """The few that are cited: each good enough, and each adding something. Empty where nothing is covered.

    `claims` are best first; `vectors` are the candidates' embeddings, shape (candidates, dimension), length 1.
    """
    if not claims or claims[0].score < policy.covered:
        return []
    chosen: list[Claim] = []
    for claim in claims:
        if len(chosen) == policy.sentences or claim.score < policy.near_best * claims[0].score:
            break
        if _adds_something(claim, chosen, vectors, policy):
            chosen.append(claim)
    return in_reading_order(chosen)


def _adds_something(claim: Claim, chosen: Sequence[Claim], vectors: NDArray[np.float32], policy: Policy) -> bool:
    same_article = sum(other.candidate.article.id == claim.candidate.article.id for other in chosen)
    if same_article >= policy.per_article:
        return False
    return all(float(vectors[claim.row] @ vectors[other.row]) < policy.same for other in chosen)


def in_reading_order(chosen: Sequence[Claim]) -> list[Claim]:
    """Articles in the order of their best claim; within an article, as it was written."""
    articles = list(dict.fromkeys(claim.candidate.article.id for claim in chosen))
    return sorted(
        chosen, key=lambda claim: (articles.index(claim.candidate.article.id), claim.candidate.sentence.start)
    )


def closest(claims: Sequence[Claim], policy: Policy) -> list[Claim]:
    """The nearest sentences, one an article: to show where nothing is covered."""
    best: dict[str, Claim] = {}
    for claim in claims:
        best.setdefault(claim.candidate.article.id, claim)
    return list(best.values())[: policy.closest]
