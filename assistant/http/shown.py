"""Where the page shows what an answer cites. Pure; how an answer is laid out is `assistant.shown`'s."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from assistant.models import Answer, Citation


def links(answer: Answer) -> dict[int, str]:
    """Where each citation can be read, by its number."""
    return {citation.number: place(citation) for citation in (*answer.citations, *answer.closest)}


def place(citation: Citation) -> str:
    """The address of the article's page with the cited span marked."""
    span = urlencode({"start": citation.start, "end": citation.end, "revision": citation.revision})
    return f"{article_path(citation.article_id)}?{span}#cited"


def article_path(article_id: str) -> str:
    return f"/articles/{quote(article_id, safe='')}"
