"""The conflicts of a whole workspace: find pairs worth comparing, compare what was not compared yet, rank.

Finding pairs takes no model and is done anew each time, so that nothing remembered can go stale; comparing takes models
and is remembered batch by batch, so that a killed audit goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.audit_models import Audit, AuditConflict, AuditSide
from assistant.audit_pairs import Placed, PlacedPair, pairs, renamed
from assistant.audit_policy import AuditPolicy
from assistant.audit_store import AuditStore, Outcome, conflict_id
from assistant.comparing.statement import Statement
from assistant.hearing import RelateBare
from assistant.models import ConflictType, WorkspaceStamp
from assistant.status.models import Label
from assistant.vouched import LabelArticle
from index.view import View
from index.workspace import Derived


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
        """The probability, lower where the sentences share few words, are from other times or name other things."""
        a, b = self.pair.a.statement, self.pair.b.statement
        far = a.published and b.published and abs((a.published - b.published).days) > policy.days
        lowered = policy.lowered ** (bool(far) + renamed(a, b))
        return self.outcome.score * lowered * min(1.0, self.pair.worth / policy.alike_enough)


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
    conflicting = [one for one in _with_outcomes(found, store) if one.outcome.relation == "conflict"]
    dismissed = store.dismissed()
    kept = [one for one in conflicting if one.id not in dismissed and kind in (None, one.outcome.type)]
    ranked = rank(shown(kept, view=view, tools=tools))
    return Audit(
        conflicts=tuple(ranked[:limit]),
        found=len({one.id for one in conflicting if one.id not in dismissed}),
        compared=len(found),
        compared_now=new,
        dismissed=len({one.id for one in conflicting if one.id in dismissed}),
        workspace=WorkspaceStamp(generation=view.generation, model=tools.model),
        settings_hash=tools.settings_hash,
    )


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
    """With who vouches for each side; the same two sentences once, however often they stand."""
    once: dict[str, list[Conflicting]] = {}
    for one in conflicting:
        once.setdefault(one.id, []).append(one)
    best = [some[0] for some in once.values()]
    numbers = {placed.article_number for one in best for placed in (one.pair.a, one.pair.b)}
    labels, origins = _labels(best, view, tools.label), view.origins_of(numbers)
    return [_conflict(some[0], len(some), tools.policy, labels, origins) for some in once.values()]


def rank(conflicts: Sequence[AuditConflict]) -> list[AuditConflict]:
    """What both sides assert first, then by score."""
    return sorted(conflicts, key=lambda one: (one.doubtful, -one.score, one.id))


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


def _conflict(
    one: Conflicting, copies: int, policy: AuditPolicy, labels: Labels, origins: Mapping[int, str]
) -> AuditConflict:
    sides = [_side(placed, labels, origins) for placed in (one.pair.a, one.pair.b)]
    doubts = [labels[placed.article_number, placed.sentence.start] for placed in (one.pair.a, one.pair.b)]
    return AuditConflict(
        id=one.id,
        type=one.outcome.type or "polarity",
        reason=one.outcome.reason,
        score=round(one.score(policy), 4),
        doubtful=any(it.unconfirmed or it.certainty in ("hedged", "rumour") for it in doubts),
        sides=(sides[0], sides[1]),
        copies=copies,
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
