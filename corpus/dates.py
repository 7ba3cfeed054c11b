"""Dates as sources write them, turned into ISO 8601.

Strict on purpose: a general parser fills what is missing from today and picks an order for 03/04/2022. Here a
date is read whole and in one possible way, or it is refused with a sentence that says what to write instead.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from math import isfinite

FIRST_YEAR, LAST_YEAR = 1500, 2200


class WrongDate(ValueError):
    """The value states no single day; the message says why and what to write instead."""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"

# One form a line; what follows the date itself must be a time of day.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        rf"{_WEEKDAY}{_NTH}\s?(?:of\s)?[-\s]?{_MONTH}[-,\s]\s?{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s?{_NTH}(?:,\s?|\s){_YEAR}",
        # The forms of C's asctime and of some web APIs put the time before the year.
        rf"{_WEEKDAY}{_MONTH}\s+{_NTH}\s(?P<time>\d\d:\d\d:\d\d\s?(?:[+-]\d{{4}}|[A-Z]{{1,5}})?)\s{_YEAR}",
        rf"{_WEEKDAY}{_NTH}\s{_MONTH}\s(?P<short>\d\d)(?=\s\d\d:)",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
        r"(?P<either>\d{1,2})(?P<sep>[-/])(?P<other>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
    )
)
_TIME = re.compile(
    r"[Tt,\s]*(?:at\s)?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?P<zone>\s?(?:[A-Za-z]{1,5}(?![A-Za-z])|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?))?"
    r"\s?(?:[(\[][\w\s/+-]{1,40}[)\]])?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?", re.IGNORECASE)

# RFC 5322, section 4.3, gives these names their hours; other abbreviations stand for several zones.
_NAMED_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip

# Unix time by magnitude: (from, up to, ticks per second).
_TICKS = ((1e8, 1e11, 1), (1e11, 1e14, 10**3), (1e14, 1e17, 10**6), (1e17, 1e20, 10**9))


def parse_published(raw: str | int | float | date | datetime) -> str:
    """`raw` as `YYYY-MM-DD`, or as `YYYY-MM-DDThh:mm:ss+hh:mm` where it states a time and its zone.

    A time without a zone, or with one whose name stands for several, is cut to its date. Numbers are Unix time
    in seconds to nanoseconds, or a date of the form 20220617. Raises `WrongDate`.
    """
    if isinstance(raw, datetime):
        return _written(raw)
    if isinstance(raw, date):
        return _within_years(raw).isoformat()
    if isinstance(raw, str):
        return _parse_text(" ".join(raw.split()))
    return _parse_number(raw)


def day(published: str) -> date:
    """The calendar day of a date that `parse_published` returned, in the zone it was stated in."""
    return date.fromisoformat(published[:10])


def _parse_text(text: str) -> str:
    if not text:
        raise WrongDate("the date is empty; leave the field out instead")
    if re.fullmatch(r"\d{9,13}|\d{16}|\d{19}", text):
        return _parse_number(int(text))
    for form in _FORMS:
        if found := form.match(text):
            return _parse_found(found, text)
    raise WrongDate(f"{text[:60]!r} is not a date with day, month and year; write it as 2022-06-17")


def _parse_found(found: re.Match[str], text: str) -> str:
    parts = found.groupdict()
    stated = _calendar_day(parts, text)
    rest = parts.get("time") or text[found.end() :]
    if not rest.strip():
        return stated.isoformat()
    time = _TIME.fullmatch(rest)
    if time is None:
        raise WrongDate(f"{text[:60]!r} has something after the date that is no time of day: {rest.strip()[:40]!r}")
    return _written(_at(stated, time, text))


def _calendar_day(parts: dict[str, str | None], text: str) -> date:
    year = int(parts.get("year") or _century(parts["short"]))
    month, number = _month_and_day(parts, text)
    try:
        stated = date(year, month, number)
    except ValueError as error:
        raise WrongDate(f"{text[:60]!r} is no day of the calendar") from error
    return _within_years(stated)


def _century(short: str | None) -> int:
    """RFC 5322, section 4.3: two digits up to 49 are of this century."""
    return int(short or 0) + (2000 if int(short or 0) < 50 else 1900)


def _month_and_day(parts: dict[str, str | None], text: str) -> tuple[int, int]:
    if name := parts.get("name"):
        return _MONTHS.index(name[:3].lower()) + 1, int(parts["day"] or 0)
    if parts.get("either") is None:
        return int(parts["month"] or 0), int(parts["day"] or 0)
    either, other = int(parts["either"] or 0), int(parts["other"] or 0)
    if either <= 12 and other <= 12 and either != other:
        year = parts["year"]
        first, second = f"{year}-{either:02}-{other:02}", f"{year}-{other:02}-{either:02}"
        raise WrongDate(f"{text[:60]!r} can be two days; write {first} or {second}")
    return (other, either) if either > 12 else (either, other)


def _at(stated: date, time: re.Match[str], text: str) -> datetime:
    hour, minute, second = (int(time[part] or 0) for part in ("hour", "minute", "second"))
    if time["half"]:
        if not 1 <= hour <= 12:
            raise WrongDate(f"{text[:60]!r} has an hour that no clock shows")
        hour = hour % 12 + (12 if time["half"][0] in "pP" else 0)
    elif time["minute"] is None:
        raise WrongDate(f"{text[:60]!r} has a number after the date that is no time of day")
    try:
        # A leap second, 60, counts as the last one of its minute.
        moment = datetime(stated.year, stated.month, stated.day, hour, minute, min(second, 59 + second // 61))
        return moment.replace(tzinfo=_zone(time["zone"]))
    except ValueError as error:
        raise WrongDate(f"{text[:60]!r} has a time of day that no clock shows") from error


def _zone(written: str | None) -> tzinfo | None:
    """None where no zone is written, or only an abbreviation that stands for several."""
    name = (written or "").strip().upper()
    if offset := _OFFSET.fullmatch(name):
        ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(-ahead if offset["sign"] == "-" else ahead)
    hours = _NAMED_ZONES.get(name)
    return None if hours is None else timezone(timedelta(hours=hours))


def _parse_number(number: int | float) -> str:
    if isinstance(number, bool) or (isinstance(number, float) and not isfinite(number)):
        raise WrongDate(f"{number!r} is not a date; write it as 2022-06-17")
    if 15000101 <= number <= 22001231 and number == int(number):
        return _parse_text(str(int(number)))
    for low, high, ticks in _TICKS:
        if low <= abs(number) < high:
            return _written(_unix_time(number // ticks))
    raise WrongDate(f"{str(number)[:40]} is neither Unix time nor a date such as 20220617; write it as 2022-06-17")


def _unix_time(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    except OverflowError as error:
        raise WrongDate(f"{seconds:.0f} as Unix time is outside the years {FIRST_YEAR} to {LAST_YEAR}") from error


def _written(moment: datetime) -> str:
    _within_years(moment.date())
    if moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _within_years(stated: date) -> date:
    if not FIRST_YEAR <= stated.year <= LAST_YEAR:
        raise WrongDate(f"{stated.isoformat()!r} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return stated
