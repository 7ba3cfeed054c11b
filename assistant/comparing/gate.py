"""Whether two answers to a question can be set side by side at all, before any verdict on them. Pure.

Most false alarms are pairs that were never comparable: sentences that answer something else, figures of other things,
reasons that can both be true. What kind of thing the question asks for tells what would have to clash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing import names
from assistant.comparing.asked import speaks_of
from assistant.comparing.statement import Statement, meaning
from assistant.comparing.updates import overtaken
from assistant.comparing.values import Values
from assistant.kinds import Kind

_SURE = 0.0
"""Margin from which on a figure or date is taken for an answer,"""
_SURER = 2.0
"""and a name or other words, which nothing but the reader tells from those around them."""
_FIRM = 8.0
"""Margin from which on the reader's word is enough that a sentence is about what was asked."""
_VERY_LIKELY = 0.9
"""Probability of conflict from which on the judge is believed where no kind of value could clash."""
_FEW_WORDS = 5
"""Words that mean something, in what may be the name of a thing."""
_DESCRIBES = re.compile(r"(?i:an?|some|another|one|two|several|his|her|their)\s|[^A-Z]*$")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_FOR_A_TIME = re.compile(
    rf"\b(?:between|from) {_MONTH} (?:and|to) {_MONTH}\b(?! \d)"
    r"|\b(?:in|during) (?:the )?(?:summer|winter)(?! of)\b(?! \d)"
    r"|\b(?:on|at) (?:weekdays|weekends|night)\b"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """The outcome: whether the two are comparable, and why not."""

    comparable: bool
    reason: str = ""
    same: bool = False
    """Whether both give the same answer."""
    sure: bool = False
    """Whether they cannot both be right whatever the judge says: "Jonas Velk" and "Joran Velk" for one office."""


def comparable(
    kind: Kind, a: Statement, b: Statement, values: Sequence[Values], *, judged: float, question: str = ""
) -> Gate:
    """For two answers to a question of this kind. `judged` is the judge's own probability of conflict."""
    least = min(a.margin, b.margin)
    if any(one.answering and one.outcome.verdict == "same" for one in values):
        return Gate(False, "Both give the same value.", same=least >= _SURE)
    if kind == "yes_no":
        return _of_stances(a, b)
    if kind in {"number", "date"}:
        return _of_values(kind, a, b, values, question)
    if any(one.answering and one.outcome.verdict == "clash" for one in values):
        return Gate(least >= _SURER, "One of them hardly answers the question.")
    if least < _SURER:
        return Gate(False, "One of them hardly answers the question.")
    return _of_names(kind, a, b, judged=judged, question=question)


def _of_stances(a: Statement, b: Statement) -> Gate:
    stances = {a.stance, b.stance}
    same = len(stances) == 1 and "open" not in stances
    return Gate(stances == {"yes", "no"}, "Both say the same." if same else "One leaves the question open.", same=same)


def _of_values(kind: Kind, a: Statement, b: Statement, values: Sequence[Values], question: str) -> Gate:
    if min(a.margin, b.margin) < _SURE:
        return Gate(False, "One of them hardly answers the question.")
    answering = [one for one in values if one.answering and one.outcome.verdict == "clash"]
    if not any(one.are_dates or kind == "number" for one in answering):
        return Gate(False, "There are no two values of one kind to compare.")
    if kind == "date" and not _both_speak_of(question, a, b):
        return Gate(False, "One of them is the day of something else.")
    if kind == "number" and bool(_FOR_A_TIME.search(a.text)) != bool(_FOR_A_TIME.search(b.text)):
        return Gate(False, "One of them holds only for a part of the year.")
    if overtaken(a, b):
        return Gate(False, "One still plans what the other tells as done before.")
    return Gate(True)


def _of_names(kind: Kind, a: Statement, b: Statement, *, judged: float, question: str) -> Gate:
    one, other = meaning(a.answering), meaning(b.answering)
    if not one or not other:
        return Gate(False, "One of them names nothing.")
    if one <= other or other <= one or names.same(a.answering, b.answering):
        return Gate(False, "Both name the same.", same=True)
    if kind == "thing":
        return _of_things(one, other, a, b)
    if kind not in {"person", "place"}:
        return Gate(judged >= _VERY_LIKELY, "Several answers to such a question can hold together.")
    if _DESCRIBES.match(a.answering) or _DESCRIBES.match(b.answering):
        return Gate(False, "One of them describes and names nobody.")
    if _names_both(kind, one, b) or _names_both(kind, other, a):
        return Gate(False, "One sentence names both.")
    if kind == "person" and not _both_speak_of(question, a, b):
        return Gate(False, "One of them names somebody for something else.")
    firm = min(a.margin, b.margin) >= _FIRM
    return Gate(True, sure=firm or (kind == "person" and names.relatives(a.answering, b.answering)))


def _of_things(one: frozenset[str], other: frozenset[str], a: Statement, b: Statement) -> Gate:
    """Of a thing only one can be right; but what is described in many words is described in several ways."""
    if other <= a.words or one <= b.words:
        return Gate(False, "One sentence names both.")
    if max(len(one), len(other)) > _FEW_WORDS:
        return Gate(False, "One of them describes at length, which other words may do as well.")
    return Gate(True, sure=min(a.margin, b.margin) >= _FIRM)


def _names_both(kind: Kind, answer: frozenset[str], there: Statement) -> bool:
    """Whether the other sentence has the same answer too; of a place, one word of it, as of a street in a town."""
    return bool(answer & there.words) if kind == "place" else answer <= there.words


def _both_speak_of(question: str, a: Statement, b: Statement) -> bool:
    return all(one.margin >= _FIRM or speaks_of(question, one.text) for one in (a, b))
