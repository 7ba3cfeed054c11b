"""From what was heard of a statement to a `Check`: the composition of an answer, with other labels. Pure.

Sentences that bear the statement out agree with one another, and conflict with those that say otherwise; so findings,
conflicts and citations come about as they do for a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant import compose as composing
from assistant import conflicts, findings, verdicts
from assistant.claims import Claim
from assistant.comparing.relating import Related
from assistant.compose import Part
from assistant.conflicts import Relations
from assistant.models import Answer, Check, Question, Timings, WorkspaceStamp
from assistant.verdicts import Heard, Stand


def compose(
    asked: Question,
    heard: Sequence[Heard],
    stands: Sequence[Stand],
    closest: Sequence[Claim],
    *,
    warnings: Sequence[str],
    timings: Timings,
    workspace: WorkspaceStamp,
    settings_hash: str,
) -> Check:
    """`stands` are those of `heard`, in its order."""
    answer = composing.compose(
        asked,
        [part(asked.text, heard, stands)],
        closest,
        searched=bool(closest),
        mentioned=False,
        warnings=warnings,
        timings=timings,
        workspace=workspace,
        settings_hash=settings_hash,
    )
    return _check(answer, asked, verdicts.verdict(heard, stands))


def part(text: str, heard: Sequence[Heard], stands: Sequence[Stand]) -> Part:
    """What speaks for or against, best first, in groups that say the same."""
    speaking = [(one, it) for one, it in zip(heard, stands, strict=True) if it != "open"]
    claims = [one.claim for one, _ in speaking]
    relations = _relations(speaking)
    groups = conflicts.groups(claims, relations)
    clashes = findings.disputes(claims, conflicts.clashes(groups, relations))
    found = findings.findings(claims, groups, clashes)
    return Part(question=text, claims=claims, chosen=range(len(claims)), found=found, clashes=clashes)


def _relations(speaking: Sequence[tuple[Heard, Stand]]) -> Relations:
    """Sentences that contradict the statement need not agree with one another: nothing is known of those pairs."""
    relations: dict[tuple[int, int], Related] = {}
    for (a, (one, it)), (b, (other, that)) in combinations(enumerate(speaking), 2):
        if it == that == "supports":
            relations[a, b] = Related("agree", None, "Both bear the statement out.", 0.0, 1.0)
        elif it != that:
            against = one if it == "refutes" else other
            relations[a, b] = Related("conflict", verdicts.kind(against), verdicts.why(against), 1.0, 0.0)
    return relations


def _check(answer: Answer, asked: Question, judged: verdicts.Judged) -> Check:
    return Check(
        id=asked.id or answer.id.replace("q-", "c-", 1),
        statement=answer.question,
        as_of=answer.as_of,
        verdict=judged.verdict,
        reason=judged.reason,
        findings=answer.findings,
        conflicts=answer.conflicts,
        citations=answer.citations,
        closest=answer.closest,
        warnings=answer.warnings,
        timings_ms=answer.timings_ms,
        workspace=answer.workspace,
        settings_hash=answer.settings_hash,
    )
