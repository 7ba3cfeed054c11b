"""Whether two stated quantities can both hold, and why.

Pure and symmetric in its verdict. What it cannot know is whether the two are about the same thing: that is for
the caller, who asks only for values that answer the same question.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from assistant.quantities import around
from assistant.quantities.models import Comparison, Quantity, Verdict
from assistant.quantities.showing import shown

SLACK = 0.1
"""How far, as a part of its value, a figure called "about" may be off."""
_HEADLINE_GAP = 2.0
"""From this factor on, an "up to" claim of a change and a plain one are no longer the same claim."""
_PERSONS = around.one_of(
    "passenger victim man woman child civilian soldier worker employee resident officer student protester hostage "
    "militant customer user voter patient refugee tourist prisoner journalist firefighter adult boy girl fan "
    "member migrant survivor suspect player crew staff personnel visitor guest citizen driver teacher doctor "
    "nurse"
)
_UNIT_NAMES = {"ratio": "shares", "second": "time", "metre": "length", "gram": "weight", "degree_celsius": "degrees",
               "percentage_point": "percentage points", "square_metre": "area", "litre": "volume"}  # fmt: skip
_ANYONE = ("person", "human", "individual")
_TIMES = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2629800.0,
          "year": 31557600.0, "annum": 31557600.0}  # fmt: skip


class _Extent(NamedTuple):
    """What a quantity allows: from `low` to `high`, each known to within `room`."""

    low: float
    high: float
    room: float
    stated: Quantity

    @property
    def is_point(self) -> bool:
        return self.low == self.high


def compare(a: Quantity, b: Quantity, *, slack: float = SLACK) -> Comparison:
    """Whether `a` and `b`, given for the same question, can both hold. The verdict does not depend on the order.

    `slack` is how far a figure called "about" may be off, as a part of its value.
    """
    if reason := _apart(a, b):
        return Comparison("incomparable", reason)
    one, other = _extents(a, b, slack)
    verdict = _by_noun(a, b, _verdict(one, other))
    return Comparison(verdict, _REASONS[verdict](a, b))


def _apart(a: Quantity, b: Quantity) -> str | None:
    """Why the two cannot be set side by side; None where they can."""
    if a.relative != b.relative:
        change, level = (a, b) if a.relative else (b, a)
        return f"{_quoted(change)} is a change, {_quoted(level)} is a level."
    if _dimension(a) != _dimension(b):
        return f"{_quoted(a)} is in {_unit_name(a)}, {_quoted(b)} in {_unit_name(b)}."
    if a.per != b.per and not _same_rate(a, b):
        return f"{_quoted(a)} is {_per(a)}, {_quoted(b)} is {_per(b)}."
    if not _nouns_meet(a.noun, b.noun):
        return f"{_quoted(a)} is about {a.noun}, {_quoted(b)} about {b.noun}."
    if {a.direction, b.direction} == {"up", "down"} and a.relative and a.noun != b.noun:
        return f"{_quoted(a)} and {_quoted(b)} go different ways, and may measure different things."
    return None


def _dimension(quantity: Quantity) -> str:
    if quantity.relative and quantity.as_ratio() is not None:
        return "change"
    return "share" if quantity.unit in ("percent", "ratio") else quantity.unit


def _same_rate(a: Quantity, b: Quantity) -> bool:
    """ "$60,000 a year" and "$5,000 a month": only equal rates can be told to speak of the same thing."""
    sizes = [_TIMES.get(each.per or "") for each in (a, b)]
    if sizes[0] is None or sizes[1] is None or a.bound != b.bound or math.isinf(a.low) or math.isinf(b.low):
        return False
    return math.isclose(a.low / sizes[0], b.low / sizes[1], rel_tol=0.03)


def _nouns_meet(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return (one in _ANYONE and other in _PERSONS) or (other in _ANYONE and one in _PERSONS)


def _by_noun(a: Quantity, b: Quantity, verdict: Verdict) -> Verdict:
    """Three passengers can be among five people; five passengers cannot be among three."""
    if verdict != "clash" or a.noun == b.noun or a.noun is None or b.noun is None:
        return verdict
    whole, part = (a, b) if a.noun in _ANYONE else (b, a)
    return "compatible" if part.figure <= whole.figure else verdict


def _extents(a: Quantity, b: Quantity, slack: float) -> tuple[_Extent, _Extent]:
    if a.per != b.per:
        return _rate(a), _rate(b)
    return _extent(a, slack), _extent(b, slack)


def _rate(quantity: Quantity) -> _Extent:
    size = _TIMES[quantity.per or ""]
    low, high = quantity.low / size, quantity.high / size
    return _Extent(low, high, abs(low) * 0.03, quantity)


def _extent(quantity: Quantity, slack: float) -> _Extent:
    low, high = quantity.as_ratio() or _level(quantity)
    room = quantity.rounding * _per_unit(quantity)
    if quantity.bound == "about":
        ends = [abs(end) for end in (low, high) if math.isfinite(end)]
        room = max(room, slack * (abs(ends[-1] - 1) if quantity.as_ratio() else ends[-1]))
    return _Extent(low, high, room, quantity)


def _level(quantity: Quantity) -> tuple[float, float]:
    """Shares as parts of one; a change in a unit with the sign of its direction."""
    size = _per_unit(quantity)
    if quantity.relative and quantity.direction == "down":
        return -quantity.high * size, -quantity.low * size
    return quantity.low * size, quantity.high * size


def _per_unit(quantity: Quantity) -> float:
    return 0.01 if quantity.unit == "percent" else 1.0


def _verdict(one: _Extent, other: _Extent) -> Verdict:
    room = max(one.room, other.room) + 1e-9 * max(_size(one), _size(other))
    if _near(one.low, other.low, room) and _near(one.high, other.high, room):
        return "same"
    if max(one.low, other.low) > min(one.high, other.high) + room:
        return "clash"
    if one.stated.relative and (_outdoes(one, other) or _outdoes(other, one)):
        return "clash"
    return "compatible"


def _near(one: float, other: float, room: float) -> bool:
    return one == other or abs(one - other) <= room


def _size(extent: _Extent) -> float:
    return max(abs(end) for end in (extent.low, extent.high) if math.isfinite(end))


def _outdoes(claim: _Extent, other: _Extent) -> bool:
    """ "Up to 5x better" claims a best case near 5x, so a plain "30% better" for the same measure is another claim."""
    if claim.stated.bound != "at_most" or other.stated.average or other.stated.bound == "at_least":
        return False
    most, figure = _change_of(claim), _change_of(other)
    if other.stated.bound == "at_most":
        return abs(most - figure) > max(claim.room, other.room) + 1e-9
    return min(most, figure) * _HEADLINE_GAP < max(most, figure)


def _change_of(extent: _Extent) -> float:
    """The size of the largest change that is claimed: of x5, 4; of x0.4, 0.6."""
    if extent.stated.as_ratio() is None:
        return extent.stated.figure
    return max(abs(end - 1) for end in (extent.low, extent.high) if math.isfinite(end))


def _same(a: Quantity, b: Quantity) -> str:
    return f"{_said(a)}, {_said(b)}: the same figure, as far as they are rounded."


def _compatible(a: Quantity, b: Quantity) -> str:
    return f"{_said(a)}, {_said(b)}: both can hold."


def _clash(a: Quantity, b: Quantity) -> str:
    if a.as_ratio() is not None:
        return f"{_said(a)}, {_said(b)}."
    return f"{_said(a)}, {_said(b)}: they cannot both hold."


_REASONS = {"same": _same, "compatible": _compatible, "clash": _clash}


def _said(quantity: Quantity) -> str:
    """ "Up to 5x better is at most x5"; the words alone where they say the figure already."""
    is_vague = quantity.bound == "about" and quantity.low != quantity.high
    if quantity.as_ratio() is None and quantity.unit != "ratio" and not is_vague:
        return quantity.words
    plain = shown(quantity).replace("<= ", "at most ").replace(">= ", "at least ").replace("~ ", "about ")
    return f"{quantity.words} is {plain}"


def _quoted(quantity: Quantity) -> str:
    return f"“{quantity.words}”"


def _unit_name(quantity: Quantity) -> str:
    if quantity.unit == "count":
        return "plain numbers"
    return _UNIT_NAMES.get(quantity.unit, quantity.unit.replace("_", " "))


def _per(quantity: Quantity) -> str:
    return f"per {quantity.per}" if quantity.per else "a total"
