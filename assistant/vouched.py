"""Claims with who vouches for them: the status stage. Pure; the rules for a sentence stand in `assistant.status`.

A claim is labelled with its whole article at hand, since who says it and what puts it in doubt often stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.claims import Candidate, Claim
from assistant.status.models import Label
from corpus import publishers
from corpus.models import Article, Sentence
from corpus.publishers import Doubt

LabelArticle = Callable[[Article, Sequence[Sentence], Sequence[Sentence]], list[Label]]
"""An article, all its sentences, and those to label: a label for each of the latter, in their order."""


@dataclass(frozen=True, slots=True)
class VouchedClaim:
    """A claim, its label and its origin."""

    claim: Claim
    label: Label
    origin: str

    @property
    def candidate(self) -> Candidate:
        return self.claim.candidate

    @property
    def article(self) -> Article:
        return self.claim.candidate.article

    @property
    def doubt(self) -> Doubt | None:
        """Why nobody can vouch that the article is of whom it says; such a claim is quoted and confirms nothing."""
        return publishers.doubt(self.article.publisher, self.article.url)


def vouched(
    claims: Sequence[Claim],
    *,
    sentences: Mapping[int, Sequence[Sentence]],
    origins: Mapping[int, str],
    label: LabelArticle,
) -> list[VouchedClaim]:
    """In the order of `claims`. `sentences` and `origins` are by article number."""
    wanted: dict[int, list[Claim]] = {}
    for claim in claims:
        wanted.setdefault(claim.candidate.hit.passage.article_number, []).append(claim)
    labels: dict[tuple[int, int], Label] = {}
    for number, some in wanted.items():
        places = [claim.candidate.sentence for claim in some]
        found = label(some[0].candidate.article, sentences[number], places)
        labels |= {(number, place.start): one for place, one in zip(places, found, strict=True)}
    return [_vouched(claim, labels, origins) for claim in claims]


def _vouched(claim: Claim, labels: Mapping[tuple[int, int], Label], origins: Mapping[int, str]) -> VouchedClaim:
    number = claim.candidate.hit.passage.article_number
    return VouchedClaim(claim, labels[number, claim.candidate.sentence.start], origins[number])
