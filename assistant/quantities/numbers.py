"""Bare numbers in a text: digits, number words, fractions, multiples and vague amounts, with exact offsets.

Here is only what the number itself says. Units, bounds and what is counted belong to the other modules; whether
the number is one at all ("iPhone 6", "in 2014") belongs to `exclusions`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.quantities import around
from assistant.quantities.number_words import CARDINAL, SCALES, word_value

Kind = Literal["plain", "vague", "fraction", "share", "multiple", "change"]


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end]` and its value; `low` and `high` differ for vague amounts only."""

    start: int
    end: int
    low: float
    high: float
    rounding: float = 0.0
    kind: Kind = "plain"
    scale: float = 1.0
    """What "million" or "k" multiplied it by: "$5-10m" lends it to the 5."""
    is_word: bool = False


_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?![0-9])(?:\.[0-9]{1,12})?"
    r"|[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3}){1,6}(?![0-9])"
    r"|[0-9]{1,20}(?:\.[0-9]{1,12})?(?:e[+-]?[0-9]{1,2}(?![0-9]))?(?![0-9])|\.[0-9]{1,12})"
)
_LONG = r"(?:thousand|million|billion|trillion|lakhs?|crores?|dozen)\b"
_SHORT = r"(?:bn|mn|mln|tn|trn|k|m|b|t)(?![^\W_])"
_TIME = r"(?:hour|day|week|month|year|decade|century)\b"
_VAGUE_SCALE = r"(?:tens|dozens|hundreds|thousands|millions|billions|trillions)"
_PARTS = "half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth"
_FREE = r"(?<![\w.])(?<![^\W\d_]-)(?<![0-9][,:/])"
_SMALL = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})?|{CARDINAL})"
_FORMS = rf"""{_FREE}(?P<share>{_SMALL}(?:\sin\s|\sout\sof\s|-in-)(?:every\s)?{_SMALL})(?![\w%]|[.,][0-9])
    |{_FREE}(?P<vague>{_VAGUE_SCALE}(?:\sof\s{_VAGUE_SCALE})?|scores(?=\sof\b)
        |(?:a\sfew|several|a\scouple(?:\sof)?|a\shandful(?:\sof)?)(?:[\s-]{_LONG}|\shundred\b)?)(?![\w-])
    |{_FREE}(?P<fraction>(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|[0-9]{{1,2}})[\s-])?(?:{_PARTS})s?
        |halves)(?!\w)(?!\sa\s{_LONG}|-a-{_LONG}|\sa\sdozen|[\s-]dozen)
    |{_FREE}(?P<change>twice|thrice|(?:doubl|tripl|quadrupl)(?:ed|ing|es|e)|halv(?:ed|ing|es))\b
    |{_FREE}(?P<words>(?:{CARDINAL}(?:[\s-]and[\s-]a[\s-](?:half|quarter))?|half[\s-]an?(?=[\s-]{_LONG})
        |half(?=[\s-]dozen)|an?(?=[\s-](?:{_LONG}|hundred\b))|an?(?=\s{_TIME}))
        (?:[\s-](?:{_LONG}|hundred\b(?:[\s-]{_LONG})?))?)
        (?P<wordfold>[\s-]?fold)?(?!\w)
    |(?P<cross>(?<![\w])[x×]\s?(?=[0-9]))?(?:(?<![\w.])|(?<=[x×])|(?<=[x×]\s)|(?<=EUR)|(?<=USD)|(?<=GBP)|(?<=\bRs))
        (?<![^\W\d_]-)(?<![0-9][,:/])
        (?P<digits>{_DIGITS})(?P<and>[\s-]and[\s-]a[\s-](?:half|quarter))?(?P<glyph>[½¼¾⅓⅔])?
        (?P<scaled>[\s-]?{_LONG}|\s?{_SHORT}(?<!\s[mbtk])(?!-))?(?P<fold>[x×](?![\w])|[\s-]?fold\b)?
    |(?P<sign>[½¼¾⅓⅔])
"""
_GLYPHS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_VAGUE = {
    "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2e3, 9999),
    "millions": (2e6, 9.999e6), "billions": (2e9, 9.999e9), "trillions": (2e12, 9.999e12),
    "few": (3, 6), "several": (3, 9), "couple": (2, 2), "handful": (3, 7),
}  # fmt: skip
_CHANGES = {"tw": 2.0, "th": 3.0, "do": 2.0, "tr": 3.0, "qu": 4.0, "ha": 0.5}
_DENOMINATORS = {name: place for place, name in enumerate(_PARTS.split("|"), start=2)} | {
    "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "hundredth": 100, "thousandth": 1000, "halve": 2,
}  # fmt: skip
_FRACTION_ROUNDING = 0.02
_LOOSE = 0.05
"""Of its value: what a round figure may be off where its zeros, or a scale word, hide its last digit."""
_METRE_AFTER = around.one_of(
    "sprint race final hurdles relay freestyle butterfly backstroke breaststroke dash tall high deep wide long "
    "away above below from swim runner sprinter world olympic event distance apart underwater radius"
)
_METRE_BEFORE = around.one_of("height depth distance length width altitude within radius")
_MONEY_BEFORE = re.compile(r"[$£€¥₹]\s?(?:[0-9.,]+\s?(?:[-–]|to)\s?[$£€]?)?$|\b(?:EUR|USD|GBP|Rs\.?)\s?$")
_OF_A_SCALE = re.compile(r"\sof\sa\s(million|billion|trillion)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
_LASTING = around.one_of(
    "for in within after about around over under than nearly almost least lasted lasts last took takes take just only "
    "roughly approximately up another"
)
_HALF_AFTER = around.one_of("the a an of its their his her our that all as what my your more less")
_HALF_BEFORE = around.one_of("by in than about nearly almost roughly only over under around just least cut")
_AFTER_PART = around.one_of(
    "of more less fewer higher lower larger smaller cheaper better as increase reduction drop rise fall off"
)


def scan(text: str) -> Iterator[Number]:
    """Every bare number of `text`, in order."""
    position, pattern = 0, _pattern()
    while match := pattern.search(text, position):
        number = _READ[match.lastgroup or ""](text, match) if match.lastgroup in _READ else _digits(text, match)
        if number is not None and math.isfinite(number.high):
            yield number
        position = max(number.end if number else match.start() + _skipped(match), match.start() + 1)


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled at the first use: importing stays cheap."""
    return re.compile(_FORMS, re.IGNORECASE | re.VERBOSE)


def _skipped(match: re.Match[str]) -> int:
    """Past the first word only: "a third half" may hold a number further on."""
    return max(1, len(re.split(r"[\s-]", match[0], maxsplit=1)[0]))


def _digits(text: str, match: re.Match[str]) -> Number | None:
    written = match["digits"].replace(",", "").replace("\u00a0", "").replace("\u202f", "").replace("\u2009", "")
    raw = float(written) + _extra(match["and"]) + _GLYPHS.get(match["glyph"] or "", 0)
    if len(written) > 1 and written.isdigit() and written[0] == "0":
        return None  # a telephone number or a code
    end, scale = match.end(), 1.0
    if match["scaled"]:
        end, scale = _scale(text, match)
    is_multiple = match["cross"] or match["fold"]
    start = match.start() if match["cross"] else match.start("digits")
    rounding = _rounding(written, raw, scale) if not (match["and"] or match["glyph"]) else 0.25 * min(scale, 1e3)
    return Number(start, end, raw * scale, raw * scale, rounding, "multiple" if is_multiple else "plain", scale)


def _scale(text: str, match: re.Match[str]) -> tuple[int, float]:
    """Where the number ends, and what its scale word multiplies by: `m` may be metres and `k` kilometres."""
    letter = match["scaled"].strip().strip("-").strip().lower()
    start, end = match.start("digits"), match.end()
    is_money = bool(_MONEY_BEFORE.search(text[max(0, start - 20) : start]))
    if letter in ("b", "t") and not is_money:
        return match.start("scaled"), 1.0
    if letter in ("m", "k") and not is_money and _is_length(text, start, end):
        return match.start("scaled"), 1.0
    return end, SCALES[letter]


def _is_length(text: str, start: int, end: int) -> bool:
    following = around.after(text, end, most=1, hyphens=True)
    words = around.nearby(text, start - 24, start)
    return bool((following and following[0].lower in _METRE_AFTER) or _METRE_BEFORE & set(words[-3:]))


def _extra(half: str | None) -> float:
    return 0.0 if not half else 0.5 if half.lower().endswith("half") else 0.25


def _rounding(written: str, raw: float, scale: float) -> float:
    """Half of the last digit that counts; where zeros or a scale word hide which one that is, at most a twentieth."""
    value = abs(raw * scale)
    if "e" in written.lower():
        return value * _LOOSE / 10
    if "." in written:
        half = 0.5 * 10.0 ** -len(written.split(".")[1]) * scale
        return min(half, value * _LOOSE) if scale > 1 else half
    if value != round(value):
        return 0.25  # "two and a half"
    whole = f"{value:.0f}"
    zeros = len(whole) - len(whole.rstrip("0"))
    if len(whole) < 3 or not zeros:
        return 0.5
    return min(0.5 * 10.0**zeros, value * _LOOSE)


def _words(text: str, match: re.Match[str]) -> Number | None:
    if match["words"].lower() in ("a", "an"):
        return _one(text, match)
    value, scale = word_value(match["words"])
    end = match.end() if match["wordfold"] else match.end("words")
    if scale > 1 and (half := _AND_A_HALF.match(text, end)):
        value, end = value + scale / 2, half.end()
    kind: Kind = "multiple" if match["wordfold"] else "plain"
    return Number(match.start(), end, value, value, _rounding("", value, 1.0), kind, scale, is_word=True)


def _one(text: str, match: re.Match[str]) -> Number | None:
    """ "An hour" is one hour where the words before it lead up to a length of time, and not in "a day" or "a year"."""
    leading = around.before(text, match.start(), most=1)
    lasts = leading[0].lower in _LASTING if leading else not text[: match.start()].strip()
    return Number(match.start(), match.end(), 1.0, 1.0, 0.5, is_word=True) if lasts else None


def _vague(text: str, match: re.Match[str]) -> Number | None:
    names = [word for word in re.split(r"[\s-]", match["vague"].lower()) if word not in ("a", "of")]
    low, high = _VAGUE[names[0]]
    scale = 1.0
    for name in names[1:]:
        scale *= SCALES.get(name.removesuffix("s"), 1.0)
    return Number(match.start(), match.end(), low * scale, high * scale, 0.0, "vague", scale, is_word=True)


def _share(text: str, match: re.Match[str]) -> Number | None:
    parts = re.split(r"\sin\s|\sout\sof\s|-in-", match["share"].lower().replace("every ", ""), maxsplit=1)
    part, whole = (_small(each) for each in parts)
    in_words = around.after(text, match.end(), most=1)
    is_time = bool(in_words) and in_words[0].lower.rstrip("s") in ("second", "minute", "hour", "day", "week", "year")
    if not 0 < part < whole or is_time or (" out of " not in match[0].lower() and whole not in _WHOLES):
        return None
    return Number(match.start(), match.end(), part / whole, part / whole, 0.0, "share", is_word=True)


_WHOLES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000))


def _small(written: str) -> float:
    written = written.strip().replace(",", "")
    return float(written) if written.isdigit() else word_value(written)[0]


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    words = re.split(r"[\s-]", match["fraction"].lower())
    name = words[-1] if words[-1] in _DENOMINATORS else words[-1].removesuffix("s")
    count = 1.0 if len(words) == 1 or words[0] in ("a", "an") else _small(words[0])
    is_plural = words[-1] != name
    if not (_is_half(text, match) if name == "half" and len(words) == 1 else len(words) > 1):
        return None
    if name == "half" and len(words) > 1 and _goes_on(text, match.end()):
        return None
    if name != "half" and not is_plural and not _reads_as_part(text, match):
        return None
    value = count / _DENOMINATORS[name]
    if big := _OF_A_SCALE.match(text, match.end()):
        value, scale = value * SCALES[big[1].lower()], SCALES[big[1].lower()]
        return Number(match.start(), big.end(), value, value, value * _LOOSE, "plain", scale, is_word=True)
    rounding = _FRACTION_ROUNDING if value < 1 else 0.0
    return Number(match.start(), match.end(), value, value, rounding, "fraction", is_word=True)


def _is_half(text: str, match: re.Match[str]) -> bool:
    following = around.after(text, match.end(), most=1)
    leading = around.before(text, match.start(), most=1)
    if leading and leading[0].lower in ("first", "second", "other", "better", "a", "one"):
        return False
    if text[match.end() : match.end() + 1] == "-":
        return not _goes_on(text, match.end())
    if following:
        return following[0].lower in _HALF_AFTER or bool(leading and leading[0].lower in _HALF_BEFORE)
    return not leading or leading[0].lower in _HALF_BEFORE


def _goes_on(text: str, end: int) -> bool:
    """ "Half-naked", unlike "half-hour"."""
    units = r"-(?:hour|day|mile|year|minute|inch|century)\b"
    return text[end : end + 1] == "-" and re.match(units, text[end : end + 9]) is None


def _reads_as_part(text: str, match: re.Match[str]) -> bool:
    """ "A third of them" and "by a third", but neither "a third man" nor "one second"."""
    following = around.after(text, match.end(), most=1)
    if text[match.start() : match.end()].count("-"):
        return True
    return following[0].lower in _AFTER_PART if following else text[match.end() : match.end() + 1] != "-"


def _change(text: str, match: re.Match[str]) -> Number | None:
    word = match["change"].lower()
    following = around.after(text, match.end(), most=2)
    next_word = following[0].lower if following else ""
    if word.startswith(("doubl", "tripl", "quadrupl")) and (
        next_word in ("down", "up") or not _multiplies(word, text, match)
    ):
        return None
    factor = _CHANGES[word[:2]]
    return Number(match.start(), match.end(), factor, factor, 0.0, "change", is_word=True)


def _multiplies(word: str, text: str, match: re.Match[str]) -> bool:
    """ "Double the price" and "to double", but no "double room"."""
    if word.endswith(("ed", "ing")):
        return True
    following = around.after(text, match.end(), most=1)
    leading = around.before(text, match.start(), most=1)
    return bool(
        (following and following[0].lower in ("the", "that", "its", "their", "his", "her", "what", "our", "last"))
        or (leading and leading[0].lower in ("to", "will", "could", "would", "may", "might", "can", "than", "nearly"))
    )


def _sign(text: str, match: re.Match[str]) -> Number | None:
    value = _GLYPHS[match["sign"]]
    return Number(match.start(), match.end(), value, value, _FRACTION_ROUNDING, "fraction")


_READ: dict[str, Callable[[str, re.Match[str]], Number | None]] = {
    "share": _share,
    "vague": _vague,
    "fraction": _fraction,
    "change": _change,
    "words": _words,
    "wordfold": _words,
    "sign": _sign,
}
