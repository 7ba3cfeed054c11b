"""Whether one statement updates another instead of contradicting it. Rules over words, values and dates; pure.

An update comes from a later day: it says itself that it is one, it tells what became of a plan, or it counts further
what was still being counted. What is withdrawn by who said it is replaced by who withdraws it.
"""

from __future__ import annotations

import re

from assistant.comparing import roles
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values
from assistant.moments import Moment
from assistant.quantities import Quantity


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_UPDATED = _any_of(
    r"ha[sd] since|no longer|initially|originally|retract\w*|with(?:drew|drawn)|turned out",
    r"(?:revised|lowered|updated|corrected)(?: \w+){0,3} (?:to|from|down|up)|raised (?:\w+ ){0,3}from",
    r"(?:has|had|have) (?:now )?(?:risen|grown|climbed) to|now (?:says?|said|puts?|stands?)",
    r"previously (?:said|reported|thought)",
    r"earlier (?:reports?|figures?|estimates?|said)|later (?:said|confirmed|revealed|withdrew)",
    r"(?:as|that) we (?:wrote|said|reported)|was wrong",
)
_WITHDRAWN = _any_of(
    r"(?<!as )(?<!that )we (?:\w+ )?(?:called|gave|quoted|said|wrote|reported|put)",
    r"(?:our|the) (?:first|earlier|original|previous) (?:version|report|article|story|edition|figure|count|estimate)s?",
    r"our (?:edition|report|article|story)s?(?: \w+){0,4} (?:said|gave|put|called|stated)",
)
_PLANNED = _any_of(
    r"should be|estimated|expect(?:s|ed)?|due(?: to)?|planned|plans|forecasts?|reckoned|projected|budgeted",
    r"scheduled|intended|will|is to|are to",
)
_GROWING = frozenset({"dead", "hurt", "held"})


def is_withdrawn(text: str) -> bool:
    """Whether a sentence only tells what its own outlet said before."""
    return _WITHDRAWN.search(text) is not None


def plans(statement: Statement) -> bool:
    return _PLANNED.search(statement.text) is not None


def updates(a: Statement, b: Statement, clash: Values | None) -> bool:
    """Whether the later of the two updates the earlier. Where a day is not known, the words alone have to say so."""
    if is_withdrawn(a.text) != is_withdrawn(b.text):
        return True
    earlier, later = (a, b) if _day(a) <= _day(b) else (b, a)
    if _day(a) == _day(b):
        return _dayless(a, b) and bool(_UPDATED.search(a.text)) != bool(_UPDATED.search(b.text))
    if _dayless(a, b):
        return False
    if became(earlier, later) or (_UPDATED.search(later.text) and not _UPDATED.search(earlier.text)):
        return True
    return clash is not None and (_counts_on(a, b, clash) or _has_passed(earlier, later, clash))


def became(earlier: Statement, later: Statement) -> bool:
    """Whether the earlier speaks of a plan or an estimate and the later of what happened."""
    return plans(earlier) and not plans(later)


def _has_passed(earlier: Statement, later: Statement, clash: Values) -> bool:
    """Whether the day that the earlier planned was gone when the later was written."""
    if not isinstance(clash.a, Moment) or not isinstance(clash.b, Moment) or later.published is None:
        return False
    planned = clash.a if clash.a in earlier.moments else clash.b
    return plans(earlier) and planned.last is not None and planned.last < later.published


def overtaken(a: Statement, b: Statement) -> bool:
    """Whether one still plans what the other, of an earlier day, tells as done: they speak of two things."""
    if _dayless(a, b) or _day(a) == _day(b):
        return False
    earlier, later = (a, b) if _day(a) < _day(b) else (b, a)
    return plans(later) and not plans(earlier)


def _counts_on(a: Statement, b: Statement, clash: Values) -> bool:
    """Whether the later figure is the higher one of what is still being counted."""
    if not isinstance(clash.a, Quantity) or not isinstance(clash.b, Quantity):
        return False
    counted = {roles.of_figure(one.text, value.start, value.end) for one, value in ((a, clash.a), (b, clash.b))}
    low, high = (clash.a, clash.b) if _day(a) < _day(b) else (clash.b, clash.a)
    return len(counted) == 1 and counted <= _GROWING and low.figure < high.figure


def _day(statement: Statement) -> str:
    return statement.published.isoformat() if statement.published else ""


def _dayless(a: Statement, b: Statement) -> bool:
    return a.published is None or b.published is None
