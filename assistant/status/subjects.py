"""Where the subject of a verb begins and ends: ranges of words, found by the words and marks that stop them.

A stand-in for the noun phrases of a parser, apart from `reporting`, which decides whether there is a clause at all.
Every range is bounded, so that the work grows with the sentence and nothing else.
"""

from __future__ import annotations

from assistant.status.phrases import words_of
from assistant.status.words import Words

LONGEST = 26
"""Words of a subject or of an aside at most."""
_NOUN = 16
DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday today yesterday")
_BESIDE_VERB = (
    words_of(
        """
    has have had also later then just first now again once already only both all even never still himself
    herself itself themselves further elsewhere too meanwhile however flatly morning night evening afternoon
    """
    )
    | DAYS
)
SUBORDINATORS = words_of(
    """
    that because when after before although though while if whether since until which who whom where whose than
    as how why like
    """
)
_MARKS = words_of(""", ; : ( ) [ ] “ ” " '' ‘ — – - -- . ! ? … | • > """)
STOPS = _MARKS | SUBORDINATORS | words_of("and but or yet nor")
"""Words and marks that no subject reaches over."""
NEGATED = words_of("not never n't didn't doesn't don't wouldn't won't couldn't hasn't haven't hadn't")
QUOTES = frozenset(("“", "”", '"', "''", "‘", "’", "'", "«", "»"))
_ENDS = words_of(". , ; : ! ? ( ) — – -- … and that but as because who when while after to") | QUOTES
_ABBREVIATED = words_of("mr mrs ms dr rep sen gov gen col lt sgt capt maj st prof rev u.s u.k u.n brig adm jr sr")
FINITE = words_of("is was are were has had have will would could may might can did does")
_PAST = words_of("went took saw made came got gave had knew ran spoke wrote left lost held met caught spent")


def left_end(words: Words, head: int) -> int:
    """Where the subject whose last word is `head` begins."""
    first = head
    while first > 0 and head - first < LONGEST and not _stops(words, first - 1):
        first -= 1
    return first


def right_end(words: Words, first: int) -> int:
    """Where the noun that starts at `first` ends; a second name behind "and" belongs to it."""
    low, at = words.low, _noun_end(words, first)
    if at + 1 < len(low) and low[at] == "and" and words.text[at + 1][0].isupper():
        return _noun_end(words, at + 1)
    return at


def _noun_end(words: Words, first: int) -> int:
    low, at = words.low, first
    while at < len(low) and at - first < _NOUN and not _ends(low, at, first):
        at += 1
    return at


def _ends(low: tuple[str, ...], at: int, first: int) -> bool:
    abbreviates = low[at] == "." and at > first and low[at - 1] in _ABBREVIATED and at + 1 < len(low)
    return low[at] in _ENDS and not abbreviates


def has_verb(low: tuple[str, ...]) -> bool:
    """Whether some of the words look like a finite verb."""
    return any(word in FINITE or word in _PAST or (word.endswith("ed") and len(word) > 3) for word in low)


def before_relative(words: Words, relative: int) -> tuple[int, int]:
    """The noun that a relative clause belongs to: `a man who was there said`."""
    head = relative - 1
    if words.low[head] == "," and head:
        head -= 1
    return left_end(words, head), head


def _stops(words: Words, at: int) -> bool:
    """Whether a subject cannot reach over this word to the left; the full stop of an abbreviation lets it."""
    low = words.low
    if low[at] in ("'", "’"):
        return words.quoted[at]
    return low[at] in STOPS and not (
        low[at] == "." and at > 0 and (low[at - 1] in _ABBREVIATED or len(low[at - 1]) == 1)
    )


def skip_left(low: tuple[str, ...], at: int) -> int:
    """Past auxiliaries, adverbs and days before a verb."""
    while at >= 0:
        word = low[at]
        if (
            word in _BESIDE_VERB
            or (word.endswith("ly") and len(word) > 4)
            or word in NEGATED
            or word in ("did", "does", "do")
        ) or (word in ("on", "in", "late", "early", "last", "week", "month", "a", "statement") and _is_time(low, at)):
            at -= 1
        else:
            return at
    return at


def _is_time(low: tuple[str, ...], at: int) -> bool:
    return at + 1 < len(low) and (
        low[at + 1] in DAYS or low[at + 1] in ("week", "month", "last", "late", "early", "statement", "a")
    )


def matching(low: tuple[str, ...], close: int) -> int:
    """Where the aside that ends at `close` opens; 0 or less where it does not."""
    opener = {")": "(", ",": ",", "—": "—", "–": "–"}[low[close]]
    floor = max(0, close - LONGEST)
    return next((place for place in range(close - 1, floor, -1) if low[place] == opener), 0)


def apposition_after(words: Words, last: int) -> tuple[int, int]:
    """What stands beside a noun that ends at `last`: `, a professor at Leeds`; empty where nothing."""
    low = words.low
    if last >= len(low) or low[last] not in (",", "(", "who", "and", "—", "–"):
        return 0, 0
    first = last + 1
    stop = first
    while stop < len(low) and stop - first < 18 and low[stop] not in QUOTES and low[stop] not in (".", ";", ":", ")"):
        if low[stop] == "," and stop > first + 1:
            break
        stop += 1
    return first, stop
