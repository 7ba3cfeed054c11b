"""The text that stands for a passage in both indexes: its article's title, then the passage itself.

The title is added here and nowhere else, so that it never gets into the text that offsets refer to.
"""

from __future__ import annotations

import hashlib

_TITLE_CHARACTERS = 200
"""A headline is shorter; what some files call a title would otherwise crowd out the passage."""


def embedding_text(title: str | None, passage: str) -> str:
    """What is embedded, and indexed by words, for a passage."""
    return passage if not title else f"{title[:_TITLE_CHARACTERS]}\n{passage}"


def embedding_key(text: str) -> bytes:
    """Names a vector by the text it was made from (SHA-256, first 16 bytes), so that no text is embedded twice."""
    return hashlib.sha256(text.encode()).digest()[:16]
