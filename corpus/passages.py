"""Passages of an article: whole sentences, packed to the size that retrieval works best with.

Pure: the caller counts tokens, so no tokenizer is known here. Boundaries come out of the text around them and
not out of a count from the top, so that an edit leaves the passages away from it, and their vectors, as they
were.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Passage, Sentence

_INSIDE_A_PARAGRAPH = 0.2
"""Price of a boundary that is no end of a paragraph; being off the target by half of it costs 0.25."""
_WHIM = 0.2
"""How far apart the content of the sentence before a boundary may move its price. On news articles an edited word or
sentence then changes 1 passage at the median, 1.8 on average and 7 at the worst hundredth; without it 1, 2.1 and 10."""
_CLOSING = frozenset(".!?…\"”’'»)]。！？")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one that is longer than a passage may be."""

    start: int
    end: int
    tokens: int


def pack(
    text: str, sentences: Sequence[Sentence], lengths: Sequence[int], *, target: int = 128, limit: int = 200
) -> list[Passage]:
    """Passages that tile `sentences`, about `target` tokens each and none above `limit`.

    `lengths` holds the tokens of each sentence. A sentence above `limit` is cut at white space, or anywhere
    where there is none, into parts that have at most `limit` tokens if its tokens are spread evenly.

    The boundaries are those of least total cost, found by dynamic programming as for the lines of a paragraph
    (Knuth and Plass, Breaking Paragraphs into Lines, 1981). A passage costs the square of its relative
    distance from `target`; a boundary costs nothing at the end of a paragraph and something elsewhere. A
    hash of the sentence before it moves that a little: it breaks ties the same way wherever the sentence
    stands, and so brings the boundaries back to the old ones soon after an edit.
    """
    pieces = [
        piece
        for sentence, tokens in zip(sentences, lengths, strict=True)
        for piece in _pieces(text, sentence, tokens, limit)
    ]
    prices = [_price(text, a, b) for a, b in itertools.pairwise(pieces)] + [0.0] * bool(pieces)
    cuts = _cheapest([piece.tokens for piece in pieces], prices, target=target, limit=limit)
    spans = [(pieces[first].start, pieces[stop - 1].end) for first, stop in cuts]
    return [Passage(start, end, text[start:end]) for start, end in spans]


def _price(text: str, piece: _Piece, following: _Piece) -> float:
    """Of a boundary between two pieces. A heading or bullet, which closes nothing, keeps to what follows."""
    whim = _WHIM * (zlib.crc32(text[piece.start : piece.end].encode(errors="replace")) / 2**32 - 0.5)
    closes = "\n" in text[piece.end : following.start] and text[piece.end - 1] in _CLOSING
    return whim if closes else whim + _INSIDE_A_PARAGRAPH


def _cheapest(tokens: Sequence[int], prices: Sequence[float], *, target: int, limit: int) -> list[tuple[int, int]]:
    """Ranges of pieces, half open, that cover all of them at least cost."""
    costs = [0.0]
    firsts = [0]
    for stop in range(1, len(tokens) + 1):
        cost, first = min(
            (costs[first] + (size / target - 1) ** 2, first) for first, size in _reach(tokens, stop, limit)
        )
        costs.append(cost + prices[stop - 1])
        firsts.append(first)
    return _followed_back(firsts)


def _reach(tokens: Sequence[int], stop: int, limit: int) -> Iterator[tuple[int, int]]:
    """Where a passage that ends before piece `stop` may begin, and its tokens then."""
    size = tokens[stop - 1]
    yield stop - 1, size
    for first in range(stop - 2, -1, -1):
        size += tokens[first]
        if size > limit:
            return
        yield first, size


def _followed_back(firsts: Sequence[int]) -> list[tuple[int, int]]:
    ranges = []
    stop = len(firsts) - 1
    while stop > 0:
        ranges.append((firsts[stop], stop))
        stop = firsts[stop]
    return ranges[::-1]


def _pieces(text: str, sentence: Sentence, tokens: int, limit: int) -> Iterator[_Piece]:
    """At least one token each, so that a passage holds at most `limit` pieces and packing stays linear."""
    start, end = sentence.start, sentence.end
    width = max(1, (end - start) * limit // max(tokens, 1))
    share = tokens / max(end - start, 1)
    while end - start > width:
        cut = _cut(text, start, start + width)
        yield from _trimmed(text, start, cut, share)
        start = cut
    yield from _trimmed(text, start, end, share)


def _cut(text: str, start: int, stop: int) -> int:
    """The last white space in the second half of `text[start:stop + 1]`, or `stop` where there is none."""
    for at in range(stop, (start + stop) // 2, -1):
        if text[at].isspace():
            return at
    return stop


def _trimmed(text: str, start: int, end: int, share: float) -> Iterator[_Piece]:
    """The piece without surrounding white space, unless that is all it is."""
    part = text[start:end]
    if part.strip():
        start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        yield _Piece(start, end, max(1, int((end - start) * share)))
