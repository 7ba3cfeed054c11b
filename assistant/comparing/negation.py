"""What a negation in a sentence denies, as far as the words next to it tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.comparing.statement import meaning

_DENIES = re.compile(
    r"\b(?:not|no|never|nor|nobody|none|neither|without|cannot|refus\w+|fail\w+)\b|n['’]t\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:false|fake|hoax|untrue|incorrect|wrong|myth|debunked|denie[sd]|deny|denying|reject(?:s|ed)|dismiss(?:es|ed))\b",
    re.IGNORECASE,
)
_NEAR = 4
"""Words that mean something, next to the negation."""


def denies(text: str) -> bool:
    return bool(_DENIES.search(text) or _DENIED.search(text))


def scopes(text: str) -> Iterator[str]:
    """The words after each "not", and those on both sides of each "false" or "denies"."""
    for match in _DENIES.finditer(text):
        yield " ".join(_telling(text[match.end() :])[:_NEAR])
    for match in _DENIED.finditer(text):
        yield " ".join(_telling(text[match.end() :])[:_NEAR])
        yield " ".join(_telling(text[: match.start()])[-_NEAR:])


def _telling(text: str) -> list[str]:
    return [word for word in text.split() if meaning(word)]
