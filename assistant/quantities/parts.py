"""A number with its unit, before ranges are joined and the words around it are read.

The unit comes first because it decides whether a bare number may be a name, a year or a rank instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.quantities import around, nouns, phrases, units
from assistant.quantities.exclusions import Spans, is_name, is_year
from assistant.quantities.models import Bound
from assistant.quantities.numbers import Number
from assistant.quantities.units import Unit

_COUNT, _RATIO, _YEAR = Unit("count"), Unit("ratio"), Unit("second", units.YEAR)
_MULTIPLIED = around.one_of("as the that its their what his her our these those this")
_ENDS_IN_ER = around.one_of("over after under per her ever never other another whether however together later")
_APPOSED = re.compile(r"\b[A-Z][\w’'-]+, [1-9][0-9]{0,2}[,.]$")
_HALF = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
_BRIDGES = (" of an ", " of a ", " an ", " a ", " of ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`low`, `high` and `rounding` are in the base unit already."""

    number: Number
    start: int
    end: int
    low: float
    high: float
    rounding: float
    measure: Unit
    bound: Bound = "exact"
    noun: str | None = None
    """Where the number itself tells it: "twice" counts times, "aged 30" an age."""

    @property
    def has_unit(self) -> bool:
        return self.measure.name not in ("count", "ratio")

    @property
    def is_share(self) -> bool:
        return self.measure.name in ("percent", "ratio")

    @property
    def is_multiple(self) -> bool:
        return self.measure.name == "ratio" and self.number.kind in ("multiple", "change", "plain")


def read(text: str, number: Number, spans: Spans) -> Part | None:
    """The number with its unit; None where it is no quantity."""
    if spans.cover(number.start, number.end):
        return None
    part = _with_unit(text, number)
    is_bare = part.measure == _COUNT and number.kind == "plain" and part.noun is None
    if is_bare and _is_something_else(text, part):
        return None
    return None if part.measure.name == "second" and _is_ago(text, part.end) else part


def valued(number: Number, start: int, end: int, *, unit: Unit, sign: float = 1.0) -> Part:
    """`number` in the base unit of `unit`."""
    one, other = (sign * value * unit.factor + unit.offset for value in (number.low, number.high))
    rounding = number.rounding * abs(unit.factor)
    if not unit.offset:
        rounding = min(rounding, abs(one) / 4)
    bound: Bound = "about" if number.kind == "vague" else "exact"
    low, high = min(one, other), max(one, other)
    return Part(number=number, start=start, end=end, low=low, high=high, rounding=rounding, measure=unit, bound=bound)


def _with_unit(text: str, number: Number) -> Part:
    money = units.currency_before(text, number.start)
    start = money.start if money else number.start
    sign = 1.0
    if _is_minus(text, start):
        start, sign = start - 1, -1.0
    if money:
        return valued(number, start, number.end, unit=money.unit, sign=sign)
    if number.kind in ("multiple", "change"):
        return _multiplied(text, number)
    if after := _unit_after(text, number):
        return _and_a_half(text, valued(number, start, after.end, unit=after.unit, sign=sign))
    return _unitless(text, number, start, sign=sign)


def _and_a_half(text: str, part: Part) -> Part:
    """ "An hour and a half"."""
    match = _HALF.match(text, part.end)
    if match is None or part.low != part.high:
        return part
    low = part.low + part.measure.factor / 2
    return replace(part, end=match.end(), low=low, high=low, rounding=part.measure.factor / 4)


def _unitless(text: str, number: Number, start: int, *, sign: float) -> Part:
    if number.kind in ("fraction", "share"):
        return valued(number, start, number.end, unit=_RATIO)
    if number.kind == "plain" and (end := _times_end(text, number)):
        return valued(number, start, end, unit=_RATIO)
    if _is_aged(text, number):
        return replace(valued(number, start, number.end, unit=_YEAR), noun="age")
    return valued(number, start, number.end, unit=_COUNT, sign=sign)


def _multiplied(text: str, number: Number) -> Part:
    if text[number.start : number.end].lower() in ("twice", "thrice") and not _compares(text, number.end):
        return replace(valued(number, number.start, number.end, unit=_COUNT), noun="time")
    return valued(number, number.start, number.end, unit=_RATIO)


def _unit_after(text: str, number: Number) -> units.Found | None:
    end = number.end
    if number.kind == "share":
        return None
    if number.kind in ("fraction", "vague"):
        end = next((end + len(gap) - 1 for gap in _BRIDGES if text[end : end + len(gap)].lower() == gap), end)
        if number.kind == "fraction" and end == number.end and text[end : end + 1] != "-":
            return None
    found = units.after(text, end, value=number.low, scaled=number.scale >= 1000)
    return (
        None
        if found and found.start == number.end and found.unit.name != "percent" and _follows_name(text, number)
        else found
    )


def _follows_name(text: str, number: Number) -> bool:
    """ "iPhone 6s" is no six seconds."""
    return text[number.end : number.end + 1].isalpha() and is_name(text, number) and number.low < 100


def _times_end(text: str, number: Number) -> int:
    """ "Three times the size", "five times as many": where "times" ends; 0 where it only says how often."""
    end = number.end + 6
    is_times = text[number.end : end].lower() in (" times", "-times")
    return end if is_times and _compares(text, end) else 0


def _compares(text: str, end: int) -> bool:
    following = around.after(text, end, most=1)
    word = following[0].lower if following else ""
    is_comparative = word.endswith("er") and word not in _ENDS_IN_ER
    return word in _MULTIPLIED or is_comparative or bool(phrases.trail(text, end, shares=True).word)


def _is_minus(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in ("-", "−") and (start < 2 or text[start - 2] in " (\n\t")


def _is_aged(text: str, number: Number) -> bool:
    """ "Aged 30", "at the age of 30" and the newspaper's "Ida Marsh, 30, said"."""
    if number.kind != "plain" or not 0 < number.low < 130:
        return False
    leading = [word.lower for word in around.before(text, number.start, most=2)]
    if (leading and leading[-1] in ("aged", "age")) or leading == ["age", "of"]:
        return True
    return not number.is_word and _APPOSED.search(text[max(0, number.start - 24) : number.end + 1]) is not None


def _is_something_else(text: str, part: Part) -> bool:
    number = part.number
    if text[number.end : number.end + 1].isalpha():
        return True  # "777ER", "5th": letters that are no unit
    if number.scale > 1 or part.start < number.start:
        return False
    if number.low == 1 and number.is_word and not _counts_one(text, number):
        return True
    return is_name(text, number) or is_year(text, number.start, number.end)


def _counts_one(text: str, number: Number) -> bool:
    """ "One" counts where a noun follows, or where nothing else stands there."""
    noun, _ = nouns.counted(text, number.end, value=1)
    return noun is not None or text.strip() == text[number.start : number.end]


def _is_ago(text: str, end: int) -> bool:
    return [word.lower for word in around.after(text, end, most=1)] == ["ago"]
