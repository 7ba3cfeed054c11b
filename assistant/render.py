"""Hits and headings as text for people. Pure.

Answers are rendered in `answer_text`; what keeps articles from steering a terminal stands in `harmless`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from assistant.harmless import visible as visible
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
    return on_one_line(" — ".join(part for part in (title or article_id, where) if part))


def on_one_line(text: str) -> str:
    """For names and messages: line breaks are spaces too, so that nothing can pretend to be another line."""
    return visible(" ".join(text.split()))


def wrapped(text: str, width: int, *, first: str = "", rest: str | None = None) -> str:
    """What is harmless already, wrapped at `width`, the first line after `first`, the others after `rest`, which is
    `first` unless given."""
    return textwrap.fill(
        " ".join(text.split()),
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def fill(text: str, width: int, *, first: str = "", rest: str | None = None) -> str:
    """The same of any text."""
    return wrapped(on_one_line(text), width, first=first, rest=rest)


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
            style(f"    {scores}   {on_one_line(place)}", "faint"),
            style(fill(hit.passage.text, width, first="    "), "quote"),
        ]
    )
