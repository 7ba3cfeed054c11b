"""A quantity in its normalized form: short, and readable again by `find`."""

from __future__ import annotations

import math

from assistant.quantities.models import Quantity
from assistant.quantities.units import CURRENCIES, DAY, YEAR

_SIGNS = {"at_least": ">= ", "at_most": "<= ", "about": "~ "}
_UNITS = {"percent": "%", "degree_celsius": "°C", "count": ""}
_SPANS = (("year", YEAR), ("month", YEAR / 12), ("week", 7 * DAY), ("day", DAY), ("hour", 3600.0), ("minute", 60.0))


def shown(quantity: Quantity) -> str:
    """The normalized form: "x1.3", "<= x5", "1.13e9 USD", "33 %", "20 to 30", ">= 25", "up 300 USD"."""
    ratio = quantity.as_ratio()
    if ratio is not None:
        return _ratio(*ratio, about=quantity.bound == "about")
    low, high, unit = _measured(quantity)
    if quantity.bound in ("at_least", "at_most"):
        number = _number(high if math.isinf(low) else low)
    else:
        number = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    sign = _SIGNS.get(quantity.bound, "") if low == high or quantity.bound != "about" else ""
    way = f"{quantity.direction} " if quantity.relative and quantity.direction else ""
    return f"{way}{sign}{number}{_tail(quantity, unit)}"


def _ratio(low: float, high: float, *, about: bool) -> str:
    if low == high:
        return f"~ x{_number(low)}" if about else f"x{_number(low)}"
    if math.isinf(high):
        return f">= x{_number(low)}"
    if low in (0.0, 1.0) and high != 1.0:
        return f"<= x{_number(high)}"
    return f">= x{_number(low)}" if high == 1.0 else f"x{_number(low)} to x{_number(high)}"


def _measured(quantity: Quantity) -> tuple[float, float, str]:
    """Low, high and unit as people write them: shares in percent, durations in the largest unit that fits."""
    low, high, unit = quantity.low, quantity.high, quantity.unit
    if unit == "ratio":
        return round(low * 100, 1), round(high * 100, 1), "%"
    if unit == "second":
        name, size = next((span for span in _SPANS if _fits(quantity, span[1])), ("seconds", 1.0))
        return low / size, high / size, f"{name} old" if quantity.noun == "age" else name
    return low, high, _UNITS.get(unit, unit if unit in CURRENCIES else unit.replace("_", " "))


def _fits(quantity: Quantity, size: float) -> bool:
    ends = [end / size for end in (quantity.low, quantity.high) if math.isfinite(end)]
    return all(abs(end) >= 1 and abs(end - round(end)) < 1e-9 * abs(end) for end in ends)


def _tail(quantity: Quantity, unit: str) -> str:
    noun = quantity.noun if quantity.unit == "count" else None
    per = f"per {quantity.per}" if quantity.per else None
    return "".join(f" {word}" for word in (unit, noun, per) if word)


def _number(value: float) -> str:
    """At most twelve significant digits; with an exponent from a million on, else with commas, unlike years."""
    if value and not 1e-3 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.11e}".split("e")
        return f"{float(mantissa):.12g}e{int(exponent)}"
    return f"{value:,.12g}"
