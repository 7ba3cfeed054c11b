"""Times of day: their forms in text, as minutes after midnight and a zone."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

DAY = 1440
AROUND = 30
"""Minutes either side that "around noon" takes in."""
PARTS_OF_DAY = {
    "morning": (300, 720), "afternoon": (720, 1080), "evening": (1020, 1440), "night": (1080, 1740),
    "overnight": (1320, 1800), "lunchtime": (690, 840),
}  # fmt: skip
_ZONES: dict[str, tuple[int, int]] = {
    "gmt": (0, 0), "utc": (0, 0), "z": (0, 0), "bst": (60, 60), "cet": (60, 60), "cest": (120, 120),
    "est": (-300, -300), "edt": (-240, -240), "et": (-300, -240), "cst": (-360, -360), "cdt": (-300, -300),
    "ct": (-360, -300), "mst": (-420, -420), "mdt": (-360, -360), "mt": (-420, -360), "pst": (-480, -480),
    "pdt": (-420, -420), "pt": (-480, -420), "eastern": (-300, -240), "pacific": (-480, -420), "central": (-360, -300),
}  # fmt: skip
_FORMS = r"""
    (?<![\w.:,$£€])(?P<about>(?:around|about|approximately|roughly|shortly\sbefore|shortly\safter|just\safter|just\sbefore)\s)?
    (?:(?P<hour>[01]?[0-9]|2[0-4])(?:[:.](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap]\.?m\b\.?)
      |(?P<hour24>[01]?[0-9]|2[0-3]):(?P<minute24>[0-5][0-9])(?!\w|[:.][0-9])
      |(?P<military>[01][0-9][0-5][0-9]|2[0-3][0-5][0-9])(?=\s?(?:GMT|UTC|BST|CET|hours\b|hrs\b|local))
      |(?P<clock>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so[’']clock
        (?:\sin\sthe\s(?P<when>morning|afternoon|evening)|\sat\s(?P<night>night))
      |(?P<named>noon|midday|midnight)\b)
    (?:\s?\(?(?P<zone>GMT|UTC|BST|CET|CEST|E[SD]?T|C[SD]?T|M[SD]T|P[SD]?T|Eastern|Pacific|Central)\b(?:\s[Tt]ime\b)?\)?
      |\s(?:hours|hrs|local\stime)\b)?
"""
_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}


class Time(NamedTuple):
    start: int
    end: int
    minutes: tuple[int, int]
    zone: str | None
    is_about: bool


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_FORMS, re.VERBOSE | re.IGNORECASE)


def times(text: str) -> list[Time]:
    """The times of day in `text`, in order."""
    return [found for match in _pattern().finditer(text) if (found := _time(match)) is not None]


def utc(minutes: tuple[int, int], zone: str) -> tuple[int, int] | None:
    """The same stretch in UTC; a name such as ET, for two offsets, widens it. None for a zone not known."""
    offsets = _ZONES.get(zone.lower())
    return None if offsets is None else (minutes[0] - offsets[1], minutes[1] - offsets[0])


def _time(match: re.Match[str]) -> Time | None:
    minute = _minute(match)
    if minute is None:
        return None
    room = AROUND if match["about"] else 0
    zone = match["zone"].upper() if match["zone"] else None
    return Time(match.start(), match.end(), (minute - room, minute + room), zone, bool(room))


def _minute(match: re.Match[str]) -> int | None:
    if match["named"]:
        return _NAMED[match["named"].lower()]
    if match["military"]:
        return int(match["military"][:2]) * 60 + int(match["military"][2:])
    if match["hour24"]:
        return int(match["hour24"]) * 60 + int(match["minute24"])
    if match["clock"]:
        return _on_the_clock(match)
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return (hour % 12 + (12 if match["half"][0] in "pP" else 0)) * 60 + int(match["minute"] or 0)


def _on_the_clock(match: re.Match[str]) -> int:
    written = match["clock"].lower()
    hour = int(written) if written.isdigit() else _HOURS.index(written) + 1
    is_late = match["when"] in ("afternoon", "evening") or (match["night"] and hour > 5)
    return (hour % 12 + (12 if is_late else 0)) * 60
