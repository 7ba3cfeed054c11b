"""Claims: the sentences of the hits that bear on the question, scored and chosen. Pure.

How well a sentence fits is what a `Score` of `scoring` says; how many are cited, the `Policy`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from assistant.orders import is_order
from assistant.policy import Policy
from assistant.reading import Stance
from corpus.models import Article, Sentence
from index.models import Hit

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
class Fit:
    """How well a sentence answers the question, and with which words."""

    log_odds: float
    """That it answers; 0 is even."""
    overlap: float = 0.0
    """Share of the question's words that its passage has, by rarity; 0 to 1."""
    span: Sentence | None = None
    """The answering words, as offsets into the article."""
    margin: float = 0.0
    """How much more speaks for these words than for no answer at all, in the reader's logits."""
    stance: Stance | None = None
    """What the passage says to a yes/no question."""
    leads: bool = True
    """Whether no sentence of the passage fits a yes/no question better."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate and how well it fits."""

    candidate: Candidate
    fit: Fit
    terms: frozenset[str]
    """The sentence's words as the index has them."""

    @property
    def probability(self) -> float:
        """That the sentence answers the question."""
        return 1 / (1 + exp(-self.fit.log_odds))

    @property
    def answer(self) -> str | None:
        """The answering words, in one letter case."""
        span = self.fit.span
        return None if span is None else self.candidate.article.text[span.start : span.end].casefold()


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits once, in the order of the hits; short ones and orders to a reader state nothing."""
    found: dict[tuple[int, int], Candidate] = {}
    for hit in hits:
        for sentence in hit.passage.sentences:
            candidate = Candidate(hit, sentence)
            if len(candidate.quote.split()) >= _FEWEST_WORDS and not is_order(candidate.quote):
                found.setdefault((hit.passage.article_number, sentence.start), candidate)
    return list(found.values())


def overlap(question: Mapping[str, float], terms: Collection[str]) -> float:
    """The share of the question's terms that are among `terms`, each counted by its weight; 0 to 1."""
    asked = sum(question.values())
    shared = sum(weight for term, weight in question.items() if term in terms)
    return shared / asked if asked else 0.0


def ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Best first; equal ones by article and place, so that the order of ingest changes nothing."""
    return sorted(claims, key=lambda claim: (-claim.fit.log_odds, *_place(claim)))


def _place(claim: Claim) -> tuple[str, str, int]:
    article = claim.candidate.article
    return article.published or "9", article.id, claim.candidate.sentence.start


def bearing(claims: Sequence[Claim], policy: Policy, *, origins: Mapping[int, str]) -> list[Claim]:
    """Those that bear on the question, best first: what is cited is chosen from these, and all of them count.

    `claims` are best first, `origins` by article number. Empty where nothing is covered.
    """
    if not claims or claims[0].fit.log_odds < policy.covered:
        return []
    least = _least(claims[0], policy)
    found: list[Claim] = []
    for claim in claims:
        if len(found) == policy.compared:
            break
        if claim.fit.log_odds < least and not (
            _bears_out(claim, found, policy) or _stands_against(claim, found, policy)
        ):
            continue
        number = claim.candidate.hit.passage.article_number
        of_article = sum(other.candidate.hit.passage.article_number == number for other in found)
        of_origin = sum(_origin(other, origins) == _origin(claim, origins) for other in found)
        if of_article < policy.per_article and of_origin < policy.compared_per_origin:
            found.append(claim)
    return found


def _least(best: Claim, policy: Policy) -> float:
    """Log-odds from which on a sentence is worth citing beside the best."""
    return min(best.fit.log_odds, max(policy.worth_citing, best.fit.log_odds - policy.below_best))


def _bears_out(claim: Claim, found: Sequence[Claim], policy: Policy) -> bool:
    """Whether it gives an answer that another article gave, in words that are less like the question's."""
    if claim.fit.log_odds < policy.bears_out or claim.fit.margin < policy.bears_out_margin:
        return False
    return any(_answers_alike(claim, other) and _article(claim) != _article(other) for other in found)


def _stands_against(claim: Claim, found: Sequence[Claim], policy: Policy) -> bool:
    """Whether it gives a firm answer of its own from an article not heard yet: nobody contradicts who is not heard."""
    if claim.fit.log_odds < policy.stands_against or any(_article(claim) == _article(other) for other in found):
        return False
    if claim.fit.stance is not None:
        opposite = {"yes": "no", "no": "yes"}.get(claim.fit.stance)
        return claim.fit.margin >= policy.stands_against_stance and any(o.fit.stance == opposite for o in found)
    return claim.fit.margin >= policy.stands_against_margin


def _origin(claim: Claim, origins: Mapping[int, str]) -> str:
    number = claim.candidate.hit.passage.article_number
    return origins.get(number, f"of {number}")


def choose(claims: Sequence[Claim], policy: Policy) -> list[int]:
    """The few that are cited, as places in `claims`, best first: each adds something to those before it.

    What was only heard as the other side is cited where it contradicts, as a side of the conflict, and not here.
    """
    chosen: list[int] = []
    for at, claim in enumerate(claims):
        others = [claims[other] for other in chosen]
        if claim.fit.log_odds < _least(claims[0], policy) and not any(_answers_alike(claim, one) for one in others):
            continue
        if len(chosen) < policy.sentences and _adds_something(claim, others, policy):
            chosen.append(at)
    return chosen


def _article(claim: Claim) -> str:
    return claim.candidate.article.id


def _adds_something(claim: Claim, chosen: Sequence[Claim], policy: Policy) -> bool:
    same_article = sum(_article(other) == _article(claim) for other in chosen)
    same_answer = sum(_answers_alike(claim, other) for other in chosen)
    if same_article >= policy.per_article or same_answer >= policy.same_answer:
        return False
    return not any(_says_the_same(claim, other, policy) for other in chosen)


def _answers_alike(one: Claim, other: Claim) -> bool:
    """Whether the answering words of one are among those of the other: "30%" and "30% better"."""
    words, others = (set((claim.answer or "").split()) for claim in (one, other))
    return bool(words and others) and (words <= others or others <= words)


def _says_the_same(one: Claim, other: Claim, policy: Policy) -> bool:
    """Nearly the same words, and the same answering ones: sentences that differ in a figure both stay."""
    if one.candidate.quote.casefold() == other.candidate.quote.casefold():
        return True
    shared, every = one.terms & other.terms, one.terms | other.terms
    return len(shared) >= policy.same * len(every) and one.answer == other.answer


def closest(claims: Sequence[Claim], policy: Policy) -> list[Claim]:
    """The nearest sentences, one an article: to show where nothing is covered."""
    best: dict[str, Claim] = {}
    for claim in claims:
        best.setdefault(claim.candidate.article.id, claim)
    return list(best.values())[: policy.closest]


def mentioned(claims: Sequence[Claim], policy: Policy) -> bool:
    """Whether some passage has most of the question's rarer words although nothing in it answers."""
    return any(claim.fit.overlap >= policy.mentioned for claim in claims)
