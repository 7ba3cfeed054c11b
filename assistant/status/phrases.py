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
from pathlib import Path


def words_of(text: str) -> frozenset[str]:
    """The set of the words in `text`, for the short lists that rules hold themselves."""
    return frozenset(text.split())


_CONTRACTED = words_of(
    "isn't wasn't aren't weren't hasn't haven't hadn't doesn't don't didn't couldn't can't cannot won't wouldn't"
)
_FOLDER = Path(__file__).parent / "lexicons"
_WIDEST = 15
_Step = tuple[frozenset[str], bool, int]
"""The words that fit, whether none may, and how many words further on they may stand."""


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
    for choices, optional, reach in steps:
        if at < stop and words[at] in choices:
            at += 1
        elif reach:
            at = next((place + 1 for place in range(at, min(stop, at + reach)) if words[place] in choices), 0)
            if not at:
                return 0
        elif not optional:
            return 0
    return at


@cache
def lexicon(*names: str) -> Lexicon:
    """The entries of `lexicons/NAME.tsv`, of all the names; read once."""
    entries: dict[str, list[tuple[tuple[_Step, ...], str]]] = {}
    for steps, kind in (entry for name in names for entry in _entries(name)):
        for first in _openers(steps):
            entries.setdefault(first, []).append((steps, kind))
    return Lexicon(entries)


def _entries(name: str) -> Iterator[tuple[tuple[_Step, ...], str]]:
    for line in (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            phrase, kind, _example = line.split("\t")
            yield tuple(_steps(phrase.split())), kind


def _steps(phrase: Sequence[str]) -> Iterator[_Step]:
    reach = 0
    for written in phrase:
        if written == "*":
            reach = _WIDEST
            continue
        choices = written.removeprefix("?").split("|")
        words = [*choices, *_CONTRACTED] if "n't" in choices else choices
        yield frozenset(words), written.startswith("?"), reach
        reach = 0


def _openers(steps: tuple[_Step, ...]) -> Iterator[str]:
    seen = set[str]()
    for choices, optional, _ in steps:
        yield from choices - seen
        seen |= choices
        if not optional:
            return
