"""The hash that says whether an article is still what it was: over its text and all that is known of it. Pure."""

from __future__ import annotations

import hashlib
import json

from corpus.models import Article, Draft


def record_hash(article: Article | Draft) -> str:
    """SHA-256 over everything that makes another revision when it changes; the place it was read from does not."""
    record = [
        article.text, article.title, article.publisher, article.author, article.url, article.published,
        article.language,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(record).encode()).hexdigest()
