"""Lexicons: phrases with a class, kept as data beside this module, and finding them in a row of words.

An entry of a `.tsv` file is a phrase, its class and an example. In a phrase `a|b` is either word and `?a` may be
missing; `*` stands for up to fourteen words and `n't` for every contraction with it. Where entries overlap the
longest wins and keeps its words, so that an entry of a class that nobody asks for ("May Day") takes them away from
a shorter one ("may").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise


def words_of(text: str) -> frozenset[str]:
    """The set of the words in `text`, for the short lists that rules hold themselves."""
    return frozenset(text.split())


_CONTRACTED = words_of(
    "isn't wasn't aren't weren't hasn't haven't hadn't doesn't don't didn't couldn't can't cannot won't wouldn't"
)
_GAP = frozenset("*")
_WIDEST = 15
_Step = tuple[frozenset[str], bool]
"""The words that fit, and whether none may."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of class `kind` at `words[start:end]`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by each word that may open them, in the order of the file."""

    entries: dict[str, list[tuple[tuple[_Step, ...], str]]]

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """The phrases in `words` (lower case), from left to right, without overlaps, the longest at each place."""
        entries, at = self.entries, 0
        for place, word in enumerate(words):
            if place < at or word not in entries:
                continue
            end, kind = self._longest(words, place)
            if end:
                yield Found(place, end, kind)
                at = end

    def kind(self, word: str) -> str | None:
        """The class of a single word."""
        end, kind = self._longest((word,), 0) if word in self.entries else (0, "")
        return kind if end else None

    def _longest(self, words: Sequence[str], place: int) -> tuple[int, str]:
        best, kind = 0, ""
        for steps, of in self.entries[words[place]]:
            end = _fit(steps, words, place)
            if end > best:
                best, kind = end, of
        return best, kind


def _fit(steps: tuple[_Step, ...], words: Sequence[str], at: int) -> int:
    """Where the phrase ends; 0 where it does not fit. An optional word that fits is always taken."""
    stop = len(words)
    for choices, optional in steps:
        if choices == _GAP:
            continue
        reach = _WIDEST if _follows_gap(steps, choices) else 1
        place = next((place for place in range(at, min(stop, at + reach)) if words[place] in choices), -1)
        if place >= 0:
            at = place + 1
        elif not optional:
            return 0
    return at


def _follows_gap(steps: tuple[_Step, ...], choices: frozenset[str]) -> bool:
    return any(step[0] == _GAP and following[0] is choices for step, following in pairwise(steps))


@cache
def lexicon(*names: str) -> Lexicon:
    """The entries of `lexicons/NAME.tsv`, of all the names; read once."""
    entries: dict[str, list[tuple[tuple[_Step, ...], str]]] = {}
    for steps, kind in (entry for name in names for entry in _entries(name)):
        for first in _openers(steps):
            entries.setdefault(first, []).append((steps, kind))
    return Lexicon(entries)


def _entries(name: str) -> Iterator[tuple[tuple[_Step, ...], str]]:
    text = files("assistant.status").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("# "):
            phrase, kind, _example = line.split("\t")
            yield tuple(map(_step, phrase.split())), kind


def _step(written: str) -> _Step:
    choices = written.removeprefix("?").split("|")
    words = [*choices, *_CONTRACTED] if "n't" in choices else choices
    return frozenset(words), written.startswith("?")


def _openers(steps: tuple[_Step, ...]) -> Iterator[str]:
    seen = set[str]()
    for choices, optional in steps:
        yield from choices - seen
        seen |= choices
        if not optional:
            return
