"""Sentences of an article, with exact offsets.

This module reads the layout: which lines are units of their own and which are one paragraph cut at a column.
`sentence_ends` reads the punctuation inside such a unit. Neither knows passages, tokens or formats.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from corpus import sentence_ends
from corpus.models import Sentence

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*•·●▪–—>#|]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s")
_TERMINATED = re.compile(r"[.!?…:;][\"”’'»)\]]*\s*$")
_WRAPPED_WIDTHS = range(40, 101)
_WRAPPED_SHARE = 0.4
_WRAPPED_BREAKS = 3
_ROOM = 0.8

_Span = tuple[int, int]


def split(text: str) -> list[Sentence]:
    """Sentences of `text` in order: they don't overlap, carry no surrounding white space and leave out none
    of the other characters.

    A new line ends a sentence, since headings, bullets and paragraphs stand on lines, unless the text is
    wrapped at a column as e-mails and old plain text are: then only blank lines, bullets and lines that broke
    off long before the column do.
    """
    return [Sentence(start, end) for block in _blocks(text) for start, end in _trimmed(text, _cut(text, block))]


def _cut(text: str, block: _Span) -> Iterator[_Span]:
    start, stop = block
    last = start
    for end in sentence_ends.ends(text[start:stop]):
        yield last, start + end
        last = start + end
    yield last, stop


def _trimmed(text: str, spans: Iterator[_Span]) -> Iterator[_Span]:
    for start, end in spans:
        part = text[start:end]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _blocks(text: str) -> Iterator[_Span]:
    lines = [found.span() for found in _LINE.finditer(text)]
    width = _wrap_width(text, lines)
    return _joined(text, lines, width) if width else iter(lines)


def _wrap_width(text: str, lines: list[_Span]) -> int:
    """The column at which `text` is wrapped; 0 where it is not.

    Wrapped prose shows at its line ends: they stop in mid sentence and the next line goes on in lower case.
    """
    breaks = [(a, b) for a, b in itertools.pairwise(lines) if _adjacent(text, a, b)]
    if len(breaks) < _WRAPPED_BREAKS:
        return 0
    lengths = sorted(end - start for (start, end), _ in breaks)
    width = lengths[len(lengths) * 9 // 10]
    mid_sentence = sum(_runs_on(text, a, b) for a, b in breaks)
    return width if width in _WRAPPED_WIDTHS and mid_sentence >= _WRAPPED_SHARE * len(breaks) else 0


def _adjacent(text: str, line: _Span, following: _Span) -> bool:
    """Whether no blank line lies between two lines, and neither is blank itself."""
    gap = text[line[1] : following[0]].replace("\r\n", "\n")
    return len(gap) == 1 and not text[slice(*line)].isspace() and not text[slice(*following)].isspace()


def _runs_on(text: str, line: _Span, following: _Span) -> bool:
    first = text[slice(*following)].lstrip()[:1]
    return first.islower() and not _TERMINATED.search(text, max(line[0], line[1] - 8), line[1])


def _joined(text: str, lines: list[_Span], width: int) -> Iterator[_Span]:
    """Lines put together where the break between them is only the column's."""
    start = lines[0][0]
    for line, following in itertools.pairwise(lines):
        if not _is_soft(text, line, following, width):
            yield start, line[1]
            start = following[0]
    yield start, lines[-1][1]


def _is_soft(text: str, line: _Span, following: _Span, width: int) -> bool:
    """A wrapped line ends because the next word did not fit; where it would have, somebody ended the line."""
    if not _adjacent(text, line, following) or _BULLET.match(text, *following) or _indented(text, line, following):
        return False
    next_word = text[slice(*following)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(next_word) > width * _ROOM or _runs_on(text, line, following)


def _indented(text: str, line: _Span, following: _Span) -> bool:
    """Whether `following` opens a paragraph by stepping in from the line before it."""
    return text[following[0]].isspace() and not text[line[0]].isspace()
