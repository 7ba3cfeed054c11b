"""Pieces of HTML, as feeds and Markdown carry them, to blocks of plain text. Whole pages go through `web_page`.

The standard library's parser is enough for pieces: there is nothing around the text to tell apart from it.
"""

from __future__ import annotations

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
    parser.feed(html)
    parser.close()
    return parser.blocks.all()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = Blocks()
        self._silent: list[str] = []

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
