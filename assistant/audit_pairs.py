"""Which sentences of a workspace an audit compares: bounded work, before any model is called.

Each sentence with a figure, a date, a name or a negation meets the sentences of the passages nearest to its own in
articles of another origin. Of those, the few go on that share its telling words and differ in a figure or date, or deny
what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from assistant.audit_context import of_others, tells_both
from assistant.audit_policy import AuditPolicy
from assistant.audit_shelf import Placed, Shelf
from assistant.comparing import rarity as rarities
from assistant.comparing.denial import denying
from assistant.comparing.rarity import Rarity
from assistant.comparing.rivals import rivals
from assistant.comparing.statement import Statement
from index.view import View
from index.workspace import Derived


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """Two sentences of articles of different origin that are worth comparing: the lower article id first."""

    a: Placed
    b: Placed
    worth: float
    """The telling words they share, 0 to 1: what is compared first."""


def worth(a: Statement, b: Statement, rarity: Rarity, policy: AuditPolicy) -> float:
    """How much two sentences share where they may contradict each other, 0 to 1; 0 where nothing suggests it."""
    if len(a.words & b.words) < policy.fewest_shared or a.text == b.text:
        return 0.0
    alike = rarity.covered(a.words, b.words)
    if alike < policy.alike:
        return 0.0
    if rivals(a, b) or (alike >= policy.denied and denying(a, b, rarity)):
        return alike
    return 0.0


def pairs(view: View, derived: Derived, policy: AuditPolicy, *, looked: Callable[[int, int], None]) -> list[PlacedPair]:
    """All pairs worth comparing, each once, the most alike first. `looked` is told passages done and in all."""
    shelf = Shelf(view, derived)
    finder = _Finder(shelf, rarities.of_sentences(one.asserted.words for one in shelf.all()), view, derived, policy)
    found: dict[tuple[tuple[int, int], tuple[int, int]], PlacedPair] = {}
    positions = shelf.positions
    for done, position in enumerate(positions, start=1):
        for pair in finder.of(position):
            found.setdefault((_place(pair.a), _place(pair.b)), pair)
        looked(done, len(positions))
    return sorted(found.values(), key=lambda pair: (-pair.worth, pair.a.article.id, pair.b.article.id, _place(pair.a)))


class _Finder:
    """Finds the partners of a passage's sentences."""

    def __init__(self, shelf: Shelf, rarity: Rarity, view: View, derived: Derived, policy: AuditPolicy) -> None:
        self._shelf, self._rarity, self._derived, self._policy = shelf, rarity, derived, policy
        self._present: NDArray[np.bool_] = np.zeros(len(derived.passages), dtype=np.bool_)
        self._present[shelf.positions] = True
        self._origins: Mapping[int, str] = view.origins_of(set(derived.passages[self._present, 1].tolist()))

    def of(self, position: int) -> Iterator[PlacedPair]:
        others = [one for other in self._neighbours(position) for one in self._shelf.at(other)]
        for one in self._shelf.at(position):
            worthy = [(self._worth(one, other), at) for at, other in enumerate(others)]
            kept = (each for each in nlargest(self._policy.per_sentence * 2, worthy) if each[0])
            some = [each for each in kept if self._speak_of_the_same(one, others[each[1]])]
            for value, at in some[: self._policy.per_sentence]:
                a, b = sorted((one, others[at]), key=lambda placed: placed.article.id)
                yield PlacedPair(a, b, value)

    def _worth(self, one: Placed, other: Placed) -> float:
        if self._origins[one.article_number] == self._origins[other.article_number]:
            return 0.0
        return worth(one.asserted, other.asserted, self._rarity, self._policy)

    def _speak_of_the_same(self, one: Placed, other: Placed) -> bool:
        return not of_others(one, other) and not tells_both(one, other, self._shelf, self._rarity)

    def _neighbours(self, position: int) -> Sequence[int]:
        """Positions of the nearest passages of other articles."""
        passages = self._derived.passages
        elsewhere = self._present & (passages[:, 1] != passages[position, 1])
        [vector] = self._derived.dense.vectors(np.array([position]))
        positions, cosines = self._derived.dense.search(vector, self._policy.neighbours, allowed=elsewhere)
        near = zip(positions.tolist(), cosines.tolist(), strict=True)
        return [int(each) for each, cosine in near if cosine >= self._policy.near]


def _place(placed: Placed) -> tuple[int, int]:
    return placed.article_number, placed.sentence.start
