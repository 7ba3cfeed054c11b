"""Words around a number that say how firm it is ("at least", "nearly") and which way it goes ("rose", "cheaper").

Tables and their look-ups. The longest phrase wins, since "no more than" says the opposite of "more than".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.quantities import around
from assistant.quantities.models import Bound, Direction

_LEADING: dict[Bound, str] = {
    "about": (
        "about|around|round|roughly|approximately|approx|nearly|almost|circa|some|close to|just under|just over"
        "|just shy of|just short of|an estimated|estimated|more or less|near|in the region of|virtually|practically"
        "|in the neighborhood of|a little over|a little under|slightly over|slightly under|slightly more than"
        "|slightly less than|a little more than|a little less than|just more than|just less than|just above"
        "|just below|something like"
    ),
    "at_least": (
        "at least|more than|over|upwards of|upward of|no fewer than|no less than|not less than|not fewer than|above"
        "|a minimum of|minimum of|minimum|exceeding|in excess of|north of|as few as|as little as|greater than|well over"
        "|well above|beyond|exceeds|exceed|exceeded|topped|tops|topping|surpassed|surpassing|from at least"
        "|significantly more than|considerably more than|far more than|as low as"
    ),
    "at_most": (
        "up to|as many as|as much as|as high as|no more than|not more than|at most|at the most|a maximum of|maximum of"
        "|maximum|fewer than|less than|under|below|within|upto|not exceeding|no higher than|lower than|well under"
        "|well below|no longer than|capped at|south of"
    ),
    "exact": "only|just|exactly|precisely",
}
_BOUNDS: dict[str, Bound] = {phrase: bound for bound, text in _LEADING.items() for phrase in text.split("|")}
_LONGEST = max(phrase.count(" ") + 1 for phrase in _BOUNDS)
_SYMBOL = re.compile(r"(?:<=|>=|[~≈<>≤≥])\s?$")
_SYMBOLS: dict[str, Bound] = {
    "~": "about", "≈": "about", "<": "at_most", "<=": "at_most", "≤": "at_most",
    ">": "at_least", ">=": "at_least", "≥": "at_least",
}  # fmt: skip
_TRAILING: dict[str, Bound] = {
    "or more": "at_least", "or higher": "at_least", "or above": "at_least", "or over": "at_least",
    "and over": "at_least", "and above": "at_least", "plus": "at_least", "at least": "at_least", "or so": "about",
    "or thereabouts": "about", "odd": "about", "ish": "about", "or less": "at_most", "or fewer": "at_most",
    "or lower": "at_most", "or under": "at_most", "at most": "at_most", "at the most": "at_most", "max": "at_most",
}  # fmt: skip

_RISING: Direction = "up"
_FALLING: Direction = "down"
_UP = around.one_of(
    "rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbs "
    "climbed climbing jump jumps jumped jumping surge surges surged surging soar soars soared soaring gain gains "
    "gained gaining up improve improves improved improving boost boosts boosted boosting raise raises raised raising "
    "hike hiked advance advanced rally rallied swell swelled rocketed skyrocketed expand expanded expanding rebounded "
    "growth improvement uptick added higher multiplied"
)
_DOWN = around.one_of(
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases "
    "decreased decreasing down slip slips slipped slide slid sliding sink sank sunk plunge plunges plunged plunging "
    "plummet plummeted plummeting tumble tumbled tumbling shrink shrinks shrank shrunk shrinking cut cuts cutting "
    "slash slashes slashed slashing reduce reduces reduced reducing lower lowers lowered lowering trim trims trimmed "
    "trimming shed sheds lost lose losing loss dip dipped contract contracted reduction weakened eased discounted"
)
VERBS: dict[str, Direction] = {**dict.fromkeys(_UP, _RISING), **dict.fromkeys(_DOWN, _FALLING)}
_WITHOUT_BY = around.one_of(
    "rise rises rose risen rising climb climbs climbed climbing jump jumped jumps surged soared up fall falls "
    "fell fallen falling drop dropped drops decline declined down slip slipped slid sank plunged plummeted "
    "tumbled gained dipped"
)
_COMPARED: dict[str, tuple[Direction, str | None]] = {
    "better": ("up", None), "more": ("up", None), "higher": ("up", None), "greater": ("up", None),
    "stronger": ("up", None), "increase": ("up", None), "rise": ("up", None), "growth": ("up", None),
    "gain": ("up", None), "jump": ("up", None), "improvement": ("up", None), "surge": ("up", None),
    "hike": ("up", None), "boost": ("up", None), "uptick": ("up", None), "raise": ("up", None), "up": ("up", None),
    "faster": ("up", "speed"), "quicker": ("up", "speed"), "speedup": ("up", "speed"), "larger": ("up", "size"),
    "bigger": ("up", "size"), "heavier": ("up", "weight"), "costlier": ("up", "price"), "dearer": ("up", "price"),
    "longer": ("up", "length"), "taller": ("up", "height"), "older": ("up", "age"), "wider": ("up", "width"),
    "worse": ("down", None), "less": ("down", None), "lower": ("down", None), "fewer": ("down", None),
    "decrease": ("down", None), "reduction": ("down", None), "drop": ("down", None), "fall": ("down", None),
    "decline": ("down", None), "cut": ("down", None), "discount": ("down", "price"), "off": ("down", "price"),
    "down": ("down", None), "dip": ("down", None), "slump": ("down", None), "cheaper": ("down", "price"),
    "slower": ("down", "speed"), "smaller": ("down", "size"), "lighter": ("down", "weight"),
    "shorter": ("down", "length"), "younger": ("down", "age"), "thinner": ("down", "thickness"),
    "weaker": ("down", None), "saving": ("down", None), "savings": ("down", None),
}  # fmt: skip
_NOUNS = around.one_of(
    "increase rise growth gain jump improvement surge hike boost uptick raise decrease reduction drop fall "
    "decline cut discount dip slump saving savings"
)
AMOUNT_WORDS = frozenset(("more", "less", "fewer", "higher", "lower"))
_NO_NOUN_BEFORE = around.one_of("of in to and or for as the a by at on from with than over is was")
_AS = around.one_of("many much high large big fast long tall old likely good expensive often powerful efficient")
_AVERAGE = around.one_of("average averages averaged averaging typically typical mean median normally usually")
_WINDOW = 70
_BREAK = re.compile(r"[.;!?\n](?=\s|$)")


class Lead(NamedTuple):
    """What stands before a number: where it begins, how firm it makes it, which way it says it goes."""

    start: int
    """Of the approximators, or of the number where there are none."""
    bound: Bound | None = None
    direction: Direction | None = None
    changes: bool = False
    """The number is the size of the change, whatever its unit."""
    verb_start: int | None = None
    """Of the verb of change, where it stands right before."""
    by: bool = False
    is_level: bool = False
    """ "Rose to 5 percent": where the change led."""


class Trail(NamedTuple):
    end: int
    direction: Direction | None = None
    noun: str | None = None
    word: str = ""


def lead(text: str, start: int) -> Lead:
    """The approximators and the verb of change that stand before `start`."""
    at, bound = _symbol(text, start)
    at, bound = _bounds(text, at, bound)
    signed = text[at - 1 : at] if at and not text[max(0, at - 2) : at - 1].isalnum() else ""
    if signed == "+":
        return Lead(at - 1, bound, "up", changes=True)
    return _moved(text, at, bound)


def trailing_bound(text: str, end: int) -> tuple[int, Bound | None]:
    """ "25+", "300-plus", "25 or more": where it ends and the bound; (`end`, None) where there is none."""
    if text[end : end + 1] == "+":
        return end + 1, "at_least"
    words = around.after(text, end, most=3, hyphens=True)
    for count in range(len(words), 0, -1):
        phrase = " ".join(word.lower for word in words[:count])
        if phrase in _TRAILING and (
            phrase not in ("odd", "ish", "plus", "max") or _ends_clause_or_glued(text, end, words)
        ):
            return words[count - 1].end, _TRAILING[phrase]
    return end, None


def trail(text: str, end: int, *, shares: bool) -> Trail:
    """The word of comparison after a number: "30% better", "a 20% pay rise", "300 more".

    `shares` is whether the number is a share or a multiple; others take only "more", "fewer" and their like.
    """
    words = around.after(text, end, most=3)
    if shares and len(words) > 1 and words[0].lower in ("as", "times") and words[1].lower in _AS | {"as"}:
        return Trail(words[1].end, None, None, "as")
    for place, word in enumerate(words[:2]):
        if word.lower in _NO_NOUN_BEFORE:
            break
        if word.lower not in _COMPARED or (place and word.lower not in _NOUNS):
            continue
        if shares or (word.lower in AMOUNT_WORDS and place == 0):
            direction, noun = _COMPARED[word.lower]
            return Trail(word.end, direction, noun, word.lower)
    return Trail(end)


def is_average(text: str, start: int, end: int) -> bool:
    """Whether the words close by call the figure an average."""
    return bool(_AVERAGE & {*around.nearby(text, start - 24, start), *around.nearby(text, end, end + 24)})


def _symbol(text: str, start: int) -> tuple[int, Bound | None]:
    edge = max(0, start - 4)
    match = _SYMBOL.search(text[edge:start])
    return (edge + match.start(), _SYMBOLS[match[0].strip()]) if match else (start, None)


def _bounds(text: str, at: int, bound: Bound | None) -> tuple[int, Bound | None]:
    """Takes phrases off the end of what stands before, until none is left; a limit is firmer than "about"."""
    while found := _last_phrase(text, at):
        start, stated = found
        if stated == "exact":
            break
        if bound is None or bound == "about":
            bound = stated
        at = start
    return at, bound


def _last_phrase(text: str, at: int) -> tuple[int, Bound] | None:
    words = around.before(text, at, most=_LONGEST)
    for count in range(len(words), 0, -1):
        phrase = " ".join(word.lower for word in words[-count:])
        if phrase in _BOUNDS:
            return words[-count].start, _BOUNDS[phrase]
    return None


def _moved(text: str, at: int, bound: Bound | None) -> Lead:
    words = around.before(text, at, most=2)
    last = words[-1].lower if words else ""
    verb = words[-2] if len(words) > 1 and words[-2].lower in VERBS else None
    if last in ("to", "at"):
        return Lead(at, bound, VERBS[verb.lower] if verb else None, is_level=last == "to")
    if last in ("by", "of") and verb:
        return Lead(at, bound, VERBS[verb.lower], changes=True, verb_start=verb.start, by=True)
    if last == "by":
        direction = _distant_verb(text, at)
        return Lead(at, bound, direction, changes=direction is not None, by=True)
    if last in VERBS:
        return Lead(at, bound, VERBS[last], changes=last in _WITHOUT_BY, verb_start=words[-1].start)
    return Lead(at, bound)


def _distant_verb(text: str, at: int) -> Direction | None:
    """ "Slash those expenses by": the verb that a "by" belongs to, in the same sentence."""
    edge = max(0, at - _WINDOW)
    breaks = [match.end() for match in _BREAK.finditer(text, edge, at)]
    for word in reversed(around.nearby(text, breaks[-1] if breaks else edge, at)):
        if word in VERBS:
            return VERBS[word]
    return None


def _ends_clause_or_glued(text: str, end: int, words: list[around.Word]) -> bool:
    return text[end : end + 1] == "-" or words[0].start == end or len(words) > 1
