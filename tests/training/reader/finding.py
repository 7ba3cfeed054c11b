"""Where an answer stands in a text, and pieces of a text made of whole sentences. Pure functions over characters."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence

from corpus import sentences
from corpus.models import Sentence

_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "from",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "many",
        "much",
        "that",
        "this",
        "it",
        "its",
        "as",
        "not",
    ]
)

Span = tuple[int, int]


def occurrences(text: str, answers: Iterable[str]) -> list[Span]:
    """Where any of `answers` stands in `text` as whole words, letter case aside; in order, none inside another."""
    return sorted(
        {
            match.span()
            for answer in answers
            if answer.strip()
            for match in re.finditer(rf"(?<!\w){re.escape(answer.strip())}(?!\w)", text, re.IGNORECASE)
        }
    )


def content_words(text: str) -> set[str]:
    """Lower-case words without the commonest; cut to six letters, a poor man's stemmer."""
    return {word[:6] for word in _WORD.findall(text.lower()) if word not in _COMMON}


def best_sentence(text: str, spans: Sequence[Span], question: str) -> Sentence:
    """The sentence that holds one of `spans` and shares most words with `question`; the earlier of equals."""
    wanted = content_words(question)
    holding = [one for one in sentences.split(text) if any(inside(span, one) for span in spans)]
    if not holding:
        return Sentence(0, len(text))
    return max(holding, key=lambda one: (len(wanted & content_words(text[one.start : one.end])), -one.start))


def inside(span: Span, sentence: Sentence) -> bool:
    return sentence.start <= span[0] and span[1] <= sentence.end


def window(text: str, around: Sentence, *, characters: int, chooser: random.Random) -> Span:
    """Whole sentences that include `around`, about `characters` long, with a random share before and after."""
    pieces = sentences.split(text)
    first = last = next(at for at, one in enumerate(pieces) if one.end > around.start)
    while pieces[last].end < around.end:
        last += 1
    while pieces[last].end - pieces[first].start < characters and (first > 0 or last < len(pieces) - 1):
        forward = last < len(pieces) - 1 and (first == 0 or chooser.random() < 0.5)
        first, last = (first, last + 1) if forward else (first - 1, last)
    return pieces[first].start, pieces[last].end


def within(spans: Iterable[Span], piece: Span) -> tuple[Span, ...]:
    """The spans inside `piece`, counted from its start."""
    return tuple((a - piece[0], b - piece[0]) for a, b in spans if piece[0] <= a and b <= piece[1])
