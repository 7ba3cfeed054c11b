"""Names in a text, told by their capitals, and whether another text has them. Pure.

Rules over letters, no list of names: who or what a name stands for is not known here. A number that belongs to a name
("Maia 200") is part of it and no figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[\"“‘(]\s*|^\W+)$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_NO_NAMES = frozenset(
    word
    for line in (
        "january february march april may june july august september october november december jan feb mar apr jun jul",
        "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday i mr mrs ms dr",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half",
        "a an the of to in on at for by with from and or but is are was were do does did has have had will would can",
        "could may might must should that this these those it its he she they his her their we you not no nobody none",
        "neither never all both each every some any about around nearly almost more most less than after before when",
        "while as if so then there here what who where which how why according since until during between under over",
        "only also still yet even just another other its our my your many much few several such",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """Words that stand together as one name: `text[start:end]`."""

    start: int
    end: int
    words: tuple[str, ...]
    """In one letter case, without possessives; a number with the word before it: "maia", "maia 200"."""


def find(text: str, *, known: Collection[str] | None = None) -> list[Name]:
    """The names of `text`, in order.

    A capital at the beginning of a sentence may be no name. With `known`, the words that have one inside a sentence,
    it counts where it is among them or the next word has a capital too; without, it always counts.
    """
    found: list[Name] = []
    for match in _TOKEN.finditer(text):
        word = _plain(match.group())
        last = found[-1] if found and text[found[-1].end : match.start()] == " " else None
        if last is not None and match.group().isdigit() and not _YEAR.match(match.group()):
            found[-1] = Name(last.start, match.end(), (*last.words, f"{last.words[-1]} {word}"))
        elif not _is_capital(match.group(), word):
            continue
        elif last is not None:
            found[-1] = Name(last.start, match.end(), (*last.words, word))
        else:
            found.append(Name(match.start(), match.end(), (word,)))
    return [name for name in found if not _is_beginning(text, name) or _is_sure(text, name, known)]


def _is_capital(token: str, word: str) -> bool:
    return token[0].isalpha() and any(letter.isupper() for letter in token) and word not in _NO_NAMES


def _is_beginning(text: str, name: Name) -> bool:
    return _BEGINS.search(text[: name.start]) is not None


def _is_sure(text: str, name: Name, known: Collection[str] | None) -> bool:
    if known is None:
        return True
    token = text[name.start : name.end]
    return len(name.words) > 1 or name.words[0] in known or not token[1:].islower()


def known(text: str) -> frozenset[str]:
    """Words that stand with a capital inside a sentence of `text`."""
    return frozenset(word for name in find(text) if not _is_beginning(text, name) for word in name.words)


def spoken(text: str) -> frozenset[str]:
    """All words of `text` in one letter case, without possessives, and each number with the word before it."""
    words = [_plain(token) for token in _TOKEN.findall(text)]
    numbered = (f"{one} {other}" for one, other in pairwise(words) if other.isdigit())
    return frozenset(words) | frozenset(numbered)


def _plain(token: str) -> str:
    return _POSSESSIVE.sub("", token).casefold()


def holds(words: Collection[str], word: str) -> bool:
    """Whether a word is among others, in the singular or the plural."""
    return word in words or f"{word}s" in words or (word.endswith("s") and word[:-1] in words)


_ALIKE = 0.85
"""Share of letters from which on two spellings are of one name: "Daiane" and "Diane"."""


_TITLES = frozenset(
    ("mr", "mrs", "ms", "dr", "sir", "lady", "lord", "captain", "mayor", "president", "minister", "sergeant", "sister")
)


def same(one: str, other: str) -> bool:
    """Whether two answers name the same: one name without its title in the other, or one name in two spellings."""
    words, others = _plain_words(one), _plain_words(other)
    if not words or not others:
        return False
    if set(words) <= set(others) or set(others) <= set(words):
        return True
    return len(words) == len(others) and all(map(_close, words, others))


def relatives(one: str, other: str) -> bool:
    """Whether two answers are whole names of two people with one surname: "Jonas Velk" and "Joran Velk"."""
    words, others = _plain_words(one), _plain_words(other)
    whole = len(_TOKEN.findall(one)) == len(words) == len(others) == len(_TOKEN.findall(other)) == 2
    return whole and words[1] == others[1] and not _close(words[0], others[0])


def _plain_words(text: str) -> list[str]:
    """Of all names in `text`, without titles."""
    return [word for name in find(text) for word in name.words if word not in _TITLES]


def _close(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
