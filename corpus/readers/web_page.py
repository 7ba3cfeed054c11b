"""`.html`: the article of a saved web page without the page around it, and what the page states about it.

Only this module knows trafilatura. Its guess of the date is not used: where the page states none, it takes one
from the running text. `stated_dates` reads what is stated.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Protocol, cast

from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from corpus import fields
from corpus.models import Draft
from corpus.readers import prose, stated_dates
from corpus.readers.blocks import Blocks, joined
from corpus.readers.raw import RawFile, Unreadable, decoded

# What it logs about a page comes back as the reason for skipping it.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_HEAD = 4096
_INLINE = ("code", "del", "graphic", "hi", "ref")


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft]:
    raw = file.whole(limit=file.limits.markup_bytes)
    declared = _CHARSET.search(raw[:_HEAD])
    html = decoded(raw, declared=declared[1].decode() if declared else None)
    try:
        yield _article(file, _page(html))
    except fields.WrongField as error:
        raise Unreadable(str(error)) from error


def _page(html: str) -> str:
    """What trafilatura takes for a whole page: without an XML declaration, and saying that it is HTML."""
    declaration = _XML_DECLARATION.match(html)
    html = html[declaration.end() :] if declaration else html
    return html if "html" in html[:50].lower() else f"<!DOCTYPE html>\n{html}"


def _article(file: RawFile, html: str) -> Draft:
    tree = load_html(html)
    _refuse_endless(tree, file.limits.elements)
    found = None if tree is None else bare_extraction(tree, with_metadata=True, include_comments=False)
    if tree is None or not isinstance(found, Document) or not found.text:
        raise Unreadable("is a page without an article that could be told apart from what is around it")
    text = prose.checked(joined(_blocks(cast(_Element, found.body))), file.limits)
    return Draft(
        text=text,
        source=str(file.path),
        title=fields.label(found.title) or prose.headline(text),
        publisher=fields.label(found.sitename),
        author=fields.label((found.author or "").replace("; ", ", ")),
        url=fields.link(found.url),
        published=stated_dates.published(tree),
        language=fields.label(tree.get("lang")),
    )


def _refuse_endless(tree: _Tree | None, most: int) -> None:
    """What looks for the article takes the square of a page's elements in time."""
    if tree is not None and next(islice(tree.iter(), most, None), None) is not None:
        raise Unreadable(f"is a page of more than {most:,} elements, of which no article needs so many")


class _Tree(Protocol):
    """As much of an lxml tree as is needed here."""

    def iter(self) -> Iterator[object]: ...


class _Element(Protocol):
    """As much of an lxml element as is needed here."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[_Element]: ...

    def itertext(self) -> Iterator[str]: ...


def _blocks(body: _Element) -> list[str]:
    """The blocks of the tree that trafilatura makes of an article.

    Its own text keeps the line breaks of the page's source inside paragraphs, which mean nothing.
    """
    found = Blocks()
    _walk(body, found)
    return found.all()


def _walk(element: _Element, found: Blocks) -> None:
    found.words(element.text)
    for child in element:
        code = "".join(child.itertext()) if child.tag == "code" else ""
        if "\n" in code:
            found.verbatim(code)
        elif child.tag == "cell":
            found.cell()
            _walk(child, found)
        elif child.tag in _INLINE:
            _walk(child, found)
        else:
            _walk_block(child, found)
        found.words(child.tail)


def _walk_block(block: _Element, found: Blocks) -> None:
    if block.tag == "item":
        found.item()
    else:
        found.end()
    _walk(block, found)
    found.end()
