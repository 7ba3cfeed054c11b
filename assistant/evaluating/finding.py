"""Whether the expected answer and the expected articles are among what an answer cites. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

_SPOKEN = {"yes", "no"}
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def can_be_found(expected: Iterable[str]) -> bool:
    """Whether any of these could stand in a quote: articles do not say yes or no to a question."""
    return any(_words(one) for one in expected)


def answer_found(expected: Iterable[str], quotes: Iterable[str]) -> bool:
    """Whether any expected answer stands in any quote, as whole words: 5 is not in 50, nor in 2.5 or 5,000.

    Case, white space and the shape of quotation marks and dashes are of no account.
    """
    patterns = [_pattern(words) for one in expected if (words := _words(one))]
    return any(pattern.search(_plain(quote)) for quote in quotes for pattern in patterns)


def articles_found(expected: Sequence[str], cited: Collection[str]) -> float:
    """Recall: the share of the expected articles that are cited. Raises ValueError where none is expected."""
    wanted = set(expected)
    if not wanted:
        raise ValueError("no article is expected")
    return len(wanted & set(cited)) / len(wanted)


def _words(answer: str) -> str:
    words = _plain(answer)
    return "" if words in _SPOKEN or not any(character.isalnum() for character in words) else words


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_STRAIGHT).casefold().split())


def _pattern(words: str) -> re.Pattern[str]:
    before = r"(?<!\w)" + (r"(?<!\d[.,])" if words[0].isdigit() else "")
    after = r"(?!\w)" + (r"(?![.,]\d)" if words[-1].isdigit() else "")
    return re.compile(f"{before}{re.escape(words)}{after}")
