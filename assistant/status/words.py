"""The words of a sentence as the rules read them: lower case, with their offsets, and whether they stand in quotation.

Quotation marks are followed from sentence to sentence, since a speech runs over several; a paragraph that does not
open with a mark ends one that was never closed. This module knows marks and layout, and nothing of what words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Sentence

_TOKEN = re.compile(r"[@#$£€]?[^\W_]+(?:(?:['’.&@/_+-]|,(?=\d))+[^\W_]+)*|''|’’|‘‘|\S")
_MARKS = frozenset("\"“”„«»‘’'") | {"''", "’’", "‘‘"}
_OPENERS, _CLOSERS = frozenset(("“", "„", "«", "‘‘")), frozenset(("”", "»", "’’"))
_FLAT = frozenset(('"', "''"))
_PARAGRAPH = re.compile(r"[\n\r\v\f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of one sentence, in parallel rows."""

    sentence: Sentence
    text: tuple[str, ...]
    low: tuple[str, ...]
    """Lower case, with straight apostrophes."""
    starts: tuple[int, ...]
    """Offsets into the article's text."""
    quoted: tuple[bool, ...]
    """Whether the word stands in quotation; of a mark itself: True."""
    begins_inside: bool
    """Whether a quotation was open when the sentence began."""
    ends_inside: bool
    new_paragraph: bool
    quoted_words: int
    unquoted_words: int

    def offset(self, at: int) -> int:
        return self.starts[at]

    def end(self, at: int) -> int:
        """Offset past the word at `at`."""
        return self.starts[at] + len(self.text[at])


def read(text: str, sentences: Sequence[Sentence]) -> Iterator[Words]:
    """The words of each sentence of an article. Linear in the length of the sentences."""
    mark, last = "", 0
    for sentence in sentences:
        fresh = _PARAGRAPH.search(text, last, sentence.start) is not None or last == 0
        if fresh:
            mark = ""
        words = _words(text, sentence, mark, fresh=fresh)
        mark, last = words[1], sentence.end
        yield words[0]


def _words(text: str, sentence: Sentence, mark: str, *, fresh: bool) -> tuple[Words, str]:
    tokens = list(_TOKEN.finditer(text, sentence.start, sentence.end))
    shown = tuple([token.group() for token in tokens])
    starts = tuple([token.start() for token in tokens])
    low = tuple([_lowered(word) for word in shown])
    quoted, after = _follow(text, shown, starts, mark)
    inside = sum(is_quoted and word[0].isalnum() for is_quoted, word in zip(quoted, shown, strict=True))
    outside = sum(word[0].isalnum() for word in shown) - inside
    return Words(sentence, shown, low, starts, quoted, mark != "", after != "", fresh, inside, outside), after


def _lowered(word: str) -> str:
    """Lower case with straight apostrophes; the one acronym that is a function word keeps its full stops."""
    return "w.h.o" if word == "WHO" else word.lower().replace("’", "'")


def _follow(text: str, shown: tuple[str, ...], starts: tuple[int, ...], mark: str) -> tuple[tuple[bool, ...], str]:
    """Whether each word is quoted, and the closing mark that is still awaited at the end."""
    if not mark and _MARKS.isdisjoint(shown):
        return (False,) * len(shown), ""
    quoted = []
    for word, start in zip(shown, starts, strict=True):
        if word not in _MARKS:
            quoted.append(mark != "")
            continue
        before, mark = mark, _after(text, word, start, mark)
        quoted.append(before != "" or mark != "")
    return tuple(quoted), mark


def _after(text: str, word: str, start: int, mark: str) -> str:
    """The closing mark that is awaited after `word`, itself a mark; none for none."""
    if word in _OPENERS:
        return "»" if word == "«" else "”"
    if word in _CLOSERS:
        return ""
    if word in _FLAT:
        return "" if mark in (word, "”") else (mark or word)
    return _after_single(text, word, start, mark)


def _after_single(text: str, word: str, start: int, mark: str) -> str:
    """Single marks are apostrophes as well: they open before a word and after none, and close what they opened."""
    before, following = text[start - 1 : start], text[start + 1 : start + 2]
    opens = following.isalnum() and not before.isalnum() and before not in "’'"
    if not mark and opens and word in "‘'":
        return "’" if word == "‘" else "'"
    closes = word in "’'" and mark in ("’", "'") and not following.isalnum()
    return "" if closes else mark
