"""An answer as it is laid out for people: paragraphs, columns, source cards. Pure: values in, values out.

Says nothing of its own about the articles: statuses, reasons and counts are the answer's. The page, the report and the
chat turn this into what they show, and escape it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from assistant.marked import Mark, Piece, cut, found
from assistant.models import Answer, Citation, Conflict, Side
from assistant.moments import Moment
from assistant.moments import find as find_moments
from assistant.quantities import Quantity
from assistant.quantities import find as find_quantities
from assistant.render import on_one_line, visible
from assistant.shown_words import CERTAINTY, CONFLICT, VOUCHER

_BULLET = re.compile(r"^[-–*•]\s+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One citation: its number, its words, where they stand."""

    number: int
    pieces: tuple[Piece, ...]
    byline: str
    vouched: str
    """Who vouches for it and how firmly; empty where nobody judged."""
    where: str
    """Article, revision and characters."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive sentences of one article, as the answer has them."""

    sentences: tuple[tuple[str, Quoted], ...]
    """What the answer says before a quote, and the quote."""
    byline: str


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a conflict."""

    value: str
    scale: str
    """The value on the common scale, empty where it is the value itself."""
    counts: str
    quotes: tuple[Quoted, ...]
    unquoted: int
    """Articles that say so and are not cited."""


@dataclass(frozen=True, slots=True)
class Clashing:
    type: str
    label: str
    reason: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An article and what is cited of it."""

    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    link: bool
    """Whether the address may be a link."""
    same_origin: tuple[int, ...]
    """Numbers of citations from other articles that go back to the same source."""
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that is shown of an answer."""

    answer: Answer
    paragraphs: tuple[Paragraph, ...]
    conflicts: tuple[Clashing, ...]
    sources: tuple[Card, ...]
    closest: tuple[Card, ...]


def shown(answer: Answer) -> Shown:
    numbered = {citation.number: citation for citation in answer.citations}
    return Shown(
        answer=answer,
        paragraphs=_paragraphs(answer),
        conflicts=tuple(_clashing(conflict, numbered) for conflict in answer.conflicts),
        sources=_cards(answer.citations),
        closest=_cards(answer.closest),
    )


def may_be_a_link(url: str | None) -> bool:
    """Addresses of the web alone, with nothing in them that could show another address than the one it leads to."""
    if not url or visible(url) != url or re.search(r"[\s<>\"\\]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def day(published: str | None) -> str:
    """`2026-04-19T09:30:00+00:00` as 19 April 2026; what is no day stays as it is."""
    when = _date(published)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}" if when else on_one_line(published or "")


def _date(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def spread(articles: int, origins: int) -> str:
    """How widely something is said."""
    return f"{counted(articles, 'article')}, {counted(origins, 'origin')}"


def _paragraphs(answer: Answer) -> tuple[Paragraph, ...]:
    """The text again as quotes with their numbers; empty where it is made of anything else."""
    said: list[tuple[str, Citation]] = []
    at = 0
    for citation in answer.citations:
        tail = f"{citation.quote} [{citation.number}]"
        start = answer.text.find(tail, at)
        if start < 0:
            return ()
        said.append((answer.text[at:start].strip(), citation))
        at = start + len(tail)
    if answer.text[at:].strip():
        return ()
    return tuple(_paragraph(list(group)) for _, group in groupby(said, key=lambda one: (one[1].article_id, one[0])))


def _paragraph(said: Sequence[tuple[str, Citation]]) -> Paragraph:
    first = said[0][1]
    return Paragraph(tuple((before, _quoted(citation)) for before, citation in said), _byline(first))


def _byline(citation: Citation) -> str:
    name = citation.publisher or citation.title or citation.article_id
    return on_one_line(", ".join(part for part in (name, day(citation.published)) if part))


def _quoted(citation: Citation, marks: Sequence[Mark] = ()) -> Quoted:
    """Marks count characters of the quote. A bullet before it is layout and not shown."""
    bullet = _BULLET.match(citation.quote)
    skipped = bullet.end() if bullet else 0
    return Quoted(
        number=citation.number,
        pieces=cut(citation.quote[skipped:], [Mark(one.start - skipped, one.end - skipped, one.role) for one in marks]),
        byline=_byline(citation),
        vouched=_vouched(citation),
        where=f"{citation.article_id}, revision {citation.revision}, characters {citation.start}–{citation.end}",
    )


def _cues(citation: Citation) -> list[Mark]:
    return [Mark(cue.start - citation.start, cue.end - citation.start, "cue") for cue in citation.cues]


def _vouched(citation: Citation) -> str:
    if citation.attribution is None or citation.certainty is None:
        return ""
    return f"{VOUCHER[citation.attribution]}, {CERTAINTY[citation.certainty]}"


def _clashing(conflict: Conflict, numbered: dict[int, Citation]) -> Clashing:
    columns = tuple(_column(side, numbered) for side in conflict.sides)
    return Clashing(conflict.type, CONFLICT[conflict.type], conflict.reason, columns)


def _column(side: Side, numbered: dict[int, Citation]) -> Column:
    """A side whose value is a whole sentence is headed by what it comes down to: yes or no."""
    cited = [numbered[number] for number in side.citations if number in numbered]
    sentence = any(side.value == citation.quote for citation in cited)
    headed = (side.normalized or "") if sentence else side.value
    scale = "" if sentence or side.normalized in (None, side.value) else _signs(side.normalized or "")
    return Column(
        value=headed[:1].upper() + headed[1:] if sentence else headed,
        scale=scale,
        counts=spread(side.articles, side.origins),
        quotes=tuple(_quoted(one, [] if sentence else _values(one, side)) for one in cited),
        unquoted=max(0, side.articles - len({one.article_id for one in cited})),
    )


def _values(citation: Citation, side: Side) -> list[Mark]:
    """Where a quote states a side's value: in the same words, or else in others that come to the same."""
    same = found(citation.quote, side.value, "value")
    if same or not side.normalized:
        return same
    stated: list[Quantity | Moment] = [
        *find_quantities(citation.quote),
        *find_moments(citation.quote, published=_date(citation.published)),
    ]
    return [Mark(one.start, one.end, "value") for one in stated if one.shown() == side.normalized]


def _signs(scale: str) -> str:
    """`<= x5` as "at most ×5", `1.13e9 USD` as "1.13 billion USD"."""
    words = re.sub(r"\bx(?=\d)", "×", scale.replace("<=", "at most").replace(">=", "at least"))
    return re.sub(r"(\d(?:\.\d+)?)e\+?(\d{1,2})\b", lambda number: _large(*number.groups()), words)


def _large(digits: str, power: str) -> str:
    steps, left = divmod(int(power), 3)
    name = {0: "", 1: " thousand", 2: " million", 3: " billion", 4: " trillion"}.get(steps)
    return f"{digits}e{power}" if name is None else f"{float(digits) * 10**left:,.10g}{name}"


def _cards(citations: Sequence[Citation]) -> tuple[Card, ...]:
    articles = dict.fromkeys(citation.article_id for citation in citations)
    return tuple(_card([one for one in citations if one.article_id == id_], citations) for id_ in articles)


def _card(own: Sequence[Citation], others: Sequence[Citation]) -> Card:
    first = own[0]
    shared = {one.article_id: one.number for one in reversed(others) if one.origin and one.origin == first.origin}
    return Card(
        title=on_one_line(first.title or first.article_id),
        publisher=on_one_line(first.publisher or "") or None,
        author=on_one_line(first.author or "") or None,
        published=first.published,
        url=first.url,
        link=may_be_a_link(first.url),
        same_origin=tuple(sorted(number for id_, number in shared.items() if id_ != first.article_id)),
        quotes=tuple(_quoted(one, _cues(one)) for one in own),
    )
