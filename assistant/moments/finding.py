"""Every moment of a text: dates by their forms, times of day, and the two put together where they belong together.

Earlier forms win where two match the same words. Pure; what "Tuesday" means comes from the caller's date.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.moments import clock
from assistant.moments.forms import FORMS, Reader
from assistant.moments.models import Moment
from assistant.moments.readers import Reference, Stated

_AHEAD = re.compile(
    r"\b(?:will|won[’']t|shall|should|to be|(?:is|are) (?:set|due|expected|scheduled|planning|going)|expected to"
    r"|expects?|plans?|planned for|scheduled|upcoming|takes? place|(?:wants?|hopes?|aims?|intends?) to|[’']ll)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|wrote|tweeted|added|confirmed)(?: on| in)?\s*$", re.IGNORECASE
)
_OPENING = re.compile(r"(?:on|in|this|by|from|until)?\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_JOINED = re.compile(r"(?:,?\s(?:(?:at|on|of|in the)\s)?(?:(?:around|about|the)\s)?|,\s?|\s?\(?)", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\s(?P<part>morning|afternoon|evening|night|lunchtime)\b", re.IGNORECASE)
_WINDOW = 90
_YEARS = range(1000, 9000)
"""Of publication: far enough from the ends of Python's calendar for every step back and forth."""


def find(text: str, *, published: date | None) -> list[Moment]:
    """The moments stated in `text`, in order and without overlap; never raises.

    `published` resolves what depends on it: weekdays and days without a year go back from it, or forward where
    the sentence speaks of what will be. Without it, or with one outside the years 1000 to 8999, they stay
    unresolved, and "last week" is no moment at all.
    """
    dates = _dates(text, published if published and published.year in _YEARS else None)
    times = [Moment(start=time.start, end=time.end, words=text[time.start : time.end], time_of_day=time.minutes,
                    zone=time.zone, precision="minute") for time in clock.times(text)]  # fmt: skip
    return _put_together(text, sorted([*dates, *_apart(times, dates)], key=lambda moment: moment.start))


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(form), reader) for form, reader in FORMS)


def _dates(text: str, published: date | None) -> list[Moment]:
    taken: list[tuple[int, int]] = []
    found: list[Moment] = []
    for pattern, reader in _compiled():
        for match in pattern.finditer(text):
            start, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
            if not _is_free(taken, start, end):
                continue
            stated = reader(match, Reference(published, forward=_looks_ahead(text, start, end)))
            if stated is not None:
                insort(taken, (start, end))
                found.append(_moment(text, start, end, stated))
    return found


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (end, 0))
    return place == 0 or taken[place - 1][1] <= start


def _moment(text: str, start: int, end: int, stated: Stated) -> Moment:
    first, last = stated.days or (None, None)
    moment = Moment(
        start=start, end=end, words=text[start:end], first=first, last=last, weekday=stated.weekday,
        month=stated.month, day=stated.day, time_of_day=stated.time_of_day, precision=stated.precision,
    )  # fmt: skip
    return _with_part_of_day(text, moment)


def _with_part_of_day(text: str, moment: Moment) -> Moment:
    """ "Tuesday morning"."""
    match = _PART_OF_DAY.match(text, moment.end)
    if match is None or moment.precision != "day":
        return moment
    minutes = clock.PARTS_OF_DAY[match["part"].lower()]
    words = text[moment.start : match.end()]
    return replace(moment, end=match.end(), words=words, time_of_day=minutes, precision="part_of_day")


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence speaks of what will be, before the date or, where the date opens it, after."""
    before = text[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    sentence = before[ends[-1] :] if ends else before
    if _SAID.search(sentence):
        return False
    if _AHEAD.search(sentence):
        return True
    if not _OPENING.fullmatch(sentence):
        return False
    return _AHEAD.search(_SENTENCE_END.split(text[end : end + _WINDOW], maxsplit=1)[0]) is not None


def _apart(times: list[Moment], dates: list[Moment]) -> list[Moment]:
    taken = sorted((moment.start, moment.end) for moment in dates)
    return [time for time in times if _is_free(taken, time.start, time.end)]


def _put_together(text: str, moments: list[Moment]) -> list[Moment]:
    """Joins "Tuesday" and "at 9 p.m." in either order."""
    joined: list[Moment] = []
    for moment in moments:
        together = _together(text, joined[-1], moment) if joined else None
        if together is None:
            joined.append(moment)
        else:
            joined[-1] = together
    return joined


def _together(text: str, one: Moment, other: Moment) -> Moment | None:
    if not _JOINED.fullmatch(text, one.end, max(one.end, other.start)):
        return None
    day, time = (one, other) if one.has_day else (other, one)
    if day.has_day == time.has_day or day.precision not in ("day", "part_of_day") or time.time_of_day is None:
        return None
    words = text[one.start : other.end]
    return replace(day, start=one.start, end=other.end, words=words, time_of_day=time.time_of_day, zone=time.zone,
                   precision="minute")  # fmt: skip
