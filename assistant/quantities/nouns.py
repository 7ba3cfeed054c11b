"""What a number counts, and per what, read off the words that follow it.

No tagger, only the shape of words: a plural soon after the number, before any word that ends a noun phrase, is
what is counted. Where that is not sure, there is no noun; comparing treats that as "cannot tell".
"""

from __future__ import annotations

import re

from assistant.quantities import around

_IRREGULAR = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "police": "police",
    "feet": "foot", "teeth": "tooth", "mice": "mouse", "lives": "life", "wives": "wife", "knives": "knife",
    "leaves": "leaf", "shelves": "shelf", "wolves": "wolf", "troops": "troop", "sheep": "sheep", "fish": "fish",
    "aircraft": "aircraft", "media": "medium", "criteria": "criterion", "firemen": "fireman", "policemen": "policeman",
    "businesses": "business", "series": "series", "species": "species", "times": "time", "cattle": "cattle",
    "staff": "staff", "crew": "crew", "personnel": "personnel", "dead": "death", "movies": "movie", "cookies": "cookie",
    "deaths": "death", "fatalities": "death", "shoes": "shoe", "buses": "bus", "heroes": "hero",
}  # fmt: skip
_STOPS = around.one_of(
    "a an of the this that these those in on at to from by for with without and or but nor as if than then when "
    "while where who whom whose which what were was is are be been being am has have had do does did will would "
    "can could may might must shall should not no it its he she they we you i his her their our my your him them "
    "us me there here since until after before during about over under into out up down off per each every both "
    "so because though against among between through across within around near said says say told died killed "
    "injured wounded missing hurt arrested more less fewer alive only also just still ago later earlier old"
)
_NOT_NOUNS = around.one_of(
    "others previous serious various famous dangerous religious is was has as his this us less yes perhaps always "
    "across nonetheless besides towards overseas worldwide sometimes"
)
_WAYS_OF_BEING = re.compile(r"(?:ed|ing|ly)$")
TIMES = around.one_of("second minute hour day night week fortnight month quarter year decade annum season")
_PER = around.one_of(
    "share person head capita barrel tonne ton kilogram kilo kg litre liter gallon ounce mile kilometre kilometer "
    "km pound dollar employee worker student pupil customer user household unit game match episode ticket visit "
    "trip vote metre inch child patient passenger acre hectare square session item plate bottle wafer token query "
    "chip"
)
_ADVERBS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
    "nightly": "night",
}  # fmt: skip
_SLASH = re.compile(r"\s?/\s?([A-Za-z]+)\b")
_SHORT = {"hr": "hour", "h": "hour", "sec": "second", "s": "second", "min": "minute", "yr": "year", "annum": "year",
          "kilo": "kilogram", "kg": "kilogram", "liter": "litre", "kilometer": "kilometre", "km": "kilometre",
          "capita": "person", "head": "person"}  # fmt: skip


def counted(text: str, end: int, *, value: float, hyphens: bool = False) -> tuple[str | None, int]:
    """The noun counted by a number that ends at `end`, and where that noun ends (`end` itself if None)."""
    words = around.after(text, end, most=5, hyphens=hyphens)
    if words and words[0].lower == "of":
        words = (
            words[2:]
            if len(words) > 1 and words[1].lower in ("the", "its", "their", "his", "her", "all", "our")
            else words[1:]
        )
    phrase = _phrase(words)
    for word in phrase:
        if _is_plural(word):
            return singular(word.lower), word.end
    if (
        phrase
        and phrase[-1].text.isalpha()
        and (value == 1 or len(phrase) == 1)
        and not _WAYS_OF_BEING.search(phrase[-1].lower)
    ):
        rest = words[len(phrase) :]
        closes = rest[0].lower not in ("off", "out", "up", "down") if rest else len(words) < 5
        return (singular(phrase[-1].lower), phrase[-1].end) if closes else (None, end)
    return None, end


def per(text: str, end: int) -> tuple[str | None, int]:
    """ "A year", "per share", "/hour", "annually" right after `end`: the noun and where it ends."""
    if match := _SLASH.match(text, end):
        name = match[1].lower()
        return (_SHORT.get(name, name), match.end()) if name in TIMES | _PER | set(_SHORT) else (None, end)
    words = around.after(text, end, most=2, hyphens=True)
    if words and words[0].lower in _ADVERBS:
        return _ADVERBS[words[0].lower], words[0].end
    if len(words) == 2 and words[0].lower in ("a", "an", "per", "each", "every"):
        name = words[1].lower
        known = name in TIMES or name in _PER or words[0].lower == "per"
        if known and words[0].text != "A":
            return _SHORT.get(name, name), words[1].end
    return None, end


def singular(word: str) -> str:
    """The singular of an English noun in lower case, as far as its ending tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:sses|shes|ches|xes|zzes)$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


def _phrase(words: list[around.Word]) -> list[around.Word]:
    phrase: list[around.Word] = []
    for word in words:
        if word.lower in _STOPS or (phrase and _is_plural(phrase[-1])):
            break
        phrase.append(word)
    return phrase


def _is_plural(word: around.Word) -> bool:
    lower = word.lower
    if lower in _NOT_NOUNS or (word.text.isupper() and len(word.text) > 1) or "'" in lower or "’" in lower:
        return False
    if lower in _IRREGULAR:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 2
