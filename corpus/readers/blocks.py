"""Text in blocks: paragraphs, headings, list items and table rows, each on a line, whatever the format they come from.

A walk over markup tells `Blocks` what it meets; `joined` writes blocks as one text. Neither knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_IN_A_ROW = {"item": re.compile(r"- |\d{1,3}[.)] "), "row": re.compile(r".* \| ")}


class Blocks:
    """Collects words until a block ends; white space in the markup's source means nothing."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._words: list[str] = []
        self._marker = ""

    def words(self, text: str | None) -> None:
        self._words.append(text or "")

    def cell(self) -> None:
        """A table cell begins."""
        self._words.append(" | " if "".join(self._words).strip() else "")

    def end(self) -> None:
        """What was collected is a block, if there is anything."""
        self._add(" ".join("".join(self._words).split()))

    def item(self) -> None:
        """A list item begins."""
        self.end()
        self._marker = "- "

    def verbatim(self, lines: str) -> None:
        """A block whose lines are to stay, such as program code."""
        self.end()
        self._add(lines.strip("\n"))

    def all(self) -> list[str]:
        self.end()
        return self._found

    def _add(self, block: str) -> None:
        self._words.clear()
        if block.strip():
            self._found.append(self._marker + block)
            self._marker = ""


def joined(found: Iterable[str]) -> str:
    """Blocks as one text: blank lines between them, none between the items of a list or the rows of a table."""
    parts: list[str] = []
    before = None
    for block in filter(str.strip, found):
        kind = next((kind for kind, form in _IN_A_ROW.items() if form.match(block)), None)
        parts += [("\n" if kind and kind == before else "\n\n") if parts else "", block]
        before = kind
    return "".join(parts)
