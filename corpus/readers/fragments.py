"""Pieces of HTML, as feeds and Markdown carry them, to blocks of plain text. Whole pages go through `web_page`.

The standard library's parser is enough for pieces: there is nothing around the text to tell apart from it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from html.parser import HTMLParser

from corpus.readers.blocks import Blocks

_SILENT = frozenset({"head", "iframe", "noscript", "object", "script", "style", "svg", "template", "title"})
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"),
        *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr"),
    }
)


def blocks(html: str) -> list[str]:
    """Paragraphs, headings, list items ("- ...") and table rows ("a | b") of `html`, markup dropped."""
    parser = _Parser()
    parser.feed(_closed(html))
    parser.close()
    return parser.blocks.all()


_OPENINGS = (
    (re.compile(r"--\s*>"), re.compile(r"<(?=!--)")),
    (re.compile(r"\]\s*\]\s*>"), re.compile(r"<(?=!\[\s*(?:cdata|ignore|include|rcdata|temp)\b)", re.IGNORECASE)),
    (re.compile(r">"), re.compile(r"<")),
)
"""What ends comments, marked sections and tags, and where one begins."""


def _closed(html: str) -> str:
    """`html` with what begins and never ends as the text that the parser takes it for anyway.

    The parser would look for each end up to the end of the text, which takes the square of what there is.
    """
    for ending, opening in _OPENINGS:
        last = deque(ending.finditer(html), maxlen=1)
        end = last[0].end() if last else 0
        html = html[:end] + opening.sub("&lt;", html[end:])
    return html


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = Blocks()
        self._silent: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """One of an unknown kind is a comment, as in browsers, and no failure."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in ("td", "th"):
            self.blocks.cell()
        elif tag == "li":
            self.blocks.item()
        elif tag not in _INLINE:
            self.blocks.end()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag not in _INLINE and tag not in ("td", "th"):
            self.blocks.end()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.blocks.words(data)
