"""Two statements without a question: parts of each are made the question for the other. Pure; the reader answers.

A figure, date or name of one statement is blanked out, and the reader looks in the other for what fills the blank. If
it finds something else with some certainty, the two may conflict; if the same, they agree. (Taylor 1953 on cloze;
Honovich et al. 2021 compare answers likewise.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from assistant import moments, quantities
from assistant.comparing.statement import Statement, meaning
from assistant.reading import Pair, Read, Reading

BLANK = "[MASK]"
"""A token that MiniLM knows from its own training as a word left out."""
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of|the|al|bin|de|van) [A-Z][\w’'-]+| [A-Z][\w’'-]+)*")
_MOST = 5
"""Blanks tried in a statement."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """What filling blanks says of a pair: each a certainty from 0 to 1, of the blank that says it most clearly."""

    clash: float = 0.0
    """Another figure or date fills the blank."""
    same: float = 0.0
    other: float = 0.0
    """Another name or other words fill the blank."""


def cloze(text: str, start: int, end: int) -> str:
    """The statement as a question for what stands at `start` to `end`."""
    return f"{text[:start]}{BLANK}{text[end:]}"


def fill(pairs: Sequence[tuple[Statement, Statement]], read: Read) -> list[Blanks]:
    """Blanks i is of pair i. All readings are made in one batch."""
    asked = [list(_asked(a, b)) for a, b in pairs]
    readings = read([one for some in asked for one in some])
    found, at = [], 0
    for (a, b), some in zip(pairs, asked, strict=True):
        found.append(_blanks(a, b, readings[at : at + len(some)]))
        at += len(some)
    return found


def unfilled(pairs: Sequence[tuple[Statement, Statement]]) -> list[Blanks]:
    """Where the question is the frame, no blanks are needed."""
    return [Blanks()] * len(pairs)


def _asked(a: Statement, b: Statement) -> Iterator[Pair]:
    """In the order in which `_blanks` takes the readings."""
    for one, other in ((a, b), (b, a)):
        for start, end in blanks(one):
            yield Pair(cloze(one.text, start, end), None, other.text)


def blanks(statement: Statement) -> list[tuple[int, int]]:
    """What may be blanked out: figures and dates first, then names; none inside another."""
    places = [(one.start, one.end) for one in statement.quantities]
    places += [(one.start, one.end) for one in statement.moments]
    places += [match.span() for match in _NAME.finditer(statement.text)]
    chosen: list[tuple[int, int]] = []
    for start, end in places:
        if len(chosen) < _MOST and all(end <= a or b <= start for a, b in chosen):
            chosen.append((start, end))
    return chosen


def _blanks(a: Statement, b: Statement, readings: Sequence[Reading]) -> Blanks:
    clash = same = different = 0.0
    at = 0
    for one, other in ((a, b), (b, a)):
        for start, end in blanks(one):
            span = readings[at].span
            at += 1
            certainty = 1 / (1 + exp(-max(-30.0, min(30.0, span.margin))))
            verdict = compare(one, (start, end), other, (span.start, span.end))
            clash = max(clash, certainty * (verdict == "clash"))
            same = max(same, certainty * (verdict == "same"))
            different = max(different, certainty * (verdict == "other"))
    return Blanks(clash, same, different)


def compare(one: Statement, blank: tuple[int, int], other: Statement, filler: tuple[int, int]) -> str:
    """What fills a blank against what stood there: "clash", "same", "other" or "none"."""
    verdicts = {
        quantities.compare(replace(a, noun=None), replace(b, noun=None)).verdict
        for a in one.quantities
        if _within(a.start, a.end, blank)
        for b in other.quantities
        if _within(b.start, b.end, filler)
    } | {
        moments.compare(a, b).verdict
        for a in one.moments
        if _within(a.start, a.end, blank)
        for b in other.moments
        if _within(b.start, b.end, filler)
    }
    if "same" in verdicts or "compatible" in verdicts:
        return "same"
    if "clash" in verdicts:
        return "clash"
    words, others = meaning(one.text[slice(*blank)]), meaning(other.text[slice(*filler)])
    if not words or not others:
        return "none"
    return "same" if words & others else "other"


def _within(start: int, end: int, place: tuple[int, int]) -> bool:
    return start < place[1] and place[0] < end
