"""Where an article names whom: capitalised words by sentence, and what stands beside a name when it is introduced.

So that a surname on later mention finds the role that its bearer came with. Built once for an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.status.phrases import lexicon, words_of
from assistant.status.words import Words

_MARKS = frozenset("\"“”‘’'()[],;:—–")
_ROLE_BEFORE = 9
_ROLE_AFTER = 16


@dataclass(frozen=True, slots=True)
class Mentions:
    """Capitalised words of an article with every place (sentence, word) where they stand, in order."""

    sentences: Sequence[Words]
    places: dict[str, list[tuple[int, int]]]

    def first(self, name: str) -> tuple[int, int] | None:
        """Where a name first stands with another capitalised word beside it, else where it first stands."""
        places = self.places.get(name)
        if not places:
            return None
        return next((place for place in places if self._is_full(place)), places[0])

    def count(self, name: str, *, before: int) -> int:
        """In how many places before a sentence the name stands."""
        return sum(sentence < before for sentence, _ in self.places.get(name, ()))

    def role_words(self, place: tuple[int, int]) -> tuple[str, ...]:
        """The words of the title before a name and of the apposition behind it."""
        words = self.sentences[place[0]]
        return (*_title(words, place[1]), *_apposition(words, place[1]))

    def _is_full(self, place: tuple[int, int]) -> bool:
        text, at = self.sentences[place[0]].text, place[1]
        return at > 0 and text[at - 1][0].isupper()


def read(sentences: Sequence[Words]) -> Mentions:
    places: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(sentences):
        for at, shown in enumerate(words.text):
            if shown[0].isupper():
                places.setdefault(bare(words.low[at]), []).append((number, at))
    return Mentions(sentences, places)


def bare(word: str) -> str:
    """Without the possessive ending."""
    return word.removesuffix("'s")


def _title(words: Words, at: int) -> tuple[str, ...]:
    """The role and the other names right before a name, as far as words go on that can stand in a title."""
    low, text, first = words.low, words.text, at
    if first > 0 and low[first - 1] == "(":
        first = at = first - 1
    while first > 0 and at - first < _ROLE_BEFORE and _in_title(text[first - 1], low[first - 1]):
        first -= 1
    return low[first:at]


def _in_title(text: str, low: str) -> bool:
    return text[0].isupper() or low in _TITLE_WORDS or lexicon("sources").kind(low) is not None


_TITLE_WORDS = words_of(
    """
    of the and for in defence defense senior deputy vice general assistant chief associate . presidential
    """
)


def _apposition(words: Words, at: int) -> tuple[str, ...]:
    low, first = words.low, at + 1
    if first < len(low) and low[first] in ("(", "’"):
        first += 1
    if first >= len(low) or low[first] not in (",", "—", "–") or low[first + 1 : first + 2] == ("who",):
        return ()
    stop = first + 1
    while stop < len(low) and stop - first < _ROLE_AFTER and low[stop] not in (".", ";", "”", '"', ",", ")", "—"):
        stop += 1
    if stop < len(low) and low[stop] == "," and stop - first <= 2:
        return (*low[first + 1 : stop], *_apposition_on(low, stop + 1))
    return low[first + 1 : stop]


def _apposition_on(low: tuple[str, ...], first: int) -> tuple[str, ...]:
    """Goes on past an age: `Jo Marlow, 43, a dentist`."""
    stop = first
    while stop < len(low) and stop - first < _ROLE_AFTER and low[stop] not in (".", ";", "”", '"', ",", ")", "—"):
        stop += 1
    return low[first:stop]
