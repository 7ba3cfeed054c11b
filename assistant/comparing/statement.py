"""What is compared: a statement of an article, with the words in it that answer the question. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant import moments, quantities
from assistant.moments import Moment
from assistant.quantities import Quantity
from assistant.reading import Stance

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_COMMON = frozenset(
    word
    for line in (
        "a an the of to in on at for by with from and or but is are was were be been being do does did has have had",
        "will would can could may might must shall should that this these those it its he she they his her their him",
        "them we you i as not no than then so if when while who whom which what where after before about into over",
        "under out up said says say told also more most just only there here s t",
    )
    for word in line.split()
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|none|nobody|neither|without|denied|denies|deny|denying|false|fake|hoax|untrue|refused|"
    r"refuses|rejected|rejects|dismissed|failed|debunked|unlikely|incorrect|wrong|myth)\b|n['’]t\b",
    re.IGNORECASE,
)
_RESERVE = re.compile(
    r"\b(?:may|might|could|reportedly|allegedly|apparently|possibly|perhaps|probably|likely|rumou?r\w*|alleged|claims?|"
    r"claimed|suspected|believed|thought|unconfirmed|unverified|appears?|seems?|purported\w*|suggests?)\b",
)


@dataclass(frozen=True)
class Statement:
    """A sentence, and what in it answers the question, if there is one."""

    text: str
    answer: tuple[int, int] | None = None
    """The answering words: `text[start:end]`."""
    margin: float = 0.0
    """How much more speaks for these words being an answer than for there being none."""
    stance: Stance | None = None
    """To a yes/no question; the reader's is that of the passage around it."""
    leads: bool = True
    """Whether this sentence, of its passage, fits the question best."""
    published: date | None = None

    @property
    def answering(self) -> str:
        """The answering words; "" where there are none."""
        return "" if self.answer is None else self.text[slice(*self.answer)]

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        return quantities.find(self.text)

    @cached_property
    def moments(self) -> Sequence[Moment]:
        return moments.find(self.text, published=self.published)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words that mean something, in one letter case."""
        return meaning(self.text)

    @cached_property
    def negations(self) -> int:
        return len(_NEGATION.findall(self.text))

    @cached_property
    def has_reserve(self) -> bool:
        return _RESERVE.search(self.text) is not None

    def inside_answer(self, thing: Quantity | Moment) -> bool:
        """Whether a figure or date stands among the answering words, at least in part."""
        return self.answer is not None and thing.start < self.answer[1] and self.answer[0] < thing.end


def meaning(text: str) -> frozenset[str]:
    return frozenset(word for word in (found.casefold() for found in _WORD.findall(text)) if word not in _COMMON)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard similarity of two sets of words, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0
