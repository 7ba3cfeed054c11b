"""Lines on pages to paragraphs: what a PDF has lost, found again from where the lines stand.

Pure geometry and punctuation, from positions that `pdf` measured. Conservative: two paragraphs run together cost
less than a sentence cut in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"”’»)\]]*$")
_ITEM = re.compile(r"(?:[•●▪■◦‣·*–—-]|\(?\d{1,2}[.)])\s+(?=\S)")
_BULLET = re.compile(r"[•●▪■◦‣·*–—-]\s+")
# What PDFium writes for a hyphen that ends a line; it drops the line's end with it.
# Words are bounded here, since looking for the end of one from each of its letters takes their square.
_LINE_END_HYPHEN = re.compile(r"([^\W\d_]{0,60})[\u00ad\ufffe\x02]([^\W\d_]{0,60})")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"(?P<head>[^\W\d_]+(?:-[^\W\d_]+)*)-$")
_TAIL = 120
"""Characters at the end of a line that its last word is looked for in."""

_EDGE_LINES = 2
_NEARBY = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, measured in points from the lower left corner of the page.

    Left, top and height are of its first character, right and bottom of its last one: a line with a hyphen undone
    reaches over two.
    """

    text: str
    left: float
    top: float
    height: float
    right: float
    bottom: float

    def below(self, other: Line) -> float:
        """How far the foot of this line stands below that of `other`, the line before."""
        return other.bottom - (self.top - self.height)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of `pages` in reading order: running heads dropped, hyphenation at line ends undone."""
    bodies = _without_running_heads(pages)
    words = Counter(word.lower() for page in bodies for line in page for word in _WORD.findall(line.text))
    return [_LINE_END_HYPHEN.sub(partial(_mended, words=words), _joined(group, words)) for group in _groups(bodies)]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drops lines at the top or bottom of pages that come back, but for their numbers, on half of them."""
    edges = [set(_edge(page)) for page in pages]
    seen = Counter(key for edge in edges for key in {_pattern(line) for line in edge})
    least = max(3, (len(pages) + 1) // 2)
    return [
        [line for line in page if line not in edge or seen[_pattern(line)] < least]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _groups(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Lines of one paragraph each, also across columns and pages."""
    group: list[Line] = []
    for page in pages:
        pitch = _pitch(page)
        for index, line in enumerate(page):
            if group and _begins(group[-1], line, pitch=pitch, edge=_right_edge(page, index - 1), first=index == 0):
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _begins(before: Line, line: Line, *, pitch: float, edge: float, first: bool) -> bool:
    """Whether `line` begins a paragraph."""
    if _ITEM.match(line.text):
        return True
    if _runs_on(before, line):
        return False
    step = line.below(before)
    if first or step < -before.height / 2:  # the next page or column
        return bool(_ENDS_SENTENCE.search(before.text)) or line.height > 1.15 * before.height
    return (
        step > 1.35 * pitch
        or abs(line.height - before.height) > 0.15 * before.height
        or _is_indented(before, line)
        or _is_short(before, edge)
    )


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a sentence or a word plainly goes on from one line to the next."""
    return line.text[:1].islower() and not _ENDS_SENTENCE.search(before.text)


def _is_indented(before: Line, line: Line) -> bool:
    step = line.left - before.left
    return 0.7 * line.height < step < 6 * line.height and bool(_ENDS_SENTENCE.search(before.text))


def _is_short(before: Line, edge: float) -> bool:
    """Whether the line stopped before the edge: well before it, or somewhat and at the end of a sentence."""
    room = (edge - before.right) / max(edge - before.left, 1.0)
    return room > 0.4 or (room > 0.12 and bool(_ENDS_SENTENCE.search(before.text)))


def _pitch(page: Sequence[Line]) -> float:
    """The usual distance from one line to the next."""
    steps = [line.below(before) for before, line in pairwise(page)]
    plausible = [step for before, step in zip(page, steps, strict=False) if 0 < step < 3 * before.height]
    return median(plausible) if plausible else float("inf")


def _right_edge(page: Sequence[Line], index: int) -> float:
    """How far right the lines around line `index` of the same column reach."""
    if index < 0:
        return 0.0
    line = page[index]
    near = page[max(0, index - _NEARBY) : index + _NEARBY]
    return max(other.right for other in near if abs(other.left - line.left) < 4 * line.height)


def _joined(group: Iterable[Line], words: Counter[str]) -> str:
    parts: list[str] = []
    tail = ""
    for line in group:
        following = line.text.strip()
        kept, between = _joint(tail, following, words) if parts else (tail, "")
        if len(kept) < len(tail):
            parts[-1] = parts[-1][:-1]
        parts.append(between + following)
        tail = (kept + parts[-1])[-_TAIL:]
    text = "".join(parts)
    return _BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text


def _joint(tail: str, following: str, words: Counter[str]) -> tuple[str, str]:
    """What stays of the end of a line, and what comes between it and the next.

    A hyphen at the end goes, unless the word is written with it elsewhere.
    """
    broken, rest = _BROKEN_WORD.search(tail), _WORD.match(following)
    if broken is None or rest is None or not following[0].islower():
        return tail, "" if broken else " "
    return tail if _has_hyphen(broken["head"], rest[0], words) else tail[:-1], ""


def _mended(found: re.Match[str], *, words: Counter[str]) -> str:
    return ("-" if _has_hyphen(found[1], found[2], words) else "").join(found.groups())


def _has_hyphen(head: str, tail: str, words: Counter[str]) -> bool:
    return "-" in head or words[f"{head}-{tail}".lower()] > words[f"{head}{tail}".lower()]
