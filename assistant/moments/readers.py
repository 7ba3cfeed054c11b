"""How each form of a date is read: from its match and what it is resolved against, to days of the calendar.

Readers return None where the calendar has no such day or the words turn out to be something else. The patterns
that they belong to are in `forms`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assistant.moments import days
from assistant.moments.models import Precision
from assistant.quantities import around
from assistant.quantities.exclusions import is_year
from assistant.quantities.number_words import word_value

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LEADS = around.one_of(
    "in of since last next this until till by during through from before after between to and throughout early "
    "mid late around for each every"
)


class Reference(NamedTuple):
    """What a date is resolved against: the day of publication, and whether the sentence looks ahead."""

    published: date | None
    forward: bool


class Stated(NamedTuple):
    """What one form states, before times of day are joined to it."""

    days: days.Days | None = None
    precision: Precision = "day"
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    time_of_day: tuple[int, int] | None = None


def _month_number(name: str) -> int:
    return _MONTH_NAMES.index(name[:3].lower()) + 1


def _weekday_number(name: str) -> int:
    return _WEEKDAY_NAMES.index(name[:3].lower())


def _digits(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def full(match: re.Match[str], reference: Reference) -> Stated | None:
    """Day, month and perhaps year, perhaps to another day of the same month."""
    number, nth = _month_number(match["month"]), _digits(match["day"])
    until = _digits(match["until"]) if match["until"] else nth
    named = _weekday_number(match["weekday"]) if match["weekday"] else None
    of = int(match["year"]) if match["year"] else _year_of_day(number, nth, reference)
    if of is None:
        return Stated(weekday=named, month=number, day=nth) if days.day(2024, number, nth) else None
    first, last = days.day(of, number, nth), days.day(of, number, until)
    if first is None or last is None or first > last:
        return None
    return Stated(days=(first[0], last[0]), weekday=named if first == last else None)


def _year_of_day(number: int, nth: int, reference: Reference) -> int | None:
    """The year that puts the day before publication, or after it where the sentence looks ahead."""
    if reference.published is None:
        return None
    wanted = (number, nth)
    now = (reference.published.month, reference.published.day)
    if reference.forward:
        return reference.published.year + (wanted < now)
    return reference.published.year - (wanted > now)


def numeric(match: re.Match[str], reference: Reference) -> Stated | None:
    """2014-05-06, and 25/12/2014 where only one order is possible."""
    one, two, three = (int(each) for each in re.split(r"[-/.]", match["numeric"]))
    if one > 31:
        found = days.day(one, two, three)
    elif one > 12 or one == two:
        found = days.day(three, two, one)
    elif two > 12:
        found = days.day(three, one, two)
    else:
        return None
    return Stated(days=found) if found else None


def month(match: re.Match[str], reference: Reference) -> Stated | None:
    number = _month_number(match["month"])
    relation = (match["relation"] or "").lower()
    if match["year"]:
        return _of_month(match, int(match["year"]), number)
    if not (relation or match["part"] or _is_led(match)):
        return None
    if reference.published is None:
        return Stated(month=number, precision="month")
    forward = relation == "next" or (reference.forward and relation != "last")
    of = reference.published.year
    if forward:
        of += number < reference.published.month
    else:
        of -= number > reference.published.month or (relation == "last" and number == reference.published.month)
    return _of_month(match, of, number)


def _is_led(match: re.Match[str]) -> bool:
    """A bare month needs a word before it that tells it from the name or the verb that is spelled the same."""
    leading = around.before(match.string, match.start(), most=1)
    return bool(leading) and leading[0].lower in _LEADS


def _of_month(match: re.Match[str], of: int, number: int) -> Stated:
    found = days.month(of, number)
    return Stated(days=days.part(found, match["part"].lower()) if match["part"] else found, precision="month")


def year(match: re.Match[str], reference: Reference) -> Stated | None:
    if not (match["part"] or match["until"] or is_year(match.string, *match.span("year"))):
        return None
    found = days.year(int(match["year"]))
    if match["until"]:
        last = match["until"] if len(match["until"]) == 4 else match["year"][:2] + match["until"]
        if not int(match["year"]) < int(last) <= 2199:
            return None
        return Stated(days=(found[0], days.year(int(last))[1]), precision="year")
    return Stated(days=days.part(found, match["part"].lower()) if match["part"] else found, precision="year")


def season(match: re.Match[str], reference: Reference) -> Stated | None:
    name, relation = match["season"].lower(), (match["relation"] or "").lower()
    if match["year"]:
        return Stated(days=days.season(int(match["year"]), name), precision="season")
    if reference.published is None or not relation:
        return None
    of = reference.published.year
    found = days.season(of, name)
    if relation == "last" and found[1] >= reference.published:
        found = days.season(of - 1, name)
    if relation == "next" and found[0] <= reference.published:
        found = days.season(of + 1, name)
    return Stated(days=found, precision="season")


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 0}


def quarter(match: re.Match[str], reference: Reference) -> Stated | None:
    written = match["nth"].lower()
    number = int(written[1]) if written[0] in "qh" else _ORDINALS[written]
    of = int(match["year"])
    is_half = "half" in match[0].lower() or written[0] == "h"
    if is_half and number <= 2:
        return Stated(days=days.half(number or 2, of=of), precision="season")
    return None if is_half else Stated(days=days.quarter(number or 4, of=of), precision="season")


def decade(match: re.Match[str], reference: Reference) -> Stated | None:
    first = int(match["decade"][:3]) * 10
    found = days.year(first)[0], days.year(first + 9)[1]
    return Stated(days=days.part(found, match["part"].lower()) if match["part"] else found, precision="decade")


def weekday(match: re.Match[str], reference: Reference) -> Stated | None:
    number = _weekday_number(match["weekday"])
    relation = (match["relation"] or "").lower()
    if reference.published is None:
        return Stated(weekday=number)
    forward = relation in ("next", "this coming", "coming") or (reference.forward and relation not in ("last", "past"))
    strictly = relation in ("next", "last", "past", "coming", "this coming")
    found = days.weekday_near(reference.published, number, forward=forward, strictly=strictly)
    return Stated(days=(found, found), weekday=number)


_NEAR = {
    "today": (0, None), "tonight": (0, (1080, 1740)), "yesterday": (-1, None), "tomorrow": (1, None),
    "last night": (-1, (1080, 1740)), "this morning": (0, (300, 720)), "this afternoon": (0, (720, 1080)),
    "this evening": (0, (1020, 1440)), "the day before yesterday": (-2, None), "the day after tomorrow": (2, None),
    "overnight": (0, None),
}  # fmt: skip


def near(match: re.Match[str], reference: Reference) -> Stated | None:
    by, time_of_day = _NEAR[" ".join(match["near"].lower().split())]
    if reference.published is None:
        return Stated(time_of_day=time_of_day) if time_of_day else None
    found = days.moved(reference.published, by)
    return Stated(days=(found, found), time_of_day=time_of_day, precision="part_of_day" if time_of_day else "day")


def span(match: re.Match[str], reference: Reference) -> Stated | None:
    """ "Last week", "this month", "next year", "last weekend"."""
    if reference.published is None:
        return None
    by = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[match["relation"].lower()]
    return _whole(match["unit"].lower(), by, reference.published)


def _whole(unit: str, by: int, published: date) -> Stated | None:
    if unit == "week":
        return Stated(days=days.week(days.moved(published, 7 * by)), precision="week")
    if unit == "weekend":
        monday, sunday = days.week(days.moved(published, 7 * by))
        return Stated(days=(days.moved(monday, 5), sunday), precision="week")
    if unit == "month":
        return Stated(days=days.months_before(published, -by), precision="month")
    of = published.year + by
    return Stated(days=days.year(of), precision="year") if 1 <= of <= 9998 else None


def ago(match: re.Match[str], reference: Reference) -> Stated | None:
    if reference.published is None:
        return None
    written = match["count"].lower()
    count = 1 if written in ("a", "an") else int(written) if written.isdigit() else int(word_value(written)[0])
    return _back(match["unit"].lower().removesuffix("s"), count, reference.published)


def _back(unit: str, count: int, published: date) -> Stated | None:
    """Counted in its own unit: "three weeks ago" is some day about then, "two years ago" that year."""
    if unit == "day":
        found = days.moved(published, -count)
        return Stated(days=(found, found))
    if unit == "week":
        then = days.moved(published, -7 * count)
        return Stated(days=(days.moved(then, -3), days.moved(then, 3)), precision="week")
    if unit == "month":
        return Stated(days=days.months_before(published, count), precision="month")
    of = published.year - count * (10 if unit == "decade" else 1)
    if of < 2:
        return None
    room = 0 if unit == "year" else 1
    return Stated(days=(days.year(of - room)[0], days.year(of + room)[1]), precision="year")
