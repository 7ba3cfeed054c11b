"""How much words tell, by how rare they are among the sentences at hand. Pure.

What two sentences share counts for little where every sentence has it: in a hundred articles about one film its title
tells nothing. (Spärck Jones 1972, smoothed so that a handful of sentences has weights, too.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of all sentences each word stands. `of_sentences` makes one."""

    counts: Mapping[str, int]
    sentences: int

    def weight(self, words: Collection[str]) -> float:
        """The sum over the words; one that no sentence has counts as if one had it."""
        return sum(log(1 + self.sentences / self.counts.get(word, 1)) for word in words)

    def covered(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Of the sentence that tells less, the part of its weight that the other has, too; 0 to 1."""
        common = one & other
        if not common:
            return 0.0
        return self.weight(common) / min(self.weight(one), self.weight(other))


EVEN = Rarity({}, 1)
"""Where nothing is known of other sentences: each word counts the same."""


def of_sentences(sentences: Iterable[frozenset[str]]) -> Rarity:
    """Each sentence as the set of its words."""
    counts: Counter[str] = Counter()
    total = 0
    for words in sentences:
        counts.update(words)
        total += 1
    return Rarity(counts, max(total, 1))
