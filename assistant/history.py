"""How an article's text changed from one revision to the next: which sentences came and went, and what one said before.

Pure: texts in, values out. What is said of it stands in `history_told` (in answers) and `history_text` (printed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.models import Article, Sentence
from corpus.sentences import split

FIELDS = ("title", "publisher", "author", "url", "published", "language")
"""What is known of an article besides its text and may change with a revision."""

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""Share of words (Dice) from which two sentences stand at the same place of a text: one was made of the other."""


@dataclass(frozen=True, slots=True)
class Came:
    """A sentence that only the later of two revisions has, or only the earlier."""

    how: Literal["added", "removed"]
    text: str
    start: int
    """Offset into the text of the revision that has it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something else known of the article that changed."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one revision to the next."""

    fields: Sequence[Changed]
    sentences: Sequence[Came]


def difference(before: Article, after: Article) -> Difference:
    """Sentences in the order in which they stand, what went before what came in its place."""
    return Difference(_fields(before, after), _sentences(before.text, after.text))


def _fields(before: Article, after: Article) -> list[Changed]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIELDS)
    return [Changed(name, old, new) for name, old, new in pairs if old != new]


def _sentences(before: str, after: str) -> list[Came]:
    old, new = split(before), split(after)
    matcher = SequenceMatcher(None, _words_of(before, old), _words_of(after, new), autojunk=False)
    came: list[Came] = []
    for how, a, b, c, d in matcher.get_opcodes():
        if how != "equal":
            came += [Came("removed", before[one.start : one.end], one.start) for one in old[a:b]]
            came += [Came("added", after[one.start : one.end], one.start) for one in new[c:d]]
    return came


def _words_of(text: str, spans: Iterable[Sentence]) -> list[str]:
    """White space that changed is no change."""
    return [" ".join(text[span.start : span.end].split()) for span in spans]


def said_before(quote: str, *, now: str, before: str) -> str | None:
    """What the text `before` said where `now` says `quote`; None where it said the same, or nothing alike.

    That is the sentence most like it that does not stand in `now` any more.
    """
    if quote in before:
        return None
    wanted = _bag(quote)
    gone = (text for text in _texts(before) if text not in now)
    likeness, _, said = max(
        ((_dice(wanted, _bag(text)), -at, text) for at, text in enumerate(gone)), default=(0, 0, "")
    )
    return said if likeness >= _ALIKE and _bag(said) != wanted else None


def _texts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


def _bag(text: str) -> tuple[str, ...]:
    """The words in order: punctuation and case that changed say nothing else."""
    return tuple(_WORD.findall(text.casefold()))


def _dice(a: Sequence[str], b: Sequence[str]) -> float:
    """Of two sets of words: 1 where they are the same, 0 where they share none (Dice, 1945)."""
    both, one, other = len(set(a) & set(b)), len(set(a)), len(set(b))
    return 2 * both / (one + other) if one + other else 0.0
