"""Which sentences of a workspace an audit compares: bounded work, before any model is called.

Each sentence with a figure, a date, a name or a negation meets the sentences of the passages nearest to its own in
other articles. Of those, the few go on that share its words and differ in just such a thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from assistant import moments, quantities
from assistant.audit_policy import AuditPolicy
from assistant.comparing import names, negation
from assistant.comparing.statement import Statement, meaning, shared
from assistant.comparing.values import beside
from assistant.distortion import asserted
from assistant.moments import Moment
from assistant.quantities import Quantity
from corpus.dates import day
from corpus.models import Article, Sentence
from index.models import StoredPassage
from index.view import View
from index.workspace import Derived

_FEWEST_WORDS = 4
"""Words that mean something; lines with fewer ("Date: 12 March") are parts of lists and contradict nothing."""
_CHUNK = 256
"""Passages fetched together."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence where it stands."""

    article: Article
    article_number: int
    sentence: Sentence
    statement: Statement
    asserted: Statement
    """What of the statement is compared; see `distortion.asserted`."""


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """Two sentences of different articles that are worth comparing: the lower article id first."""

    a: Placed
    b: Placed
    worth: float
    """The words they share, 0 to 1: what is compared first."""


def worth(a: Statement, b: Statement, policy: AuditPolicy) -> float:
    """How much two sentences share where they may contradict each other, 0 to 1; 0 where nothing suggests it."""
    alike = shared(a.words, b.words)
    if alike < policy.alike or a.text == b.text:
        return 0.0
    if (alike >= policy.negated and _denies(a, b, policy)) or _clash(a, b, policy):
        return alike
    return alike if alike >= policy.renamed and renamed(a, b) else 0.0


def _denies(a: Statement, b: Statement, policy: AuditPolicy) -> bool:
    """Whether only one is negated, and the other has what it denies: its "not" may be about other things."""
    if (a.negations > 0) == (b.negations > 0):
        return False
    denying, other = (a, b) if a.negations else (b, a)
    denied = [meaning(text) for text in negation.scopes(denying.text)]
    return any(len(words & other.words) >= policy.scope * len(words) for words in denied if words)


def _clash(a: Statement, b: Statement, policy: AuditPolicy) -> bool:
    clashes = (one for one in beside(a, b) if one.outcome.verdict == "clash" and one.alike >= policy.surroundings)
    return any(not _said_too(one.a, b) and not _said_too(one.b, a) for one in clashes)


def _said_too(thing: Quantity | Moment, other: Statement) -> bool:
    """Whether the other statement has the same figure or date elsewhere: then it is what the clashing one is not."""
    if isinstance(thing, Moment):
        return any(moments.compare(thing, one).verdict == "same" for one in other.moments)
    return any(quantities.compare(thing, one).verdict == "same" for one in other.quantities)


def renamed(a: Statement, b: Statement) -> bool:
    """Each has a name that the other does not say."""
    return all(
        any(word not in names.spoken(other.text) for name in names.find(one.text) for word in name.words)
        for one, other in ((a, b), (b, a))
    )


def is_checkable(statement: Statement) -> bool:
    """Whether there is anything in it that another sentence could contradict."""
    if len(statement.words) < _FEWEST_WORDS:
        return False
    return bool(statement.negations or statement.quantities or statement.moments or names.find(statement.text))


def pairs(view: View, derived: Derived, policy: AuditPolicy, *, looked: Callable[[int, int], None]) -> list[PlacedPair]:
    """All pairs worth comparing, each once, the most alike first. `looked` is told passages done and in all."""
    shelf = _Shelf(view, derived)
    vectors = view.vectors().astype(np.float32)
    found: dict[tuple[tuple[int, int], tuple[int, int]], PlacedPair] = {}
    for position in range(len(vectors)):
        others = _neighbours(derived, position, vectors[position], policy.neighbours)
        for pair in _partners(shelf.at(position), [one for other in others for one in shelf.at(other)], policy):
            found.setdefault((_place(pair.a), _place(pair.b)), pair)
        looked(position + 1, len(vectors))
    return sorted(found.values(), key=lambda pair: (-pair.worth, pair.a.article.id, pair.b.article.id, _place(pair.a)))


def _neighbours(derived: Derived, position: int, vector: NDArray[np.float32], most: int) -> list[int]:
    """Positions of the nearest passages of other articles."""
    elsewhere = derived.passages[:, 1] != derived.passages[position, 1]
    positions, _ = derived.dense.search(vector, most, allowed=elsewhere)
    return [int(each) for each in positions.tolist()]


def _partners(some: Sequence[Placed], others: Sequence[Placed], policy: AuditPolicy) -> Iterator[PlacedPair]:
    for one in some:
        worthy = ((worth(one.asserted, other.asserted, policy), at) for at, other in enumerate(others))
        for value, at in nlargest(policy.per_sentence, (each for each in worthy if each[0])):
            a, b = sorted((one, others[at]), key=lambda placed: placed.article.id)
            yield PlacedPair(a, b, value)


def _place(placed: Placed) -> tuple[int, int]:
    return placed.article_number, placed.sentence.start


class _Shelf:
    """The checkable sentences of passages, by position; an article's sentences are taken apart once."""

    def __init__(self, view: View, derived: Derived) -> None:
        self._view = view
        self._numbers: list[int] = derived.passages[:, 0].tolist()
        self._articles: dict[int, Article] = {}
        self._passages: dict[int, list[Placed]] = {}
        self._statements: dict[tuple[int, int], Placed | None] = {}

    def at(self, position: int) -> list[Placed]:
        if position not in self._passages:
            first = position - position % _CHUNK
            numbers = self._numbers[first : first + _CHUNK]
            for at, passage in enumerate(self._view.passages(numbers), start=first):
                self._passages[at] = self._sentences(passage)
        return self._passages[position]

    def _sentences(self, passage: StoredPassage) -> list[Placed]:
        article = self._articles.setdefault(passage.article_number, passage.article)
        for sentence in passage.sentences:
            place = (passage.article_number, sentence.start)
            if place not in self._statements:
                self._statements[place] = _placed(article, passage.article_number, sentence)
        found = (self._statements[passage.article_number, one.start] for one in passage.sentences)
        return [one for one in found if one is not None]


def _placed(article: Article, number: int, sentence: Sentence) -> Placed | None:
    published = day(article.published) if article.published else None
    statement = Statement(" ".join(article.text[sentence.start : sentence.end].split()), published=published)
    return Placed(article, number, sentence, statement, asserted(statement)) if is_checkable(statement) else None
