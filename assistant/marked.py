"""Texts cut where something in them is marked: cues, clashing values, the cited span. Pure; offsets count characters.

Nothing here is HTML or styled; fronts turn pieces into elements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Role = Literal["cue", "value", "cited"]


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` plays this role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of a text and what it is marked as; in their order, pieces make up the text."""

    text: str
    roles: tuple[Role, ...] = ()


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text in pieces; where marks overlap, a piece has several roles. What lies outside the text is left out."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    borders = sorted({0, len(text)} | {place for mark in inside for place in (mark.start, mark.end)})
    return tuple(
        Piece(text[a:b], tuple(sorted({mark.role for mark in inside if mark.start <= a and b <= mark.end})))
        for a, b in pairwise(borders)
    )


def paragraphs(text: str, marks: Sequence[Mark]) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a text that hold anything, each cut at the marked spans."""
    lines = [match for match in re.finditer(r"[^\r\n]+", text) if not match.group().isspace()]
    return tuple(cut(line.group(), _within(line.start(), line.end(), marks)) for line in lines)


def _within(start: int, end: int, marks: Sequence[Mark]) -> list[Mark]:
    return [
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.role)
        for mark in marks
        if mark.start < end and mark.end > start
    ]


def found(text: str, value: str, role: Role) -> list[Mark]:
    """Where a value stands in a text, whatever the case of its letters; whole words only."""
    if not value.strip():
        return []
    pattern = rf"(?<!\w){re.escape(value)}(?!\w)"
    return [Mark(*match.span(), role) for match in re.finditer(pattern, text, re.IGNORECASE)]
