"""Figures and dates of two sentences that rival each other: clashes that have no harmless reading. Pure.

Without a question nothing tells what a figure answers. So here a clash counts for nothing where it may be
harmless: vague words, counts that grow, another figure of the kind beside it, dates of differently named people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import moments, quantities
from assistant.comparing import names
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside
from assistant.moments import Moment
from assistant.quantities import Quantity

_VAGUE = re.compile(
    r"\b(?:thousands|hundreds|dozens|scores|tens|millions|billions|handful|few|several|couple|many)\b", re.IGNORECASE
)
_GROWS = re.compile(
    r"\b(?:so far|to date|thus far|and counting|at the time of writing|as of|rising|another|additional|initially|"
    r"currently|now|today|recent (?:days|weeks|months)|detained|arrested|arrests|charged)\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(r"\b(?:once|previously|formerly|again|back then|at first)\b", re.IGNORECASE)
_GUESS = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:s|ed|ions?)|estimat\w*|target\w*|guess\w*|wager\w*|could|would|might|"
    r"(?-i:may)|suggest\w*|reckon\w*|analysts?|hop(?:es?|ed|ing)|plan(?:s|ned)|aim(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_GROWING = frozenset(
    word
    for line in (
        "time view like follower subscriber share call hit retweet comment signature donation tweet complaint visitor",
        "copy strike airstrike attack month fan body death casualty victim",
    )
    for word in line.split()
)
_CALENDAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b\.?|\b(?:1[5-9]|20)\d\d\b", re.IGNORECASE
)
_PART = re.compile(r"\b(?:including|among them|of them|of whom|of which)\W+(?:[\w-]+\W+)?$", re.IGNORECASE)
_LEAST_ALIKE = 0.07
"""The surroundings share at least a word in fifteen."""
_DATES_ALIKE = 0.25


def rivals(a: Statement, b: Statement) -> list[Values]:
    """Pairs of figures or dates that clash with no harmless reading, those with the likest surroundings first."""
    clashes = [one for one in beside(a, b) if one.outcome.verdict == "clash" and one.alike >= _LEAST_ALIKE]
    return [one for one in clashes if not any(_harmless(a, b, one))]


def _harmless(a: Statement, b: Statement, one: Values) -> Iterator[bool]:
    yield said_too(one.a, b) or said_too(one.b, a)
    yield bool(_VAGUE.search(one.a.words) or _VAGUE.search(one.b.words))
    yield bool(_OTHER_TIME.search(a.text)) != bool(_OTHER_TIME.search(b.text))
    yield any(pattern.search(each.text) for pattern in (_GUESS, _GROWS) for each in (a, b))
    if isinstance(one.a, Moment) and isinstance(one.b, Moment):
        yield one.alike < _DATES_ALIKE or renamed(a, b) or not _are_calendar_dates(one.a, one.b)
    elif isinstance(one.a, Quantity) and isinstance(one.b, Quantity):
        yield _of_others(a, b) or _at_other_times(a, b)
        yield one.a.noun in _GROWING or one.b.noun in _GROWING
        yield (one.a.noun is None) != (one.b.noun is None)
        yield _is_part(a, one.a) or _is_part(b, one.b)
        yield _ambiguous(a, one.a) or _ambiguous(b, one.b)


def said_too(thing: Quantity | Moment, other: Statement) -> bool:
    """Whether the other statement has the same figure or date elsewhere: then it is what the clashing one is not."""
    if isinstance(thing, Moment):
        return any(moments.compare(thing, one).verdict == "same" for one in other.moments)
    return any(quantities.compare(thing, one).verdict == "same" for one in other.quantities)


def _are_calendar_dates(one: Moment, other: Moment) -> bool:
    """Whether both are written as dates, and not as the same day: "Monday" is another day in another article."""
    if not _CALENDAR.search(one.words) or not _CALENDAR.search(other.words) or one.resolved != other.resolved:
        return False
    days = [(each.first.month, each.first.day) for each in (one, other) if each.first and each.first == each.last]
    return len(days) < 2 or days[0] != days[1]


def _of_others(a: Statement, b: Statement) -> bool:
    """Whether each first names somebody or something that the other does not say."""
    return all(_first_unsaid(one, other) for one, other in ((a, b), (b, a)))


def _at_other_times(a: Statement, b: Statement) -> bool:
    """Whether both say when, and none of the times of one can be a time of the other."""
    verdicts = {moments.compare(one, other).verdict for one in a.moments for other in b.moments}
    return "clash" in verdicts and not verdicts & {"same", "compatible"}


def _first_unsaid(one: Statement, other: Statement) -> bool:
    first = next(iter(names.find(one.text, known=())), None)
    return first is not None and not any(word in names.spoken(other.text) for word in first.words)


def _is_part(statement: Statement, figure: Quantity) -> bool:
    return _PART.search(statement.text[: figure.start]) is not None


def _ambiguous(statement: Statement, figure: Quantity) -> bool:
    """Another figure of the same things stands in the sentence: parts, or before and after."""
    others = (one for one in statement.quantities if one is not figure)
    return any(one.noun == figure.noun is not None and one.figure != figure.figure for one in others)


def renamed(a: Statement, b: Statement) -> bool:
    """Each has a name that the other does not say."""
    return all(
        any(word not in names.spoken(other.text) for name in names.find(one.text) for word in name.words)
        for one, other in ((a, b), (b, a))
    )
