"""The forms in which articles write dates: one pattern a form, with its reader, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.moments import readers
from assistant.moments.readers import Reference, Stated

Reader = Callable[[re.Match[str], Reference], Stated | None]

# "May" and "March" are months in capitals only; the others in any case.
_MONTH = (
    r"(?:May|March|MAY|MARCH|(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
)
_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}(?![\w%]|[,.][0-9])"
_NTH = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w:]|\.[0-9]|,[0-9]{3})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Tues?|Thurs?|Weds?|Mon|Fri|Sat|Sun)"
_COUNT = (
    r"(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty)"
)
_PART = r"(?i:(?P<part>early|mid|late)[\s-](?:in\s)?)?"

_NTHS = rf"(?P<day>{_NTH})(?:\s?(?:[-–]|to)\s?(?P<until>{_NTH}))?"
_HEAD = rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,?\s(?:the\s)?)?"

FORMS: tuple[tuple[str, Reader], ...] = (
    (
        r"(?<![\w./-])(?P<numeric>(?:1[5-9]|20)[0-9]{2}(?:-[01]?[0-9]-|/[01]?[0-9]/)[0-3]?[0-9]"
        r"|[0-3]?[0-9](?:/[0-3]?[0-9]/|\.[01]?[0-9]\.)(?:1[5-9]|20)[0-9]{2})(?![\w/])",
        readers.numeric,
    ),
    (rf"{_HEAD}\b(?P<month>{_MONTH})\s?(?:the\s)?{_NTHS}(?:,?\s(?P<year>{_YEAR}))?", readers.full),
    (rf"{_HEAD}(?<![\w.,:]){_NTHS}\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>{_YEAR}))?", readers.full),
    (
        r"\b(?i:(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th|[QH][1-4]))\s?(?i:quarter|half)?"
        rf"(?:,?\s|\sof\s)(?P<year>{_YEAR})",
        readers.quarter,
    ),
    (rf"{_PART}\b(?P<relation>)(?P<month>{_MONTH}),?\s(?:of\s)?(?P<year>{_YEAR})", readers.month),
    (rf"(?:\b(?i:(?P<relation>last|next|this))\s)?{_PART}\b(?P<month>{_MONTH})(?P<year>)", readers.month),
    (
        r"\b(?:(?i:(?P<relation>last|next|this))\s)?(?i:(?P<season>spring|summer|autumn|fall|winter))"
        rf"(?:\s(?:of\s)?(?P<year>{_YEAR}))?\b",
        readers.season,
    ),
    (
        r"(?i:(?P<part>early|mid|late)[\s-](?:in\s)?(?:the\s)?)?(?<![\w$£€.,-])"
        r"(?P<decade>(?:1[5-9]|20)[0-9]0)[’']?s\b",
        readers.decade,
    ),
    (
        rf"{_PART}(?<![\w$£€.,/])(?P<year>{_YEAR})"
        r"(?:\s?[-–/]\s?(?P<until>(?:1[5-9]|20)?[0-9]{2})(?!\w))?",
        readers.year,
    ),
    (
        r"\b(?:(?i:(?P<relation>last|next|this\scoming|coming|this|past))\s)?"
        r"(?P<weekday>(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
        readers.weekday,
    ),
    (
        r"(?i:\b(?P<near>the\sday\sbefore\syesterday|the\sday\safter\stomorrow|today|tonight|yesterday|tomorrow"
        r"|last\snight|this\s(?:morning|afternoon|evening)|overnight)\b)",
        readers.near,
    ),
    (r"(?i:\b(?P<relation>last|previous|this|next|coming)\s(?P<unit>weekend|week|month|year)\b)", readers.span),
    (rf"(?i:\b(?P<count>{_COUNT})\s(?P<unit>day|week|month|year|decade)s?\sago\b)", readers.ago),
)
