"""The sentences of a workspace that something could contradict, where they stand; each is taken apart once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.comparing import names
from assistant.comparing.statement import Statement
from assistant.distortion import asserted
from corpus.dates import day
from corpus.models import Article, Sentence
from index.models import StoredPassage
from index.view import View
from index.workspace import Derived

_FEWEST_WORDS = 4
"""Words that mean something; lines with fewer ("Date: 12 March") are parts of lists and contradict nothing."""
_CAPTION = re.compile(
    r"^(?:A|View this) (?:photo|video|post)\b.{0,10}\b(?:posted|shared|on)\b|^(?:Posted|Published) (?:by|on)\b|"
    r"\bGetty Images\b|/(?:AP|AFP|Reuters|dpa)\b"
)
"""Captions of pictures and what embedded posts carry with them: no sentences of the article."""
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


def is_checkable(statement: Statement) -> bool:
    """Whether there is anything in it that another sentence could contradict."""
    if len(statement.words) < _FEWEST_WORDS or _CAPTION.search(statement.text):
        return False
    return bool(statement.negations or statement.quantities or statement.moments or names.find(statement.text))


class Shelf:
    """The checkable sentences of all passages that stand now, by the passage's position in the indexes."""

    def __init__(self, view: View, derived: Derived) -> None:
        self._by_place: dict[tuple[int, int], Placed | None] = {}
        self._by_article: dict[int, list[Placed]] = {}
        self._articles: dict[int, Article] = {}
        self._passages: dict[int, list[Placed]] = {}
        present = derived.present()
        for first in range(0, len(present), _CHUNK):
            some = present[first : first + _CHUNK]
            passages = view.passages(derived.passages[some, 0].tolist())
            self._passages |= {at: self._sentences(one) for at, one in zip(some.tolist(), passages, strict=True)}

    @property
    def positions(self) -> Sequence[int]:
        """Ascending."""
        return list(self._passages)

    def at(self, position: int) -> Sequence[Placed]:
        """The sentences of one passage."""
        return self._passages[position]

    def of_article(self, number: int) -> Sequence[Placed]:
        """In the order in which they stand."""
        return self._by_article.get(number, [])

    def all(self) -> Iterator[Placed]:
        """Each sentence once."""
        for some in self._by_article.values():
            yield from some

    def _sentences(self, passage: StoredPassage) -> list[Placed]:
        number = passage.article_number
        article = self._articles.setdefault(number, passage.article)
        found = (self._placed(article, number, sentence) for sentence in passage.sentences)
        return [one for one in found if one is not None]

    def _placed(self, article: Article, number: int, sentence: Sentence) -> Placed | None:
        place = (number, sentence.start)
        if place not in self._by_place:
            placed = self._by_place[place] = _placed(article, number, sentence)
            if placed is not None:
                self._by_article.setdefault(number, []).append(placed)
        return self._by_place[place]


def _placed(article: Article, number: int, sentence: Sentence) -> Placed | None:
    published = day(article.published) if article.published else None
    statement = Statement(" ".join(article.text[sentence.start : sentence.end].split()), published=published)
    if not is_checkable(statement):
        return None
    compared = asserted(statement)
    return Placed(article, number, sentence, statement, statement if compared == statement else compared)
