"""Whether an article is still what it was: the hash over its text and all that is known of it. Pure."""

from __future__ import annotations

import hashlib
import json

from corpus.models import Article, Draft
from index import checksums


def record_hash(article: Article | Draft) -> str:
    """SHA-256 over everything that makes another revision when it changes; the place it was read from does not."""
    record = [
        article.text, article.title, article.publisher, article.author, article.url, article.published,
        article.language,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(record).encode()).hexdigest()


def is_whole(
    article: Article, *, number: int, born: int, died: int | None, record: str, checksum: int, sentences: bytes
) -> bool:
    """Whether a stored revision is what was written; `number` is its article's in the store."""
    expected = checksums.of_revision(
        number, article.revision, born, died, record=record, sha256=article.sha256, sentences=sentences
    )
    return checksum == expected and record == record_hash(article)
