"""The conflicts of a whole workspace: find pairs worth comparing, compare what was not compared yet, rank.

Finding pairs takes no model and is done anew each time, so that nothing remembered can go stale; comparing takes models
and is remembered batch by batch, so that a killed audit goes on where it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.audit_models import Audit, AuditConflict, AuditSide
from assistant.audit_pairs import PlacedPair, pairs
from assistant.audit_policy import AuditPolicy
from assistant.audit_shelf import Placed
from assistant.audit_store import AuditStore, Outcome, conflict_id
from assistant.comparing.statement import Statement
from assistant.hearing import RelateBare
from assistant.models import ConflictType, WorkspaceStamp
from assistant.status.models import Label
from assistant.vouched import LabelArticle
from index.view import View
from index.workspace import Derived

_DIGITS = re.compile(r"\d[\d.,]*\b")


class AuditEvents(Protocol):
    """Told how far an audit is."""

    def looked(self, done: int, total: int) -> None:
        """Passages."""

    def compared(self, done: int, total: int) -> None:
        """Pairs of sentences."""


@dataclass(frozen=True, slots=True)
class AuditTools:
    """What an audit needs besides the workspace, chosen at the composition root."""

    relate: RelateBare
    label: LabelArticle
    policy: AuditPolicy
    model: str
    settings_hash: str


@dataclass(frozen=True, slots=True)
class Conflicting:
    """A pair whose outcome is a conflict."""

    pair: PlacedPair
    outcome: Outcome

    @property
    def id(self) -> str:
        return conflict_id(self.pair.a.statement, self.pair.b.statement)

    def score(self, policy: AuditPolicy) -> float:
        """The probability, lower where the sentences share few telling words or are from other times."""
        a, b = self.pair.a.statement, self.pair.b.statement
        far = a.published and b.published and abs((a.published - b.published).days) > policy.days
        lowered = policy.lowered if far else 1.0
        return self.outcome.score * lowered * min(1.0, self.pair.worth / policy.alike_enough)

    def about_the_same(self, other: Conflicting, policy: AuditPolicy) -> bool:
        """Whether the two conflicts are about one thing, as far as the words tell that both sides of each share."""
        if self.outcome.type != other.outcome.type:
            return False
        if {self.pair.a, self.pair.b} & {other.pair.a, other.pair.b}:
            return True
        one, another = self.topic, other.topic
        if self.figures and self.figures == other.figures and one & another:
            return True
        return len(one & another) >= max(policy.fewest_shared, policy.same_topic * min(len(one), len(another)))

    @property
    def figures(self) -> frozenset[str]:
        """The digits of the figures or dates that clash: "23-year-old, 24" and "24, 23" are the same."""
        return frozenset(_DIGITS.findall(self.outcome.reason))

    @property
    def topic(self) -> frozenset[str]:
        """The words that both sides have."""
        return self.pair.a.asserted.words & self.pair.b.asserted.words


def audit(
    view: View,
    derived: Derived,
    *,
    store: AuditStore,
    tools: AuditTools,
    events: AuditEvents,
    kind: ConflictType | None = None,
    limit: int | None = None,
) -> Audit:
    """`kind` and `limit` decide what is shown, not what is compared."""
    found = pairs(view, derived, tools.policy, looked=events.looked)
    new = compare(found, store=store, tools=tools, events=events)
    conflicting = [one for one in _with_outcomes(found, store) if _is_conflict(one, tools.policy)]
    dismissed = store.dismissed()
    vouched = shown([one for one in conflicting if one.id not in dismissed], view=view, tools=tools)
    kept = [one for one in vouched if kind in (None, one.type)]
    return Audit(
        conflicts=tuple(kept[:limit]),
        found=len(vouched),
        compared=len(found),
        compared_now=new,
        dismissed=len({one.id for one in conflicting if one.id in dismissed}),
        workspace=WorkspaceStamp(generation=view.generation, model=tools.model),
        settings_hash=tools.settings_hash,
    )


def _is_conflict(one: Conflicting, policy: AuditPolicy) -> bool:
    return one.outcome.relation == "conflict" and one.score(policy) >= policy.least


def compare(found: Sequence[PlacedPair], *, store: AuditStore, tools: AuditTools, events: AuditEvents) -> int:
    """Compares the pairs that have no outcome yet, the same two texts once, and keeps each batch. Returns how many."""
    new: dict[str, PlacedPair] = {}
    for pair in found:
        if store.outcome(pair.a.statement, pair.b.statement) is None:
            new.setdefault(f"{conflict_id(*_texts(pair))} {_days(pair)}", pair)
    waiting, size = list(new.values()), tools.policy.batch
    for first in range(0, len(waiting), size):
        some = waiting[first : first + size]
        related = tools.relate([(pair.a.asserted, pair.b.asserted) for pair in some])
        store.keep([(*_texts(pair), outcome) for pair, outcome in zip(some, related, strict=True)])
        events.compared(min(first + size, len(waiting)), len(waiting))
    return len(waiting)


def _with_outcomes(found: Sequence[PlacedPair], store: AuditStore) -> list[Conflicting]:
    known = ((pair, store.outcome(*_texts(pair))) for pair in found)
    return [Conflicting(pair, outcome) for pair, outcome in known if outcome is not None]


def shown(conflicting: Sequence[Conflicting], *, view: View, tools: AuditTools) -> list[AuditConflict]:
    """Firmest first, with who vouches for each side; of those about the same thing only the firmest, which names the
    others; the same two sentences once, however often they stand."""
    once: dict[str, list[Conflicting]] = {}
    for one in conflicting:
        once.setdefault(one.id, []).append(one)
    best = [some[0] for some in once.values()]
    numbers = {placed.article_number for one in best for placed in (one.pair.a, one.pair.b)}
    labels, origins = _labels(best, view, tools.label), view.origins_of(numbers)
    asserted = [one for one in best if _is_asserted(one, labels)]
    asserted.sort(key=lambda one: (_is_doubtful(one, labels), -one.score(tools.policy), one.id))
    return [
        _conflict(one, others, len(once[one.id]), tools.policy, labels, origins)
        for one, others in grouped(asserted, tools.policy)
    ]


def grouped(ranked: Sequence[Conflicting], policy: AuditPolicy) -> list[tuple[Conflicting, list[Conflicting]]]:
    """Each conflict that is about the same thing as a firmer one goes with that one."""
    groups: list[tuple[Conflicting, list[Conflicting]]] = []
    for one in ranked:
        fits = (others for first, others in groups if one.about_the_same(first, policy))
        group = next(fits, None)
        if group is None:
            groups.append((one, []))
        else:
            group.append(one)
    return groups


Labels = Mapping[tuple[int, int], Label]
"""By article number and start of the sentence."""


def _labels(some: Sequence[Conflicting], view: View, label: LabelArticle) -> Labels:
    """Each article is labelled once, with all its sentences that are wanted."""
    wanted: dict[int, dict[int, Placed]] = {}
    for one in some:
        for placed in (one.pair.a, one.pair.b):
            wanted.setdefault(placed.article_number, {})[placed.sentence.start] = placed
    found: dict[tuple[int, int], Label] = {}
    for number, sentences in view.sentences_of(wanted).items():
        some_placed = list(wanted[number].values())
        spans = [one.sentence for one in some_placed]
        labels = label(some_placed[0].article, sentences, spans)
        found |= {(number, span.start): it for span, it in zip(spans, labels, strict=True)}
    return found


def _both(one: Conflicting, labels: Labels) -> list[Label]:
    return [labels[placed.article_number, placed.sentence.start] for placed in (one.pair.a, one.pair.b)]


def _is_doubtful(one: Conflicting, labels: Labels) -> bool:
    """Whether a side is told as rumour or with reserve."""
    return any(it.unconfirmed or it.certainty in ("hedged", "rumour") for it in _both(one, labels))


def _is_asserted(one: Conflicting, labels: Labels) -> bool:
    """Whether a side asserts something: a rumour and its denial, or two rumours, are at odds with nobody's word."""
    return any(it.certainty not in ("denied", "rumour") for it in _both(one, labels))


def _conflict(
    one: Conflicting,
    others: Sequence[Conflicting],
    copies: int,
    policy: AuditPolicy,
    labels: Labels,
    origins: Mapping[int, str],
) -> AuditConflict:
    sides = [_side(placed, labels, origins) for placed in (one.pair.a, one.pair.b)]
    return AuditConflict(
        id=one.id,
        type=one.outcome.type or "polarity",
        reason=one.outcome.reason,
        score=round(one.score(policy), 4),
        doubtful=_is_doubtful(one, labels),
        sides=(sides[0], sides[1]),
        copies=copies,
        others=tuple(other.id for other in others),
    )


def _side(placed: Placed, labels: Labels, origins: Mapping[int, str]) -> AuditSide:
    article, sentence = placed.article, placed.sentence
    label = labels[placed.article_number, sentence.start]
    return AuditSide(
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        quote=article.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        sha256=article.sha256,
        attribution=label.attribution,
        certainty=label.certainty,
        origin=origins[placed.article_number],
    )


def _texts(pair: PlacedPair) -> tuple[Statement, Statement]:
    return pair.a.statement, pair.b.statement


def _days(pair: PlacedPair) -> str:
    return " ".join(sorted(f"{one.published} {one.text}" for one in _texts(pair)))
