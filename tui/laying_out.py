"""Styled text laid out in lines of a width: wrapped, indented, beside a bar, in columns with rules around. Pure.

An exchange is one widget that draws these lines. As a widget for each paragraph and column, fifty exchanges would stop
the screen for a fifth of a second whenever something is laid out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from textual.content import Content

Lines = list[Content]
_RULE = "$error"
_NARROWEST = 22
"""Cells of a column; where there is room for fewer, there are fewer columns."""


def indented(content: Content, width: int, *, by: int, bar: str = "") -> Lines:
    """Wrapped, with that many cells before each line, the first of them a bar where one is wanted."""
    before = Content.assemble((f"▌{' ' * (by - 1)}", bar)) if bar else Content(" " * by)
    return [Content.assemble(before, line) for line in content.wrap(max(1, width - by))]


def columns(sides: Sequence[Content], width: int, *, most: int) -> Lines:
    """Side by side between rules, each row as high as its longest; at least two in a row, unless there is one."""
    number = max(min(2, len(sides)), min(len(sides), most, (width - 1) // (_NARROWEST + 3)))
    inner = max(1, (width - 1) // number - 3)
    rows = [sides[at : at + number] for at in range(0, len(sides), number)]
    lines = [_rule("┌┬┐", number, inner)]
    for place, row in enumerate(rows):
        if place:
            lines.append(_rule("├┼┤", number, inner))
        lines += _row([*row, *[Content("")] * (number - len(row))], inner)
    return [*lines, _rule("└┴┘", number, inner)]


def _rule(ends: str, number: int, inner: int) -> Content:
    return Content.styled(ends[0] + ends[1].join(["─" * (inner + 2)] * number) + ends[2], _RULE)


def _row(cells: Sequence[Content], inner: int) -> Iterator[Content]:
    edge = Content.styled("│", _RULE)
    for beside in zip_longest(*(cell.wrap(inner) for cell in cells), fillvalue=Content("")):
        padded = (Content.assemble(edge, " ", line, " " * (inner - line.cell_length + 1)) for line in beside)
        yield Content.assemble(*padded, edge)
