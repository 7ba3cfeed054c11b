"""The words just before and just after a place in a text, with their offsets.

Windows are of fixed size, so that looking around every number of a long text stays linear. Nothing here knows
what the words mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WINDOW = 72


class Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()


def one_of(line: str) -> frozenset[str]:
    """The words of a line as a set, for tables of words."""
    return frozenset(line.split())


def before(text: str, position: int, *, most: int = 6) -> list[Word]:
    """The words that end at `position`, in order, as far as only white space parts them."""
    found: list[Word] = []
    edge = max(0, position - _WINDOW)
    words = [Word(match[0], *match.span()) for match in _WORD.finditer(text, edge, position)]
    for word in reversed(words):
        cut_off = word.start == edge and edge > 0
        if cut_off or len(found) == most or not _is_gap(text[word.end : position]):
            break
        found.append(word)
        position = word.start
    return found[::-1]


def after(text: str, position: int, *, most: int = 6, hyphens: bool = False) -> list[Word]:
    """The words that follow `position`, as far as only white space parts them (or a hyphen, with `hyphens`)."""
    found: list[Word] = []
    for match in _WORD.finditer(text, position, position + _WINDOW):
        gap = text[position : match.start()]
        if len(found) == most or not (_is_gap(gap) or (hyphens and gap == "-")):
            break
        found.append(Word(match[0], *match.span()))
        position = match.end()
    return found


def nearby(text: str, start: int, end: int) -> list[str]:
    """Every word between two places, in lower case, without regard to what parts them."""
    return [match[0].lower() for match in _WORD.finditer(text, max(0, start), end)]


def _is_gap(gap: str) -> bool:
    return len(gap) <= 3 and (not gap or gap.isspace())
