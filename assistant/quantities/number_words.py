"""English number words and scales, as a pattern and as values.

Also used for moments ("two years ago"), so nothing here knows about quantities.
"""

from __future__ import annotations

import re

_LINES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen",
)
_ONES = tuple(word for line in _LINES for word in line.split())
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: float(value) for value, word in enumerate(_ONES)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, start=2)
}
_PARTS = {"half": 0.5, "quarter": 0.25}
SCALES = {
    "ten": 10.0, "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5,
    "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "crore": 1e7, "crores": 1e7,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12, "t": 1e12,
}  # fmt: skip

# "Tenfold" goes on where other words must end.
SMALL_CARDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[1:10])})\b)?"
    rf"|(?:{'|'.join(reversed(_ONES))})(?:\b|(?=fold\b)))"
)
"""Pattern of a whole number below a hundred in words; for IGNORECASE."""
CARDINAL = (
    rf"(?:{SMALL_CARDINAL}(?:[\s-]hundred\b(?:[\s-](?:and[\s-])?{SMALL_CARDINAL})?)?"
    rf"(?:[\s-]thousand\b(?:\s(?:and\s)?{SMALL_CARDINAL}(?:\shundred\b)?)?)?)"
)
"""The same below a million, without a leading article."""


def word_value(words: str) -> tuple[float, float]:
    """The value of "two and a half million", and the largest scale word in it (2500000.0, 1000000.0)."""
    total, current, largest = 0.0, 0.0, 1.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            current = (current or 1.0) * 100
        elif word in SCALES and word != "ten":
            total, current = total + (current or 1.0) * SCALES[word], 0.0
            largest = max(largest, SCALES[word])
        else:
            current += _VALUES.get(word, 0.0) + _PARTS.get(word, 0.0)
    return total + current, largest
