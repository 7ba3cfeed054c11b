"""An answer as text for people. Pure: the answer in, one string out; the front decides where it goes.

First how firm it is and why, then the answer in quotes, then what contradicts what, then each thing that is said with
its own status, then the sources: who vouches for each quote and how firmly, with the words that decided marked. Last,
where the question asks to explain, what was compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.models import Answer, Citation, Conflict, Finding, Side, Span
from assistant.render import Style, fill, heading, plain, visible, wrapped
from assistant.shown_words import STATUS

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand around a cue while its quote is wrapped; private characters, which what is visible never holds."""
_SPACES = re.compile(r"\s+")
_VOUCHER = {
    "own_reporting": "own reporting",
    "official": "an official source",
    "party": "an interested party",
    "named_person": "a named person",
    "anonymous": "unnamed sources",
    "other_outlet": "another outlet",
    "social_post": "a post on social media",
    "none": "no claim",
}


def answer(value: Answer, *, width: int, style: Style = plain) -> str:
    """All of it, in paragraphs."""
    parts = [_status(value, width, style), "" if value.closest else fill(value.text, width)]
    parts += [style(fill(f"Note: {text}", width), "warning") for text in value.warnings]
    parts += [_conflict(one, width, style) for one in value.conflicts]
    parts += _findings(value.findings, width, style)
    parts += _sources("Sources", value.citations, width, style)
    parts += _sources("Closest passages (none of them supports an answer)", value.closest, width, style)
    if value.comparisons:
        from assistant import explain_text  # few ask for it

        parts.append(explain_text.comparisons(value, width=width, style=style))
    return "\n\n".join(part for part in parts if part)


def _status(value: Answer, width: int, style: Style) -> str:
    if value.status is None:
        return ""
    return style(fill(f"{STATUS[value.status]}: {value.reason}", width), "heading")


def _conflict(conflict: Conflict, width: int, style: Style) -> str:
    """Both sides below each other, each with its value on the common scale and its sources."""
    lines = [style(fill(f"Contradiction ({conflict.type}): {conflict.reason}", width), "warning")]
    lines += [_side(side, width) for side in conflict.sides]
    return "\n".join(lines)


def _side(side: Side, width: int) -> str:
    scale = f" ({side.normalized})" if side.normalized and side.normalized != side.value else ""
    return fill(
        f"“{side.value}”{scale} {_numbers(side.citations)} {_counts(side.articles, side.origins)}",
        width,
        first="  - ",
        rest="    ",
    )


def _findings(findings: Sequence[Finding], width: int, style: Style) -> list[str]:
    """Only where there are several: of one, the answer's own status says it all."""
    if len(findings) < 2:
        return []
    lines = [
        fill(
            f"{STATUS[one.status]}: “{one.text}” {_numbers(one.citations)} {_counts(one.articles, one.origins)}",
            width,
            first="  - ",
            rest="    ",
        )
        for one in findings
    ]
    return [style("What is said", "heading") + "\n" + "\n".join(lines)]


def _numbers(citations: Sequence[int]) -> str:
    return " ".join(f"[{number}]" for number in citations)


def _counts(articles: int, origins: int) -> str:
    return f"({_count(articles, 'article')}, {_count(origins, 'origin')})"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _sources(title: str, citations: Sequence[Citation], width: int, style: Style) -> list[str]:
    if not citations:
        return []
    return [style(title, "heading") + "\n" + "\n".join(_source(c, width, style) for c in citations)]


def _source(citation: Citation, width: int, style: Style) -> str:
    mark = f"[{citation.number}] "
    name = heading(citation.title, citation.publisher, citation.published, citation.article_id)
    place = f"{citation.article_id}, revision {citation.revision}, characters {citation.start}–{citation.end}"
    lines = [fill(name, width, first=mark, rest=" " * len(mark)), _quote(citation, width, style)]
    if citation.attribution is not None:
        origin = f", origin {citation.origin}" if citation.origin else ""
        lines.append(fill(f"{_VOUCHER[citation.attribution]}, {citation.certainty}{origin}", width, first="    "))
    lines.append(style(fill(place if not citation.url else f"{place}, {citation.url}", width, first="    "), "faint"))
    return "\n".join(lines)


def _quote(citation: Citation, width: int, style: Style) -> str:
    """The quote, wrapped, with the cues in a style of their own."""
    marked = wrapped(f'"{_marked(citation.quote, citation.start, citation.cues)}"', width, first="    ")
    lines, inside = [], False
    for line in marked.split("\n"):
        shown, inside = _styled(line, inside, style)
        lines.append(shown)
    return "\n".join(lines)


def _marked(quote: str, start: int, cues: Sequence[Span]) -> str:
    places = sorted({place for cue in cues for place in (cue.start - start, cue.end - start)} | {0, len(quote)})
    inside = {(cue.start - start, cue.end - start) for cue in cues}
    pieces = (
        (visible(_SPACES.sub(" ", quote[a:b])), any(c <= a and b <= d for c, d in inside))
        for a, b in pairwise(places)
        if 0 <= a < b <= len(quote)
    )
    return "".join(f"{_OPEN}{piece}{_CLOSE}" if is_cue else piece for piece, is_cue in pieces)


def _styled(line: str, inside: bool, style: Style) -> tuple[str, bool]:
    """The line with its cues styled, and whether a cue goes on in the next."""
    shown = []
    for piece in re.split(f"({_OPEN}|{_CLOSE})", line):
        if piece in (_OPEN, _CLOSE):
            inside = piece == _OPEN
        elif words := piece.lstrip():
            indent = piece[: len(piece) - len(words)]
            shown.append(indent + style(words, "cue" if inside else "quote"))
        else:
            shown.append(piece)
    return "".join(shown), inside
