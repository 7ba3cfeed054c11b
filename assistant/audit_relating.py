"""Whether two sentences that nobody asked for contradict each other: each is made the question for the other.

Stricter than comparing answers, since nothing but the sentences tells that they speak of the same. A figure or date
has to fill the blank that the other leaves, both ways; a denial has to be a firm no, both ways. (Taylor 1953 on cloze.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

from assistant.audit_policy import RelatingPolicy
from assistant.comparing.cloze import cloze
from assistant.comparing.denial import denials, denying
from assistant.comparing.judgement import is_it_true
from assistant.comparing.kinds_of_conflict import kind_of_conflict
from assistant.comparing.relating import Related
from assistant.comparing.rivals import rivals
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values
from assistant.moments import Moment
from assistant.quantities import Quantity
from assistant.reading import Pair, Read, Reading

_YES, _NO = 0, 1
_NOTHING = Related("compatible", None, "Nothing in them rivals the other.", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pair, what may be at odds in it, and the questions that tell. Without values, the first denies the second."""

    pair: tuple[Statement, Statement]
    values: Values | None

    @property
    def questions(self) -> list[Pair]:
        a, b = self.pair
        if self.values is None:
            asked = [Pair(is_it_true(a.text), None, b.text), Pair(is_it_true(b.text), None, a.text)]
            return [*asked, Pair(is_it_true(denials(a.text)[0].affirmed), None, b.text)]
        one, other = self.values.a, self.values.b
        return [
            Pair(cloze(a.text, one.start, one.end), None, b.text),
            Pair(cloze(b.text, other.start, other.end), None, a.text),
        ]


def relate_alone(pairs: Sequence[tuple[Statement, Statement]], *, read: Read, policy: RelatingPolicy) -> list[Related]:
    """Related i belongs to pair i; all readings are made in one batch."""
    asked = [list(_asked(a, b)) for a, b in pairs]
    questions = [[one.questions for one in some] for some in asked]
    readings = iter(read([question for some in questions for each in some for question in each]))
    return [
        max(
            (_related(one, [next(readings) for _ in each], policy) for one, each in zip(some, of_each, strict=True)),
            key=_rank,
            default=_NOTHING,
        )
        for some, of_each in zip(asked, questions, strict=True)
    ]


def _rank(related: Related) -> tuple[bool, float]:
    return related.relation == "conflict", related.conflict


def _asked(a: Statement, b: Statement) -> Iterator[_Asked]:
    for values in rivals(a, b):
        yield _Asked((a, b), values)
    found = denying(a, b)
    if found is not None:
        yield _Asked(found, None)


def _related(asked: _Asked, readings: Sequence[Reading], policy: RelatingPolicy) -> Related:
    if asked.values is None:
        return _of_stances(asked.pair, readings, policy)
    return _of_blanks(asked.pair, asked.values, readings, policy)


def _of_stances(pair: tuple[Statement, Statement], readings: Sequence[Reading], policy: RelatingPolicy) -> Related:
    """A firm no to each other, and a yes to what is left of the denial without its "not"."""
    denial, asserted, affirmed = (_stances(one) for one in readings)
    firm = min(denial[_NO], asserted[_NO])
    sure = sqrt(firm * affirmed[_YES])
    if firm < policy.firm_no or affirmed[_YES] < policy.yes:
        return Related("compatible", None, "What one denies is not surely what the other says.", sure, 0.0)
    kind = kind_of_conflict(*pair, None)
    return Related("conflict", kind, "One says that it is so, the other that it is not.", sure, 0.0)


def _stances(reading: Reading) -> list[float]:
    """Probabilities of yes, no and open."""
    logits = np.array(reading.stances)
    likely = np.exp(logits - logits.max())
    found: list[float] = (likely / likely.sum()).tolist()
    return found


def _of_blanks(
    pair: tuple[Statement, Statement], values: Values, readings: Sequence[Reading], policy: RelatingPolicy
) -> Related:
    (a, b), (one, other) = pair, readings
    if not _fills(one, values.b) or not _fills(other, values.a):
        return Related("compatible", None, "The figures or dates stand for different things.", 0.0, 0.0, values)
    margin = min(
        one.span_within(values.b.start, values.b.end).margin, other.span_within(values.a.start, values.a.end).margin
    )
    if margin < policy.margin:
        reason = "It is not sure that the figures or dates stand for the same thing."
        return Related("compatible", None, reason, 0.0, 0.0, values)
    sure = 1 / (1 + exp(-policy.log_odds(margin, values)))
    return Related("conflict", kind_of_conflict(a, b, values), values.outcome.reason, sure, 0.0, values)


def _fills(reading: Reading, thing: Quantity | Moment) -> bool:
    return reading.span.start < thing.end and thing.start < reading.span.end
