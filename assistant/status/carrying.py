"""How far an attribution reaches: over the sentences of a quotation, and over what a colon announces.

A quotation has the speaker of the clause beside it, even where that clause stands sentences later; a run of quotation
without any goes on with whoever spoke before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.status import posts
from assistant.status.sources import Kind
from assistant.status.speakers import Speaker
from assistant.status.verdicts import Read

_QUOTED_AT_LENGTH = frozenset(("other_outlet", "social_post"))
_REACH = 3
"""Sentences of the article's own between two quotations of one speaker."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who vouches for a sentence by another one, and that one's number."""

    speaker: Speaker
    by: int
    rule: str


def carry(reads: Sequence[Read]) -> list[Vouched | None]:
    """For each sentence without a clause of its own who vouches for it all the same."""
    found: list[Vouched | None] = [None] * len(reads)
    for first, last in _runs(reads):
        _fill(reads, found, first, last)
    _announced(reads, found)
    _posted(reads, found)
    return found


def _posted(reads: Sequence[Read], found: list[Vouched | None]) -> None:
    """The sentences that the signature of a post signs."""
    rows = [read.words for read in reads]
    for number, words in enumerate(rows):
        if posts.is_signature(words):
            for signed in posts.quoted_before(rows, number):
                if reads[signed].voucher is None:
                    found[signed] = Vouched(_POSTER, number, "signature")


_POSTER = Speaker(Kind("social_post", "signature", 0.8), 0, True)


def _runs(reads: Sequence[Read]) -> list[tuple[int, int]]:
    """Ranges of sentences that belong to one stretch of quotation."""
    runs, first = [], 0
    for number in range(1, len(reads) + 1):
        if number == len(reads) or not _goes_on(reads, number):
            runs.append((first, number))
            first = number
    return runs


def _goes_on(reads: Sequence[Read], number: int) -> bool:
    words = reads[number].words
    return words.begins_inside


def _fill(reads: Sequence[Read], found: list[Vouched | None], first: int, last: int) -> None:
    own = [number for number in range(first, last) if reads[number].voucher is not None]
    for number in range(first, last):
        read = reads[number]
        if read.voucher is not None or not _is_speech(read):
            continue
        by = _nearest(own, number)
        if by is not None:
            voucher = reads[by].voucher
            assert voucher is not None
            found[number] = Vouched(voucher.speaker, by, "quotation")
        else:
            found[number] = _earlier(reads, found, number)


def _is_speech(read: Read) -> bool:
    """Whether a sentence is quotation and next to nothing else."""
    words = read.words
    return words.quoted_words > 0 and (words.unquoted_words <= 2 or words.begins_inside) and words.quoted_words >= 2


def _nearest(own: Sequence[int], number: int) -> int | None:
    later = [place for place in own if place > number]
    earlier = [place for place in own if place < number]
    if later and (not earlier or later[0] - number <= 6):
        return later[0]
    return earlier[-1] if earlier else None


def _earlier(reads: Sequence[Read], found: Sequence[Vouched | None], number: int) -> Vouched | None:
    """Whoever spoke shortly before."""
    for place in range(number - 1, max(-1, number - 1 - _REACH), -1):
        voucher, carried = reads[place].voucher, found[place]
        if voucher is not None:
            return Vouched(voucher.speaker, place, "run_of_quotation")
        if carried is not None:
            return Vouched(carried.speaker, carried.by, "run_of_quotation")
    return None


def _announced(reads: Sequence[Read], found: list[Vouched | None]) -> None:
    """`The paper writes:` vouches for the paragraph that follows."""
    number = 0
    while number < len(reads) - 1:
        voucher, words = reads[number].voucher, reads[number].words
        number += 1
        if voucher is None or words.low[-1] != ":" or voucher.speaker.kind.attribution not in _QUOTED_AT_LENGTH:
            continue
        by = number - 1
        while number < len(reads) and (number == by + 1 or not reads[number].words.new_paragraph):
            if reads[number].voucher is not None:
                break
            if reads[number].voucher is None and found[number] is None:
                found[number] = Vouched(voucher.speaker, by, "announced")
            number += 1
