"""Every quantity of a text: numbers with their units, put together with the words around them.

Owns the order only: units, then ranges, then what stands before and after, then whether it is a change or a
level. What the words mean is in `phrases`, `nouns` and `units`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from assistant.quantities import nouns, parts, phrases
from assistant.quantities.exclusions import Spans
from assistant.quantities.joining import join
from assistant.quantities.models import Bound, Direction, Quantity
from assistant.quantities.numbers import scan
from assistant.quantities.parts import Part

# "Fell 20 feet" is a distance; only "fell by 20 feet" would be a change of one.
_NEEDS_BY = ("metre", "second", "gram")


class _Change(NamedTuple):
    """Whether a number is a change, which way, and what it is then measured in."""

    relative: bool = False
    direction: Direction | None = None
    as_percent: bool = False
    from_verb: bool = False


def find(text: str) -> list[Quantity]:
    """The quantities stated in `text`, in order and without overlap. Never raises; linear in the text's length."""
    spans = Spans(text)
    read = [part for number in scan(text) if (part := parts.read(text, number, spans)) is not None]
    found: list[Quantity] = []
    for part in join(text, read):
        quantity = _quantity(text, part)
        if not found or quantity.start >= found[-1].end:
            found.append(quantity)
    return found


def _quantity(text: str, part: Part) -> Quantity:
    lead = phrases.lead(text, part.start)
    bound_end, trailing = phrases.trailing_bound(text, part.end)
    trail = phrases.trail(text, bound_end, shares=part.is_share)
    change = _change(part, lead, trail)
    bound = lead.bound or trailing or part.bound
    low, high, rounding = _values(part, bound, change)
    noun, per, end = _noun_and_per(text, part, trail)
    start = lead.verb_start if change.from_verb and lead.verb_start is not None else lead.start
    return Quantity(
        start=start, end=end, words=text[start:end], low=low, high=high, rounding=rounding,
        unit="percent" if change.as_percent else part.measure.name, noun=noun, bound=bound, per=per,
        direction=change.direction, relative=change.relative, average=phrases.is_average(text, start, end),
    )  # fmt: skip


def _values(part: Part, bound: Bound, change: _Change) -> tuple[float, float, float]:
    factor = 100.0 if change.as_percent and part.measure.name == "ratio" else 1.0
    low = -math.inf if bound == "at_most" else part.low * factor
    high = math.inf if bound == "at_least" else part.high * factor
    return low, high, part.rounding * factor


def _change(part: Part, lead: phrases.Lead, trail: phrases.Trail) -> _Change:
    if part.is_multiple or trail.word == "as":
        return _multiple(part, lead, trail)
    if trail.word:
        return _Change(True, trail.direction, as_percent=part.is_share)
    if lead.is_level or lead.direction is None:
        return _Change(direction=lead.direction)
    if part.is_share or (lead.changes and (lead.by or part.measure.name not in _NEEDS_BY)):
        return _Change(True, lead.direction, as_percent=part.is_share, from_verb=True)
    return _Change()


def _multiple(part: Part, lead: phrases.Lead, trail: phrases.Trail) -> _Change:
    below_one = part.high < 1 or (part.number.kind == "multiple" and lead.direction == "down")
    bare = part.number.kind == "multiple" and not trail.word
    return _Change(True, trail.direction or ("down" if below_one else lead.direction if bare else "up"))


def _noun_and_per(text: str, part: Part, trail: phrases.Trail) -> tuple[str | None, str | None, int]:
    """What is counted, per what, and where the expression ends; the noun itself is not part of it."""
    end = max(phrases.trailing_bound(text, part.end)[0], trail.end)
    noun, noun_end = (part.noun, end) if part.noun else _noun(text, part, end, trail)
    if noun == "age" and text[end:noun_end].lower().endswith("old"):
        end = noun_end
    per, per_end = nouns.per(text, end)
    if trail.word and per not in nouns.TIMES:
        per = None  # "30% better per dollar": what improved is per dollar, not the improvement
    if per is not None:
        end = per_end
    elif noun is not None:
        per, _ = nouns.per(text, noun_end)
    return noun or trail.noun, per or part.measure.per, end


def _noun(text: str, part: Part, end: int, trail: phrases.Trail) -> tuple[str | None, int]:
    if part.measure.name == "second" and text[end : end + 4].lower() in ("-old", " old"):
        return "age", end + 4
    if part.measure.name == "count":
        return nouns.counted(text, end, value=part.low, hyphens=True)
    if part.is_share and not trail.word and text[end : end + 4].lower() == " of ":
        return nouns.counted(text, end, value=0.0)
    return None, end
