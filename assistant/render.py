"""Hits and headings as text for people, and what keeps articles from steering a terminal. Pure.

Answers are rendered in `answer_text`.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Sequence

from index.models import Hit

Style = Callable[[str, str], str]
"""Text and the name of a role ("quote", "heading", "faint", "warning") to the text as it is shown."""


def plain(text: str, role: str) -> str:
    """No styling."""
    return text


def hits(found: Sequence[Hit], *, width: int, style: Style = plain) -> str:
    """Passages with their scores, best first."""
    return "\n\n".join(_hit(number, hit, width, style) for number, hit in enumerate(found, start=1))


def heading(title: str | None, publisher: str | None, published: str | None, article_id: str) -> str:
    """One line that names an article: title, publisher, day."""
    where = ", ".join(part for part in (publisher, (published or "")[:10]) if part)
    return visible(" — ".join(part for part in (title or article_id, where) if part))


def visible(text: str) -> str:
    """Control and direction-changing characters as their escapes, so that an article cannot steer a terminal."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"} else _escape(c) for c in text)


def _escape(character: str) -> str:
    return "" if character in "\u00ad\u200b\u200c\u200d\ufeff" else f"\\u{ord(character):04x}"


def _hit(number: int, hit: Hit, width: int, style: Style) -> str:
    article = hit.passage.article
    lexical = "–" if hit.lexical is None else f"{hit.lexical:.2f}"
    scores = f"fused {hit.score:.3f}  dense {hit.dense:.3f}  lexical {lexical}"
    place = f"{article.id}, characters {hit.passage.start}–{hit.passage.end}"
    mark = f"{number}. "
    return "\n".join(
        [
            fill(
                heading(article.title, article.publisher, article.published, article.id),
                width,
                first=mark,
                rest=" " * len(mark),
            ),
            style(f"    {scores}   {visible(place)}", "faint"),
            style(fill(hit.passage.text, width, first="    "), "quote"),
        ]
    )


def fill(text: str, width: int, *, first: str = "", rest: str | None = None) -> str:
    """Wrapped at `width`, the first line after `first`, the others after `rest`, which is `first` unless given."""
    after = first if rest is None else rest
    return textwrap.fill(
        visible(" ".join(text.split())),
        width,
        initial_indent=first,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
