"""What an article says of its own mistakes and changes: "Correction: ...", "This story was updated to reflect ...".

A notice is what an outlet says of its own text. What it reports of corrections elsewhere (a market's, a company's,
another paper's) is none. The wording stands in `correction_wording`; here are the places of a text where a notice can
stand, and how far it reaches. Pure; knows no status and no answer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.models import Sentence
from corpus.sentences import split

if TYPE_CHECKING:
    from corpus.correction_wording import NoticeKind

_LONGEST = 700
"""Characters of a notice. What is longer is a text of its own under such a heading."""
_FEWEST = 2
"""Words of a notice behind its label; fewer are a heading."""
_MOST, _MOST_HOURLY = 6, 2
"""More notices than these make a page that lists those of other articles, or a running report: they are its subject."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `text[start:end]`, without surrounding white space."""

    kind: NoticeKind
    start: int
    end: int
    substantial: bool = True
    """Whether it tells what was changed. "This story has been updated with more details" does not."""


def notices(text: str, sentences: Sequence[Sentence] | None = None) -> list[Notice]:
    """The notices of an article in order, without overlaps; none for a page that lists those of other articles.

    `sentences` are those of `text`, where they are known already. A text without a word that a notice needs costs some
    microseconds.
    """
    places = _places(text)
    if not places:
        return []
    spans = split(text) if sentences is None else sentences
    starts = [span.start for span in spans]
    found: list[Notice] = []
    for at in sorted({max(0, bisect_right(starts, place) - 1) for place in places}) if spans else ():
        span = spans[at]
        if (not found or span.start >= found[-1].end) and _may_be_one(text[span.start : span.end]):
            found += _notice(text, spans, at)
    return _its_own(text, found)


def _its_own(text: str, found: Sequence[Notice]) -> list[Notice]:
    """Without those that an article lists: of other articles, or hour by hour."""
    if len(found) > _MOST_HOURLY:
        from corpus.correction_wording import CLOCK

        hourly = [one for one in found if CLOCK.match(text, one.start, one.end)]
        found = [one for one in found if one not in hourly] if len(hourly) > _MOST_HOURLY else found
    return list(found) if len(found) <= _MOST else []


# Where to look: plain searches, since most texts hold nothing

_WORDS = ("corr", "clarif", "retract", "update", "version", "editor", "headline", "amend", "apologi", "regret")
_NOUNS = ("story", "article", "post", "piece", "report", "column")
_VERBS = (
    "corr", "clarif", "adds", "refile", "remove", "recast", "fixes", "delete", "drops", "change", "update", "this ",
)  # fmt: skip
_HINTS = (
    r"(?:corr|clarif|retract|updat|editor|ed\.? n|publisher|note (?:to|for) )[^:!–—]{0,60}(?:[:!]|[-–—] |$)",
    r"(?:corr|clarif)\w+ a|updated (?:to|with) |an? (?:correction|clarification|retraction) (?:was|has)",
    r"(?:the|an?) .{3,80} ha(?:s|ve) .{0,20}(?:corrected|amended|updated)\b",
    r".*\b(?:earlier|previous|prior|original|early|initial) (?:\w+ ){0,2}(?:version|headline|edition|caption|title)",
    r".*\b(?:this|these|our|following|above) .{0,40}(?:correct|updat|amend|clarif|revis|chang|edited|modified|altered|"
    r"rewrit|retract|withdr|remov|delete|unpubl|taken|wrong|mistak|erron|inaccur|mis|original|previous|initial|fixes)",
    r".*\bwe(?:['’]ve)? .{0,40}(?:regret|apologi|correct|updat|amend|clarif|revis|chang|edited|remov|retract|withdr|"
    r"delete)",
)
_HINT = re.compile("|".join(_HINTS))
_MARKS = " \t\n-–—•*·►>#([{_"
"""May stand before the first word of a line."""


def _places(text: str) -> list[int]:
    """Where a word stands that a notice needs."""
    low = _lowered(text)
    places = [place for word in _WORDS for place in _all(low, word)]
    places += [place for place in _all(low, "this ") if low.startswith(_NOUNS, place + 5)]
    return places + [place for place in _all(low, "(") if low.startswith(_VERBS, place + 1)]


def _all(low: str, word: str) -> Iterator[int]:
    at = low.find(word)
    while at >= 0:
        yield at
        at = low.find(word, at + 1)


def _lowered(text: str) -> str:
    """In lower case, and not a character longer: the one letter that would grow is an I with a dot."""
    return text.replace("İ", "I").lower()


def _may_be_one(sentence: str) -> bool:
    """Whether a sentence is worth holding against the wording: it opens with a label, or speaks of its own text."""
    low = _lowered(sentence[:_LONGEST]).replace("\n", " ").lstrip(_MARKS)
    return ("(" in sentence and low.startswith(_VERBS)) or _HINT.match(low) is not None


# What stands there


def _notice(text: str, spans: Sequence[Sentence], at: int) -> list[Notice]:
    """The notice that stands in a sentence, if one does."""
    from corpus.correction_wording import LABEL, LONE_LABEL

    span = spans[at]
    end = min(span.end, span.start + _LONGEST)
    start = end - len(text[span.start : end].lstrip(_MARKS))
    if (label := LABEL.match(text, start, end)) is not None:
        return _labelled(text, spans, at, label)
    if (label := LONE_LABEL.match(text, start, end)) is not None:
        return _above(text, spans, at, label)
    return _stated(text, span, text[start:end])


def _labelled(text: str, spans: Sequence[Sentence], at: int, label: re.Match[str]) -> list[Notice]:
    """What stands behind a label, to the end of its paragraph. An editor's note may be about anything else."""
    from corpus.correction_wording import is_routine, kind_by_label, speaks_of_itself

    start, end = spans[at].start, _paragraph_end(text, spans, at)
    body = text[label.end() : end].strip(" )]}*_")
    if not body:
        return _above(text, spans, at, label)
    if label["note"] is not None:
        return [_made(body, start, end)] if speaks_of_itself(body) else []
    first = next(span.end for span in spans[at:] if span.end > label.end() + 1)
    if not _is_ended(text, first) or len(body.split()) < _FEWEST:
        return []
    kind = kind_by_label(label, body)
    return [Notice(kind, start, end, kind != "update" or not is_routine(text[label.end() : first]))]


def _above(text: str, spans: Sequence[Sentence], at: int, label: re.Match[str]) -> list[Notice]:
    """A label on a line of its own belongs to the line below. With a time it heads an article, and says only when."""
    from corpus.correction_wording import kind_by_label

    stamp = label["update"] is not None and label["when"] is not None
    if stamp or label["note"] is not None or at + 1 == len(spans) or not _fills_line(text, spans[at]):
        return []
    if not _is_ended(text, spans[at + 1].end):
        return []
    end = _paragraph_end(text, spans, at + 1)
    return [Notice(kind_by_label(label, text[spans[at + 1].start : end]), spans[at].start, end)]


def _stated(text: str, span: Sentence, sentence: str) -> list[Notice]:
    """A sentence that says it without a label."""
    from corpus.correction_wording import AGENCY, OF_ITSELF, kind

    if span.end - span.start > _LONGEST:
        return []
    agency = AGENCY.search(text, span.start, span.end)
    if agency is not None and _opens_line(text, agency.start()):
        return [Notice(kind(agency[0]), agency.start(), agency.end(), agency["adds"] is None)]
    found = next((match for rule in OF_ITSELF if (match := rule.search(sentence))), None)
    if found is None or _is_quoted(text, span.start, sentence[: found.start()]):
        return []
    return [_made(sentence, span.start, span.end)]


def _made(said: str, start: int, end: int) -> Notice:
    from corpus.correction_wording import is_routine, kind

    found = kind(said)
    return Notice(found, start, end, found != "update" or not is_routine(said))


def _is_quoted(text: str, start: int, before: str) -> bool:
    """Whether the words behind `before` stand in quotation marks: then they are somebody else's."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - _LONGEST) : start] + before
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1


def _opens_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(_MARKS)


def _fills_line(text: str, span: Sentence) -> bool:
    after = text[span.end : span.end + 2].lstrip(" ")
    return _opens_line(text, span.start) and after[:1] in ("", "\n", "\r")


def _is_ended(text: str, end: int) -> bool:
    """Whether a full stop or the like stands there: a heading has none."""
    return _ENDED.search(text, max(0, end - _TAIL), end) is not None


_ENDED = re.compile(r"[.!:…][\"”’')\]}*_\s\u200b]*$")
_TAIL = 20
"""Characters among which a sentence's full stop and the marks that close it stand."""


def _paragraph_end(text: str, spans: Sequence[Sentence], at: int) -> int:
    """Where the paragraph's last sentence ends, or its bracket closes; the first one's end, where the paragraph is too
    long for a notice."""
    first = spans[at]
    bracketed = text[first.start] in "(["
    for place in range(at, len(spans)):
        one = spans[place]
        if one.end - first.start > _LONGEST:
            break
        closed = bracketed and text[one.end - 1] in ")]"
        if closed or place + 1 == len(spans) or "\n" in text[one.end : spans[place + 1].start]:
            return one.end
    return first.end
