"""The articles of a story by date, from what a search found and an answer cites. Pure; the screen is `timeline`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.models import Answer, Citation, Status
from assistant.render import visible
from assistant.shown import day
from assistant.shown_words import STATUS
from corpus.sentences import split

if TYPE_CHECKING:
    from corpus.models import Article
    from index.models import SearchResult

SHARE = 0.5
"""Least fused score and least cosine of a passage, each as a share of the best of all, for its article to be of the
story. On a question to each of the six stories of the sample articles, half of both leaves out all other stories and no
article of its own; half of the fused score alone lets one in that shares a rare word."""

_MOST = 40
_OPENING = 2_000
"""Characters in which the first sentence is looked for."""
_SHORTEST = 5
"""Words of a sentence at least: bylines and headings have fewer."""
_LONGEST = 220
_BULLET = re.compile(r"^[-–*•]\s+")
_FIRM: frozenset[Status] = frozenset({"confirmed", "not_covered"})
_CERTAINTY = {"denied": "Denial", "corrected": "Correction", "rumour": "Rumour", "forecast": "Forecast"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article of the story."""

    article_id: str
    title: str
    publisher: str | None
    published: str | None
    """ISO 8601, as of `Article`."""
    says: str
    """What is cited of it first, or else its first sentence."""
    cited: tuple[int, ...] = ()
    """Numbers of the answer's citations from it."""
    marks: tuple[str, ...] = ()
    """What is doubtful about what it is cited for: Contested, Unconfirmed, Correction ..."""

    @property
    def day(self) -> str:
        """`21 May 2026`."""
        return day(self.published) or "no date"


def entries(result: SearchResult, answer: Answer) -> tuple[Entry, ...]:
    """Articles of the story, the earliest first and undated ones last.

    What the answer cites belongs to it, and so does every article with a passage that is near enough; see `SHARE`. At
    most 40, the best.
    """
    score = SHARE * max((hit.score for hit in result.hits), default=0.0)
    cosine = SHARE * max((hit.dense for hit in result.hits), default=0.0)
    near = [hit.passage.article for hit in result.hits if hit.score >= score and hit.dense >= cosine]
    found = {article.id: article for article in near}
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.article_id, []).append(citation)
    marks = _marks(answer)
    chosen = [_cited(own, marks) for own in cited.values()]
    chosen += [_found(article) for id_, article in found.items() if id_ not in cited]
    return tuple(sorted(chosen[:_MOST], key=_time))


def _time(entry: Entry) -> tuple[bool, str, str]:
    return entry.published is None, entry.published or "", entry.article_id


def _found(article: Article) -> Entry:
    return Entry(
        article_id=article.id,
        title=_line(article.title or article.id),
        publisher=_line(article.publisher) if article.publisher else None,
        published=article.published,
        says=first_sentence(article),
    )


def _cited(own: Sequence[Citation], marks: Mapping[int, Sequence[str]]) -> Entry:
    head = own[0]
    return Entry(
        article_id=head.article_id,
        title=_line(head.title or head.article_id),
        publisher=_line(head.publisher) if head.publisher else None,
        published=head.published,
        says=_short(_BULLET.sub("", head.quote)),
        cited=tuple(citation.number for citation in own),
        marks=tuple(dict.fromkeys(mark for citation in own for mark in marks.get(citation.number, ()))),
    )


def _marks(answer: Answer) -> Mapping[int, Sequence[str]]:
    """By citation: the status of what it is cited for, unless firm, and what kind of statement it is."""
    marks: dict[int, list[str]] = {citation.number: [] for citation in answer.citations}
    for finding in answer.findings:
        if finding.status not in _FIRM:
            for number in finding.citations:
                marks.setdefault(number, []).append(STATUS[finding.status])
    for citation in answer.citations:
        if citation.certainty in _CERTAINTY:
            marks[citation.number].append(_CERTAINTY[citation.certainty])
    return marks


def first_sentence(article: Article) -> str:
    """The first that is a sentence and not the title again; shortened where it is long."""
    opening = article.text[:_OPENING]
    sentences = [opening[span.start : span.end] for span in split(opening)]
    whole = (one for one in sentences if len(one.split()) >= _SHORTEST and one.rstrip("”\"'’)")[-1:] in (".", "!", "?"))
    title = (article.title or "").casefold()
    first = next((one for one in whole if one.casefold() != title), sentences[0] if sentences else "")
    return _short(first)


def _short(text: str) -> str:
    line = _line(text)
    if len(line) <= _LONGEST:
        return line
    return f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def as_lines(story: Sequence[Entry]) -> list[str]:
    """For a screen reader: a line an article, in the order of `entries`."""
    return [f"{entry.day}: {_said(entry)}" for entry in story]


def _said(entry: Entry) -> str:
    numbers = " ".join(f"[{number}]" for number in entry.cited)
    about = "; ".join(filter(None, (f"cited as {numbers}" if numbers else "", *entry.marks)))
    name = ", ".join(filter(None, (entry.publisher, entry.title)))
    return f"{name}{f' ({about})' if about else ''}. {entry.says}"
