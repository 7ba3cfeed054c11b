"""Whether two answers to a question can be set side by side at all, before any verdict on them. Pure.

Most false alarms are pairs that were never comparable: sentences that answer something else, figures of other things,
reasons that can both be true. What kind of thing the question asks for tells what would have to clash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing.statement import Statement, meaning
from assistant.comparing.values import Values
from assistant.kinds import Kind

_SURE = 0.0
"""Margin from which on a figure or date is taken for an answer,"""
_SURER = 2.0
"""and a name or other words, which nothing but the reader tells from those around them."""
_VERY_LIKELY = 0.9
"""Probability of conflict from which on the judge is believed where no kind of value could clash."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The outcome: whether the two are comparable, and why not."""

    comparable: bool
    reason: str = ""
    same: bool = False
    """Whether both give the same answer."""


def comparable(kind: Kind, a: Statement, b: Statement, values: Sequence[Values], *, judged: float) -> Gate:
    """For two answers to a question of this kind. `judged` is the judge's own probability of conflict."""
    least = min(a.margin, b.margin)
    if any(one.answering and one.outcome.verdict == "same" for one in values):
        return Gate(False, "Both give the same value.", same=least >= _SURE)
    if kind == "yes_no":
        return _of_stances(a, b)
    if kind in {"number", "date"}:
        return _of_values(kind, values, least)
    if least < _SURER:
        return Gate(False, "One of them hardly answers the question.")
    one, other = meaning(a.answering), meaning(b.answering)
    if not one or not other:
        return Gate(False, "One of them names nothing.")
    if one <= other or other <= one:
        return Gate(False, "Both name the same.", same=True)
    if kind in {"person", "place"}:
        return Gate(True)
    return Gate(judged >= _VERY_LIKELY, "Several answers to such a question can hold together.")


def _of_stances(a: Statement, b: Statement) -> Gate:
    stances = {a.stance, b.stance}
    same = len(stances) == 1 and "open" not in stances
    return Gate(stances == {"yes", "no"}, "Both say the same." if same else "One leaves the question open.", same=same)


def _of_values(kind: Kind, values: Sequence[Values], least: float) -> Gate:
    if least < _SURE:
        return Gate(False, "One of them hardly answers the question.")
    answering = [one for one in values if one.answering and one.outcome.verdict == "clash"]
    fits = any(one.are_dates or kind == "number" for one in answering)
    return Gate(fits, "There are no two values of one kind to compare.")
