"""Units by the names that articles give them, each with its factor to one base unit.

A table and its look-ups, nothing else. Currencies are units of their own and never converted. Factors are
exact by definition (NIST SP 811, appendix B) save for months and years, which are means.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.quantities import around


class Unit(NamedTuple):
    """`value * factor + offset` is in the unit called `name`."""

    name: str
    factor: float = 1.0
    offset: float = 0.0
    per: str | None = None


class Found(NamedTuple):
    unit: Unit
    start: int
    end: int


DAY = 86400.0
YEAR = 365.25 * DAY
_TIMES = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": DAY, "week": 7 * DAY, "fortnight": 14 * DAY,
    "month": 365.25 / 12 * DAY, "year": 365.25 * DAY, "decade": 3652.5 * DAY, "century": 36525 * DAY,
    "millisecond": 1e-3, "microsecond": 1e-6, "nanosecond": 1e-9, "sec": 1.0, "min": 60.0, "hr": 3600.0,
    "yr": 365.25 * DAY, "ms": 1e-3, "s": 1.0, "h": 3600.0,
}  # fmt: skip
_LENGTHS = {
    "metre": 1.0, "meter": 1.0, "m": 1.0, "centimetre": 0.01, "centimeter": 0.01, "cm": 0.01, "mm": 1e-3,
    "millimetre": 1e-3, "millimeter": 1e-3, "kilometre": 1e3, "kilometer": 1e3, "km": 1e3, "k": 1e3, "nm": 1e-9,
    "nanometre": 1e-9, "nanometer": 1e-9, "mile": 1609.344, "foot": 0.3048, "ft": 0.3048, "inch": 0.0254,
    "in": 0.0254, "yard": 0.9144, "light year": 9.4607304725808e15, "nautical mile": 1852.0,
}  # fmt: skip
_MASSES = {
    "gram": 1.0, "gramme": 1.0, "g": 1.0, "kg": 1e3, "kilogram": 1e3, "kilo": 1e3, "mg": 1e-3, "milligram": 1e-3,
    "tonne": 1e6, "metric ton": 1e6, "ton": 1e6, "lb": 453.59237, "ounce": 28.349523125, "oz": 28.349523125,
    "st": 6350.29318,
}  # fmt: skip
_AREAS = {
    "square metre": 1.0, "square meter": 1.0, "sq m": 1.0, "sqm": 1.0, "square foot": 0.09290304, "sq ft": 0.09290304,
    "square kilometre": 1e6, "square kilometer": 1e6, "sq km": 1e6, "square mile": 2589988.110336,
    "sq mile": 2589988.110336, "acre": 4046.8564224, "hectare": 1e4, "ha": 1e4,
}  # fmt: skip
_VOLUMES = {
    "litre": 1.0, "liter": 1.0, "millilitre": 1e-3, "milliliter": 1e-3, "ml": 1e-3, "gallon": 3.785411784,
    "barrel": 158.987294928, "cubic metre": 1e3, "cubic meter": 1e3, "cubic foot": 28.316846592,
}  # fmt: skip
_BYTES = {"byte": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "kilobyte": 1e3, "megabyte": 1e6,
          "gigabyte": 1e9, "terabyte": 1e12, "petabyte": 1e15, "gib": 2.0**30, "mib": 2.0**20}  # fmt: skip
_POWERS = {"watt": 1.0, "w": 1.0, "kw": 1e3, "mw": 1e6, "gw": 1e9, "kilowatt": 1e3, "megawatt": 1e6, "gigawatt": 1e9,
           "horsepower": 745.6998715822702, "hp": 745.6998715822702, "bhp": 745.6998715822702}  # fmt: skip
_ENERGIES = {"watt hour": 1.0, "wh": 1.0, "kwh": 1e3, "mwh": 1e6, "gwh": 1e9, "kilowatt hour": 1e3}
_FREQUENCIES = {"hertz": 1.0, "hz": 1.0, "khz": 1e3, "mhz": 1e6, "ghz": 1e9, "megahertz": 1e6, "gigahertz": 1e9}
_POINTS = {"percentage point": 1.0, "percent point": 1.0, "pp": 1.0, "basis point": 0.01, "bp": 0.01}
_MONEY = {
    "dollar": "USD", "buck": "USD", "usd": "USD", "us dollar": "USD", "u.s. dollar": "USD", "euro": "EUR", "eur": "EUR",
    "pound sterling": "GBP", "gbp": "GBP", "quid": "GBP", "yen": "JPY", "jpy": "JPY", "yuan": "CNY", "rmb": "CNY",
    "cny": "CNY", "rupee": "INR", "inr": "INR", "ruble": "RUB", "rouble": "RUB", "australian dollar": "AUD",
    "canadian dollar": "CAD", "aud": "AUD", "cad": "CAD", "chf": "CHF", "swiss franc": "CHF", "franc": "CHF",
    "peso": "peso", "krona": "SEK", "kronor": "SEK", "naira": "NGN", "shekel": "ILS", "rand": "ZAR", "dirham": "AED",
    "riyal": "SAR", "lira": "TRY", "bitcoin": "BTC", "btc": "BTC",
}  # fmt: skip
_RATES = {
    "mph": Unit("metre", 1609.344, per="hour"), "kph": Unit("metre", 1e3, per="hour"),
    "kmh": Unit("metre", 1e3, per="hour"), "knot": Unit("metre", 1852.0, per="hour"),
    "kbps": Unit("bit", 1e3, per="second"), "mbps": Unit("bit", 1e6, per="second"),
    "gbps": Unit("bit", 1e9, per="second"), "mpg": Unit("mile", per="gallon"),
}  # fmt: skip
_CELSIUS = Unit("degree_celsius")
_FAHRENHEIT = Unit("degree_celsius", 5 / 9, -160 / 9)
_OTHERS = {
    "percent": Unit("percent"), "per cent": Unit("percent"), "pct": Unit("percent"), "pc": Unit("percent"),
    "cent": Unit("USD", 0.01), "penny": Unit("GBP", 0.01), "pence": Unit("GBP", 0.01), "p": Unit("GBP", 0.01),
    "c": _CELSIUS, "celsius": _CELSIUS, "degree celsius": _CELSIUS, "degree centigrade": _CELSIUS,
    "degree c": _CELSIUS, "f": _FAHRENHEIT, "fahrenheit": _FAHRENHEIT, "degree fahrenheit": _FAHRENHEIT,
    "degree f": _FAHRENHEIT, "degree": Unit("degree"), "calorie": Unit("calorie"), "kcal": Unit("calorie"),
    "volt": Unit("volt"), "decibel": Unit("decibel"), "db": Unit("decibel"), "megapixel": Unit("pixel", 1e6),
    "mp": Unit("pixel", 1e6), "pixel": Unit("pixel"), "mah": Unit("milliampere_hour"), "bit": Unit("bit"),
}  # fmt: skip


def _named(name: str, factors: dict[str, float]) -> dict[str, Unit]:
    return {word: Unit(name, factor) for word, factor in factors.items()}


_NAMES: dict[str, Unit] = {
    **_named("second", _TIMES), **_named("metre", _LENGTHS), **_named("gram", _MASSES),
    **_named("square_metre", _AREAS), **_named("litre", _VOLUMES), **_named("byte", _BYTES),
    **_named("watt", _POWERS), **_named("watt_hour", _ENERGIES), **_named("hertz", _FREQUENCIES),
    **_named("percentage_point", _POINTS), **{word: Unit(name) for word, name in _MONEY.items()}, **_RATES, **_OTHERS,
}  # fmt: skip
_PLURALS = {"feet": "foot", "inches": "inch", "centuries": "century", "pennies": "penny", "ins": "in"}
_NO_PLURALS = frozenset({"has"})
_SYMBOLS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "R$": "BRL", "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "Rs": "INR", "Rs.": "INR", "₩": "KRW",
    "₽": "RUB", "₦": "NGN", "₪": "ILS", "₺": "TRY", "¢": "cent", "USD": "USD", "EUR": "EUR", "GBP": "GBP",
    "JPY": "JPY", "CHF": "CHF", "AUD": "AUD", "CAD": "CAD", "RMB": "CNY", "INR": "INR",
}  # fmt: skip
CURRENCIES = frozenset((*_MONEY.values(), *_SYMBOLS.values(), "KRW")) - {"cent"}
_BEFORE = re.compile(
    r"(?:(?:(?<!\w)(?:US|AU?|CA?|NZ|HK|S|R))?\$|[£€¥₹₩₽₦₪₺]|\b(?:Rs\.?|USD|EUR|GBP|JPY|CHF|AUD|CAD|RMB|INR))\s?$"
)
_SIGN_AFTER = re.compile(
    r"\s?(?P<sign>%|‰|[€£¢$]|[°º]\s?[CF]\b|[°º]|km/h\b|m/s\b|m²|km²|sq\.?\s?ft\b|sq\.\s?(?:m|km|miles?)\b)"
)
_SIGNS = {
    "%": Unit("percent"), "‰": Unit("percent", 0.1), "€": Unit("EUR"), "£": Unit("GBP"), "¢": Unit("USD", 0.01),
    "$": Unit("USD"), "°c": _CELSIUS, "°f": _FAHRENHEIT, "°": Unit("degree"),
    "km/h": Unit("metre", 1e3, per="hour"), "m/s": Unit("metre", per="second"), "m²": Unit("square_metre"),
    "km²": Unit("square_metre", 1e6), "sqft": Unit("square_metre", 0.09290304), "sqm": Unit("square_metre"),
    "sqkm": Unit("square_metre", 1e6), "sqmile": Unit("square_metre", 2589988.110336),
}  # fmt: skip
# Letters that are a unit only right behind the digits; apart from them they are words or names.
_GLUED_ONLY = frozenset(("s", "h", "m", "k", "g", "w", "c", "f", "p", "in", "st", "t", "mp", "ms"))
_SHORT_ONLY_LOWER = frozenset(("p", "s", "h", "m", "k", "g", "in", "st"))
_WEIGHING = around.one_of("weigh weighs weighed weighing weight lost gained lose gain heavier lighter overweight lift")
_WEIGHT_AFTER = around.one_of("of in heavier lighter overweight baby")
_SCREEN_LINES = frozenset((240.0, 360.0, 480.0, 720.0, 1080.0, 1440.0, 2160.0))


def currency_before(text: str, start: int) -> Found | None:
    """The currency sign or code that ends just before `start`, as in "US$5" and "EUR 5"."""
    edge = max(0, start - 6)
    match = _BEFORE.search(text[edge:start])
    if match is None:
        return None
    return Found(Unit(_SYMBOLS[match[0].strip()]), edge + match.start(), start)


def after(text: str, end: int, *, value: float, scaled: bool) -> Found | None:
    """The unit named right after a number that ends at `end`, by sign or by one to three words."""
    if match := _SIGN_AFTER.match(text, end):
        key = match["sign"].lower().replace("º", "°").replace(" ", "").replace(".", "")
        unit = _SIGNS.get(key) or _SIGNS.get(key.removesuffix("s"))
        return Found(unit, match.start("sign"), match.end()) if unit else None
    words = around.after(text, end, most=3, hyphens=True)
    for count in range(len(words), 0, -1):
        found = _named_by(text, end, words[:count], value, scaled)
        if found:
            return found
    return None


def lookup(word: str) -> Unit | None:
    """The unit of one word in singular or plural, such as "weeks"."""
    return _NAMES.get(singular(word.lower()))


def singular(word: str) -> str:
    """The name under which a unit stands in the table; `word` may be several words."""
    *first, last = word.split(" ")
    if last in _PLURALS:
        return " ".join([*first, _PLURALS[last]])
    is_plural = word.endswith("s") and len(word) > 2 and word not in _NO_PLURALS
    return word[:-1] if is_plural and word[:-1] in _NAMES else word


def _named_by(text: str, end: int, words: list[around.Word], value: float, scaled: bool) -> Found | None:
    last = words[-1]
    is_glued = words[0].start == end
    written = " ".join(word.text for word in words)
    if len(words) == 1 and last.lower in ("pound", "pounds", "lbs", "stone"):
        return Found(_pound(text, end, last, value, scaled), last.start, last.end)
    name = singular(" ".join([*(_first(word.lower) for word in words[:-1]), last.lower]))
    unit = _NAMES.get(name)
    if unit is None or (name in _GLUED_ONLY and not is_glued) or not _fits(text, name, written, last, value):
        return None
    return Found(unit, words[0].start, last.end)


def _first(word: str) -> str:
    """ "Degrees Celsius" has its plural in the first word, "square metres" in the last."""
    return {"degrees": "degree", "feet": "foot"}.get(word, word)


def _fits(text: str, name: str, written: str, last: around.Word, value: float) -> bool:
    if text[last.end : last.end + 1].isdigit():
        return False
    if name in _SHORT_ONLY_LOWER and not written.islower():
        return False
    if name == "p":
        return value < 1000 and value not in _SCREEN_LINES
    if name == "g":
        return value > 6  # below that it is a generation of mobile networks
    return not (name == "second" and written == "second" and value != 1 and text[last.start - 1] != "-")


def _pound(text: str, end: int, last: around.Word, value: float, scaled: bool) -> Unit:
    if last.lower == "stone":
        return Unit("gram", 6350.29318)
    if last.lower == "lbs":
        return Unit("gram", 453.59237)
    following = around.after(text, last.end, most=1)
    weighs = _WEIGHING & set(around.nearby(text, end - 60, end)) or (following and following[0].lower in _WEIGHT_AFTER)
    is_money = scaled or (value >= 1000 and not weighs)
    return Unit("GBP") if is_money or not (weighs or value < 1000) else Unit("gram", 453.59237)
