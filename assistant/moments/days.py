"""The calendar: stretches of days by name and position, each as its first and last day. Pure arithmetic."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_EARLIEST, _LATEST = date(1, 1, 2), date(9999, 12, 30)


def day(year: int, month: int, number: int) -> Days | None:
    """That day; None where the calendar has none."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found, found


def month(year: int, number: int) -> Days:
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def year(number: int) -> Days:
    return date(number, 1, 1), date(number, 12, 31)


def week(around: date) -> Days:
    """Monday to Sunday, as in ISO 8601."""
    monday = moved(around, -around.weekday())
    return monday, moved(monday, 6)


def season(number: int, name: str) -> Days:
    """Meteorological seasons of the northern half of the world; winter is the one that begins in that year."""
    first, last = SEASONS[name]
    return date(number, first, 1), month(number + (last < first), last)[1]


def part(days: Days, word: str) -> Days:
    """The early, middle or late third of some days."""
    third = (days[1] - days[0]).days / 3
    if word == "early":
        return days[0], moved(days[0], round(third))
    if word == "late":
        return moved(days[1], -round(third)), days[1]
    return moved(days[0], round(third) - 1), moved(days[1], 1 - round(third))


def quarter(number: int, *, of: int) -> Days:
    return month(of, 3 * number - 2)[0], month(of, 3 * number)[1]


def half(number: int, *, of: int) -> Days:
    return month(of, 6 * number - 5)[0], month(of, 6 * number)[1]


def months_before(around: date, count: int) -> Days:
    """The month that lies `count` months before that of `around`."""
    place = around.year * 12 + around.month - 1 - count
    return month(min(max(place // 12, 1), 9998), place % 12 + 1)


def moved(around: date, by: int) -> date:
    """`by` days later, stopping at the ends of the calendar."""
    try:
        return min(max(around + timedelta(days=by), _EARLIEST), _LATEST)
    except OverflowError:
        return _EARLIEST if by < 0 else _LATEST


def weekday_near(published: date, weekday: int, *, forward: bool, strictly: bool) -> date:
    """The closest such weekday after or before the day of publication, which itself counts unless `strictly`."""
    ahead = (weekday - published.weekday()) % 7
    if forward:
        return moved(published, ahead or (7 if strictly else 0))
    back = -ahead % 7
    return moved(published, -(back or (7 if strictly else 0)))
