"""Numbers that are one figure together: ranges ("20 to 30 percent", "$5-10m") and sums ("5ft 9in").

Only neighbours are joined, and only where what stands between them says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.quantities import around, phrases
from assistant.quantities.parts import Part, valued
from assistant.quantities.units import Unit

_RANGE = re.compile(r"(?P<dash>\s?[-–—]\s?)|\s(?P<word>to|or|and)\s|-(?P<hyphened>to|or)-")
_SUM = re.compile(r"\s?|,?\sand\s|,\s")
_SUMMED = ("metre", "second", "gram")


def join(text: str, parts: list[Part]) -> Iterator[Part]:
    """The parts of one text in order, neighbours put together where they are one figure."""
    waiting: Part | None = None
    for part in parts:
        if waiting is None:
            waiting = part
        elif together := _sum(text, waiting, part) or _range(text, waiting, part):
            waiting = together
        else:
            yield waiting
            waiting = part
    if waiting is not None:
        yield waiting


def _sum(text: str, first: Part, second: Part) -> Part | None:
    if second.start < first.end or not _SUM.fullmatch(text[first.end : second.start]) or not _is_whole(first):
        return None
    fits = second.measure.name == first.measure.name and second.measure.factor < first.measure.factor
    if (
        first.measure.name == "metre"
        and second.measure.name == "count"
        and text[first.end - 2 : first.end] in ("ft", "et")
    ):
        return _feet_and_inches(first, second)
    if not fits or first.measure.name not in _SUMMED or first.bound != "exact" or second.low >= first.measure.factor:
        return None
    low = first.low + second.low
    return replace(first, end=second.end, low=low, high=low, rounding=second.rounding, measure=second.measure)


def _feet_and_inches(first: Part, second: Part) -> Part | None:
    """ "Six feet two"."""
    if second.low >= 12 or second.number.kind != "plain" or second.start != first.end + 1:
        return None
    low = first.low + second.low * 0.0254
    return replace(first, end=second.end, low=low, high=low, rounding=0.0127)


def _is_whole(part: Part) -> bool:
    return part.number.kind == "plain" and part.number.low == int(part.number.low)


def _range(text: str, first: Part, second: Part) -> Part | None:
    if not (match := _RANGE.fullmatch(text, first.end, max(first.end, second.start))) or first.bound == "range":
        return None
    word = match["word"] or match["hyphened"] or "-"
    leading = around.before(text, first.start, most=2)
    opener = leading[-1].lower if leading else ""
    if (word == "and") != (opener == "between") or (word == "to" and _is_movement(leading)):
        return None
    first, second = _same_unit(first, second)
    if (first.measure != second.measure and first.measure.name != second.measure.name) or not first.low < second.high:
        return None
    opens = opener in ("between", "from") and word in ("and", "to")
    start = leading[-1].start if opens else first.start
    rounding = max(first.rounding, second.rounding)
    return replace(second, start=start, low=first.low, high=second.high, rounding=rounding, bound="range")


def _is_movement(leading: list[around.Word]) -> bool:
    """ "Rose from 20 to 30" and "rose 2 percent to 5": two figures, no range."""
    words = [word.lower for word in leading]
    return any(word in phrases.VERBS for word in words[-1:]) or (words[-1:] == ["from"] and words[0] in phrases.VERBS)


def _same_unit(first: Part, second: Part) -> tuple[Part, Part]:
    """ "$5-10m" and "20 to 30 percent": what one end leaves out is taken from the other."""
    if first.has_unit and second.measure.name == "count":
        second = _in_unit(second, first.measure, 1.0)
    scale = second.number.scale
    shares_scale = first.number.scale == 1 and scale > 1 and first.number.low < second.number.low / scale
    lends = first.measure.name == "count" or (first.measure == second.measure and shares_scale)
    if lends and first.number.kind == "plain":
        first = _in_unit(first, second.measure, scale if shares_scale else 1.0)
    return first, second


def _in_unit(part: Part, measure: Unit, scale: float) -> Part:
    number = replace(part.number, low=part.number.low * scale, high=part.number.high * scale)
    return valued(replace(number, rounding=number.rounding * scale), part.start, part.end, unit=measure)
