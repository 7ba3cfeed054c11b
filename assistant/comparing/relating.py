"""From two statements to their relation: conflict with its type, agreement, or neither, and why.

Every pair of a question goes through the judge in one batch. What the judge says is one feature among others: alone it
would see conflicts wherever words differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from assistant.comparing.cloze import Blanks, unfilled
from assistant.comparing.features import Features, features
from assistant.comparing.gate import Gate, comparable
from assistant.comparing.judgement import Judgement, JudgePairs, StatementPair
from assistant.comparing.kinds_of_conflict import kind_of_conflict
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside
from assistant.kinds import Kind, kind_of
from assistant.models import ConflictType, Relation
from assistant.policy import ComparingPolicy, RelationWeights

Fill = Callable[[Sequence[tuple[Statement, Statement]]], Sequence[Blanks]]
"""What filling the blanks of each pair says; see `cloze`."""


@dataclass(frozen=True, slots=True)
class Related:
    """How two statements stand to each other."""

    relation: Relation
    type: ConflictType | None
    """Of a conflict."""
    reason: str
    conflict: float
    """Probability, 0 to 1."""
    agree: float
    values: Values | None = None
    """The figures or dates that clash, are the same, or can both hold."""


def relate(
    pairs: Sequence[tuple[Statement, Statement]],
    *,
    question: str | None,
    judge: JudgePairs,
    fill: Fill,
    policy: ComparingPolicy,
) -> list[Related]:
    """Related i belongs to pair i; which statement of a pair comes first changes nothing but the order of quotes.

    Answers to a yes/no question come with the stance of their own words (`asked_values.with_own_stance`).
    """
    judgements = judge([StatementPair(_line(a.text), _line(b.text)) for a, b in pairs])
    blanks = fill(pairs)
    return [
        _related(a, b, judgement, filled, question, policy)
        for (a, b), judgement, filled in zip(pairs, judgements, blanks, strict=True)
    ]


def relate_answers(
    pairs: Sequence[tuple[Statement, Statement]], *, question: str, judge: JudgePairs, policy: ComparingPolicy
) -> list[Related]:
    """As `relate` for answers to a question, but the judge reads only what the gate lets through: few of all pairs."""
    kind = kind_of(question)
    values = [beside(a, b, question=question) for a, b in pairs]
    gates = [
        comparable(kind, a, b, found, judged=1.0, question=question)
        for (a, b), found in zip(pairs, values, strict=True)
    ]
    let_through = [pair for pair, gate in zip(pairs, gates, strict=True) if gate.comparable]
    judged = iter(relate(let_through, question=question, judge=judge, fill=unfilled, policy=policy))
    return [
        next(judged) if gate.comparable else _unjudged(gate, found) for gate, found in zip(gates, values, strict=True)
    ]


def by_gate(a: Statement, b: Statement, *, question: str) -> Related:
    """Without a judge: two agree where they give the same answer. All there is to say of sentences of one article."""
    values = beside(a, b, question=question)
    return _unjudged(comparable(kind_of(question), a, b, values, judged=0.0, question=question), values)


def _unjudged(gate: Gate, values: Sequence[Values]) -> Related:
    if gate.same:
        return Related("agree", None, gate.reason, 0.0, 1.0, _first(values, "same"))
    return Related("compatible", None, gate.reason or "Both are of one article.", 0.0, 0.0)


def _line(text: str) -> str:
    return " ".join(text.split())


def _related(
    a: Statement,
    b: Statement,
    judgement: Judgement,
    blanks: Blanks,
    question: str | None,
    policy: ComparingPolicy,
) -> Related:
    values = beside(a, b, question=question)
    weights = policy.bare if question is None else policy.framed
    conflict, agree = probabilities(features(a, b, values, judgement, blanks), weights)
    kind = None if question is None else kind_of(question)
    gate = (
        Gate(True)
        if question is None or kind is None
        else comparable(kind, a, b, values, judged=judgement.conflict, question=question)
    )
    if gate.comparable and (gate.sure or conflict >= policy.conflict):
        return _conflict(a, b, values, conflict, agree, kind)
    if gate.same or (agree >= policy.agree and agree > conflict):
        same = _first(values, "same")
        reason = same.outcome.reason if same else gate.reason if gate.same else "Both say the same."
        return Related("agree", None, reason, conflict, agree, same)
    held = _first(values, "compatible") or _first(values, "same")
    reason = held.outcome.reason if held else gate.reason or "They speak of different things, or both can hold."
    return Related("compatible", None, reason, conflict, agree, held)


def probabilities(found: Features, weights: RelationWeights) -> tuple[float, float]:
    """Of conflict and of agreement: multinomial logistic regression with "compatible" as what is left."""
    conflict, agree = weights.conflict.log_odds(found), weights.agree.log_odds(found)
    most = max(conflict, agree, 0.0)
    parts = [exp(value - most) for value in (conflict, agree, 0.0)]
    return parts[0] / sum(parts), parts[1] / sum(parts)


def _conflict(
    a: Statement, b: Statement, values: Sequence[Values], conflict: float, agree: float, asked: Kind | None
) -> Related:
    clash = _first(values, "clash")
    kind = kind_of_conflict(a, b, clash, kind=asked)
    if clash is not None and kind in {"number", "date"}:
        return Related("conflict", kind, clash.outcome.reason, conflict, agree, clash)
    if clash is not None and kind == "superseded":
        reason = f"{clash.a.words}, {clash.b.words}: the later one replaces the earlier one."
        return Related("conflict", kind, reason, conflict, agree, clash)
    return Related("conflict", kind, _why(kind, a, b), conflict, agree)


def _first(values: Sequence[Values], verdict: str) -> Values | None:
    return next((one for one in values if one.outcome.verdict == verdict), None)


def _why(kind: ConflictType, a: Statement, b: Statement) -> str:
    if kind == "identity" and a.answering and b.answering:
        return f"“{_line(a.answering)}” and “{_line(b.answering)}” cannot both be the answer."
    return _REASONS[kind]


_REASONS: dict[ConflictType, str] = {
    "number": "The figures cannot both hold.",
    "date": "The dates cannot both hold.",
    "identity": "They name different ones where only one can be right.",
    "polarity": "One says that it is so, the other that it is not.",
    "attribution": "One quotes somebody as saying what the other says was never said.",
    "superseded": "The later one replaces what the earlier one said.",
    "opinion": "Those who are quoted disagree.",
}
