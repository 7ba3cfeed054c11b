"""From sentences set beside a statement to a verdict on it. Pure.

Somebody firm has to bear the statement out, and nobody firm may contradict it; nothing that fails the gate of
`distortion` ever supports. Of an article that seems to do both, the clearer
counts: figures that look alike are about different things there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.check_policy import CheckPolicy
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.distortion import Difference, Kind
from assistant.models import ConflictType, Verdict
from assistant.reading import Stance
from assistant.standing import standing
from assistant.vouched import VouchedClaim

Stand = Literal["supports", "refutes", "open"]
_TYPES: dict[Kind, ConflictType] = {"figure": "number", "date": "date", "name": "identity", "polarity": "polarity"}


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence and everything that says how it stands to the statement."""

    claim: VouchedClaim
    differences: Sequence[Difference]
    related: Related
    stance: Stance
    """Of its passage, to whether the statement is true."""
    likeness: float
    """Of the sentence, 0 to 1."""
    covered: float
    """Share of the statement's words that it has, by rarity,"""
    covered_around: float
    """and that it has with its surroundings."""
    verbatim: bool = False
    """Whether it has every word of the statement that means something, in the same form."""
    future: bool = False
    """Whether the statement itself is about what is yet to come."""

    @property
    def is_firm(self) -> bool:
        label = self.claim.label
        return label.certainty not in ("hedged", "rumour") and not label.unconfirmed and self.claim.doubt is None


def stand(one: Heard, policy: CheckPolicy) -> Stand:
    """How a single sentence stands to the statement."""
    if one.covered_around < policy.covered or (one.claim.label.certainty == "forecast" and not one.future):
        return "open"
    if not one.differences:
        return "supports" if _agrees(one, policy) else "open"
    return "refutes" if _contradicts(one, policy) else "open"


def _agrees(one: Heard, policy: CheckPolicy) -> bool:
    agree, conflict = one.related.agree, one.related.conflict
    if _repeats(one, policy):
        return True
    if one.covered < policy.covered_itself or conflict >= policy.opposed:
        return False
    if agree >= policy.agreeing:
        return agree > conflict
    if one.covered >= policy.covered_alone and one.stance != "no":
        return True
    return agree >= policy.leaning and (one.stance == "yes" or one.covered >= policy.covered_alone)


def _repeats(one: Heard, policy: CheckPolicy) -> bool:
    """No model has to say that a sentence bears out what it says in the same words."""
    return one.verbatim and one.likeness >= policy.repeated


def _contradicts(one: Heard, policy: CheckPolicy) -> bool:
    """One thing is different and all else the same: where more is, the sentence is about something else."""
    if len(one.differences) > 1 or one.stance == "yes" or one.covered < policy.covered:
        return False
    if one.differences[0].contradicts and one.related.conflict >= policy.doubting:
        return one.likeness >= policy.against or one.related.conflict >= policy.opposed
    return one.likeness >= policy.against and one.related.conflict >= policy.opposed


def stands(heard: Sequence[Heard], policy: CheckPolicy) -> list[Stand]:
    """Stand i is of sentence i. Where sentences of one article stand against each other, the clearer ones count."""
    found = [stand(one, policy) for one in heard]
    clearest: dict[tuple[str, Stand], float] = {}
    for one, it in zip(heard, found, strict=True):
        place = (one.claim.article.id, it)
        clearest[place] = max(clearest.get(place, 0.0), _clear(one, it, policy))
    return [_clearer(one.claim.article.id, it, clearest) for one, it in zip(heard, found, strict=True)]


def _clear(one: Heard, it: Stand, policy: CheckPolicy) -> float:
    if it == "supports" and _repeats(one, policy):
        return 1.0
    return one.related.conflict if it == "refutes" else one.related.agree


def _clearer(article: str, it: Stand, clearest: Mapping[tuple[str, Stand], float]) -> Stand:
    if it == "open":
        return it
    other: Stand = "refutes" if it == "supports" else "supports"
    return it if clearest[article, it] >= clearest.get((article, other), 0.0) else "open"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and why, in one sentence."""

    verdict: Verdict
    reason: str


def verdict(heard: Sequence[Heard], found: Sequence[Stand]) -> Judged:
    """From what firm sentences say; those with reserve are evidence of nothing, and the reason says so."""
    for_it = [one for one, it in zip(heard, found, strict=True) if it == "supports"]
    against = [one for one, it in zip(heard, found, strict=True) if it == "refutes"]
    firm, opposed = [one for one in for_it if one.is_firm], [one for one in against if one.is_firm]
    if firm and opposed:
        return Judged("mixed", f"{_articles(firm, 'bear')} it out, {_articles(opposed, 'say').lower()} otherwise.")
    if firm:
        return Judged("supported", standing([one.claim for one in firm]).reason)
    if opposed:
        return Judged("refuted", why(opposed[0]))
    if for_it:
        return Judged("not_enough_evidence", standing([one.claim for one in for_it]).reason)
    return Judged("not_enough_evidence", _nearest(heard))


def why(one: Heard) -> str:
    """What the sentence says in the statement's place."""
    if one.related.relation == "conflict":
        return one.related.reason
    return next((difference.reason for difference in one.differences if difference.contradicts), one.related.reason)


def kind(one: Heard) -> ConflictType:
    """Of the conflict between the sentence and the statement."""
    if one.related.type is not None:
        return one.related.type
    return next((_TYPES[it.kind] for it in one.differences if it.contradicts), "polarity")


def _nearest(heard: Sequence[Heard]) -> str:
    if not heard:
        return "Nothing in the articles bears on this statement."
    differing = heard[0].differences
    if not differing:
        return "The nearest sentence does not say as much."
    return f"The nearest sentence does not bear it out: {differing[0].reason}"


def _articles(some: Sequence[Heard], verb: str) -> str:
    count = len({one.claim.article.id for one in some})
    return f"{count} articles {verb}" if count > 1 else f"One article {verb}s"


def of_future(statement: Statement) -> bool:
    """Whether it speaks of plans or of what is expected."""
    return bool(statement.words & _FUTURE) or any(f" {word} " in f" {statement.text.casefold()} " for word in _WILL)


_FUTURE = frozenset({
    "expects", "expected", "plans", "planned", "due", "forecast", "aims", "intends", "scheduled", "estimated",
    "predicts", "hopes", "proposed", "promised", "upcoming", "likely", "agrees", "agreed",
})  # fmt: skip
_WILL = ("will", "would", "shall", "is to", "are to", "going to", "could", "may", "might", "should", "can")
