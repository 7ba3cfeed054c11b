"""What the relation of two statements is decided by, as numbers. `assistant.policy` says what each counts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from assistant.comparing.cloze import Blanks
from assistant.comparing.judgement import Judgement
from assistant.comparing.statement import Statement, meaning
from assistant.comparing.values import Values, strongest

_LEAST = 1e-4
_SURE = 8.0


@dataclass(frozen=True, slots=True)
class Features:
    """Of two statements; none depends on which comes first."""

    judged_conflict: float
    """Log-odds of conflict against compatible, by the judge."""
    judged_agree: float
    number_clash: float
    """1 where answering figures clash."""
    number_same: float
    number_compatible: float
    date_clash: float
    date_same: float
    loose_number_clash: float
    """How alike the surroundings of figures are that clash, of those that do not answer a question."""
    loose_number_same: float
    loose_date_clash: float
    loose_date_same: float
    answers_same: float
    """1 where one statement's answering words are among the other's."""
    answers_apart: float
    """1 where both have answering words and share none."""
    stances_clash: float
    stances_same: float
    answered: float
    """How surely the less sure of the two answers the question; -1 to 1."""
    clash_answered: float
    """The same, where the answers clash in figures or dates or share no word; else 0."""
    blank_clash: float
    """As of `cloze.Blanks`."""
    blank_same: float
    blank_other: float
    negation: float
    """1 where only one denies."""
    reserve: float
    """1 where only one is said with reserve."""


def features(a: Statement, b: Statement, values: Sequence[Values], judgement: Judgement, blanks: Blanks) -> Features:
    one, other = meaning(a.answering), meaning(b.answering)
    both = bool(one and other)
    within = both and (one <= other or other <= one)
    stances = {a.stance, b.stance}
    answered = max(-1.0, min(1.0, min(a.margin, b.margin) / _SURE))
    apart = both and not one & other
    clashes = any(one.answering and one.outcome.verdict == "clash" for one in values)
    return Features(
        judged_conflict=_log_odds(judgement.conflict, judgement.compatible),
        judged_agree=_log_odds(judgement.agree, judgement.compatible),
        number_clash=strongest(values, "clash", answering=True, dates=False),
        number_same=strongest(values, "same", answering=True, dates=False),
        number_compatible=strongest(values, "compatible", answering=True, dates=False),
        date_clash=strongest(values, "clash", answering=True, dates=True),
        date_same=strongest(values, "same", answering=True, dates=True),
        loose_number_clash=strongest(values, "clash", answering=False, dates=False),
        loose_number_same=strongest(values, "same", answering=False, dates=False),
        loose_date_clash=strongest(values, "clash", answering=False, dates=True),
        loose_date_same=strongest(values, "same", answering=False, dates=True),
        answers_same=float(within),
        answers_apart=float(apart),
        stances_clash=float(stances == {"yes", "no"}),
        stances_same=float(len(stances) == 1 and None not in stances and "open" not in stances),
        answered=answered,
        clash_answered=answered if clashes or apart or stances == {"yes", "no"} else 0.0,
        blank_clash=blanks.clash,
        blank_same=blanks.same,
        blank_other=blanks.other,
        negation=float((a.negations > 0) != (b.negations > 0)),
        reserve=float(a.has_reserve != b.has_reserve),
    )


def _log_odds(one: float, other: float) -> float:
    return log(max(one, _LEAST) / max(other, _LEAST))
