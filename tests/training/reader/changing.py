"""A statement of the news with one thing changed so that both cannot hold: a figure, a date, a name or its polarity.

Rules, on purpose simple: the changed statement is to be learnt from, not to be shown.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|[.,]\d)")
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "a dozen")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS[:-1])})\b")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
    "December",
)
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PART = r"[A-Z][\w’'-]+"
NAME = re.compile(rf"(?<![.!?“\"\w] )(?<!^)\b{_PART}(?: (?:{_PART}|of|the|al|bin)(?= [A-Z]))*(?: {_PART})*")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|did|does|do|should|might|must)\b(?! been)( not\b|n['’]t\b)?"
)
_OPPOSITES = (
    ("confirmed", "denied"),
    ("agreed", "refused"),
    ("true", "false"),
    ("alive", "dead"),
    ("survived", "died"),
    ("accepted", "rejected"),
    ("real", "fake"),
    ("genuine", "a hoax"),
    ("male", "female"),
    ("won", "lost"),
    ("rose", "fell"),
    ("increased", "decreased"),
    ("guilty", "not guilty"),
    ("released", "still holding"),
    ("approved", "blocked"),
    ("found", "failed to find"),
    ("before", "after"),
    ("more than", "less than"),
)


@dataclass(frozen=True, slots=True)
class Changed:
    """The statement as it would read, and the type of the clash."""

    text: str
    type: str


def change(text: str, *, names: Sequence[str], chooser: random.Random) -> Changed | None:
    """One change by chance, of those that the text allows; `names` are others that may stand in a name's place."""

    def name(text: str, chooser: random.Random) -> Changed | None:
        return _name(text, names, chooser)

    ways = [_figure, _day, _polarity, _opposite, name]
    chooser.shuffle(ways)
    return next((found for way in ways if (found := way(text, chooser)) is not None), None)


def _replaced(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]


def _figure(text: str, chooser: random.Random) -> Changed | None:
    found = [one for one in (*_NUMBER.finditer(text), *_NUMBER_WORD.finditer(text)) if not _YEAR.fullmatch(one[0])]
    if not found:
        return None
    match = chooser.choice(found)
    other = _other_number(match[0], chooser)
    return Changed(_replaced(text, match, other), "number") if other != match[0] else None


def _other_number(shown: str, chooser: random.Random) -> str:
    if shown in _WORDS:
        return chooser.choice([one for one in _WORDS if one != shown])
    value = float(shown.replace(",", ""))
    factor = chooser.choice((0.3, 0.5, 0.6, 0.75, 1.3, 1.5, 2, 3, 10))
    other = value * factor if value > 3 else value + chooser.choice((1, 2, 3, 4))
    decimals = len(shown.partition(".")[2])
    return f"{other:,.{decimals}f}" if "," in shown else f"{other:.{decimals}f}"


def _day(text: str, chooser: random.Random) -> Changed | None:
    ways: list[tuple[re.Match[str], Sequence[str]]] = [(one, _DAYS) for one in _DAY.finditer(text)]
    ways += [(one, _MONTHS) for one in _MONTH.finditer(text)]
    ways += [(one, [str(int(one[0]) + by) for by in (-3, -2, -1, 1, 2, 3)]) for one in _YEAR.finditer(text)]
    if not ways:
        return None
    match, others = chooser.choice(ways)
    return Changed(_replaced(text, match, chooser.choice([one for one in others if one != match[0]])), "date")


def _name(text: str, names: Sequence[str], chooser: random.Random) -> Changed | None:
    found = [one for one in NAME.finditer(text) if not (_DAY.search(one[0]) or _MONTH.search(one[0]))]
    if not found or not names:
        return None
    match = chooser.choice(found)
    words = len(match[0].split())
    others = [one for one in names if one not in text and match[0] not in one and abs(len(one.split()) - words) <= 1]
    return Changed(_replaced(text, match, chooser.choice(others)), "identity") if others else None


def _polarity(text: str, chooser: random.Random) -> Changed | None:
    found = list(_AUXILIARY.finditer(text))
    if not found or '"' in text or "“" in text:
        return None
    match = found[0]
    return Changed(_replaced(text, match, match[1] if match[2] else f"{match[1]} not"), "polarity")


def _opposite(text: str, chooser: random.Random) -> Changed | None:
    found = [
        (match, other)
        for pair in _OPPOSITES
        for word, other in (pair, pair[::-1])
        for match in re.finditer(rf"\b{word}\b", text)
    ]
    if not found:
        return None
    match, other = chooser.choice(found)
    return Changed(_replaced(text, match, other), "polarity")
