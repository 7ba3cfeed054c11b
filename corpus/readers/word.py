"""`.docx`: paragraphs, list items and tables in the order of the document, as a reader of its final version sees it.

Only this module knows python-docx. It walks the body itself: the library's own walk leaves out text inside content
controls and text that was inserted with tracked changes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from corpus import fields
from corpus.models import Draft
from corpus.readers import prose
from corpus.readers.blocks import joined
from corpus.readers.raw import RawFile, Unreadable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PARAGRAPH, _PROPERTIES, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "pPr", "tbl", "tr", "tc"))
_TEXTS = (qn("w:t"), qn("m:t"))
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Moved away, or a second drawing of a text box for old programs; deleted text stands in elements of its own.
_UNSEEN = (
    _PROPERTIES,
    qn("w:rPr"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_MADE_UP = ("python-docx", "untitled", "word document", "microsoft word document")


class _Element(Protocol):
    """As much of an lxml element as is needed here."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[_Element]: ...

    def get(self, key: str, /) -> str | None: ...

    def find(self, path: str, /) -> _Element | None: ...


@dataclass(frozen=True, slots=True)
class _Opened:
    body: _Element
    styles: Mapping[str, str]
    """Names by the ids that paragraphs carry."""
    title: str
    author: str
    language: str


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft]:
    found = _opened(file)
    text = prose.checked(joined(_blocks(found.body, found.styles)), file.limits)
    title = _title(found.body, found.styles)
    try:
        yield Draft(
            text=text,
            source=str(file.path),
            title=_stated(found.title) or fields.label(title) or prose.headline(text),
            author=_stated(found.author),
            language=_stated(found.language),
        )
    except fields.WrongField as error:
        raise Unreadable(str(error)) from error


def _opened(file: RawFile) -> _Opened:
    raw = file.whole()
    if raw.startswith(_OLD_OFFICE):
        raise Unreadable("is encrypted or an old Word file; save it as .docx without a password")
    try:
        _refuse_bomb(raw, most=file.limits.file_bytes)
        document = docx.Document(io.BytesIO(raw))
        stated = document.core_properties
        styles = {style.style_id: style.name or "" for style in document.styles}
        body = cast(_Element | None, document.element.body)
        if body is None:
            raise Unreadable("has no text")
        return _Opened(body, styles, stated.title, stated.author, stated.language)
    except _BROKEN as error:
        raise Unreadable(f"is not a Word file that can be opened ({_first_line(error)})") from error


def _refuse_bomb(raw: bytes, *, most: int) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > most:
        raise Unreadable(f"unpacks to {unpacked:,} bytes; the most is {most:,}")


# What broken zip files, broken XML (SyntaxError is lxml's) and missing parts raise in the libraries.
_BROKEN = (
    *(OpcError, zipfile.BadZipFile, zlib.error, AttributeError, EOFError, KeyError, NotImplementedError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _stated(value: str | None) -> str | None:
    """A core property, unless it is what a program writes where nobody filled it in."""
    return None if (value or "").strip().lower() in _MADE_UP else fields.label(value)


def _title(body: _Element, styles: Mapping[str, str]) -> str | None:
    """The first paragraph of the style Title, else the first of Heading 1."""
    styled = [(_style(child, styles), child) for child in body if child.tag == _PARAGRAPH]
    for wanted in ("Title", "Heading 1"):
        for style, paragraph in styled:
            if style == wanted and (words := _words(paragraph)):
                return words
    return None


def _blocks(parent: _Element, styles: Mapping[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag == _PARAGRAPH:
            words = _words(child)
            yield f"- {words}" if words and _is_item(child, styles) else words
        elif child.tag == _ROW:
            yield from _row(child, styles)
        elif child.tag not in _UNSEEN:
            # Tables, content controls and tracked changes hold blocks in their turn.
            yield from _blocks(child, styles)


def _row(row: _Element, styles: Mapping[str, str]) -> Iterator[str]:
    """One line for a row; a row of one cell is a frame around paragraphs."""
    cells = [list(_blocks(cell, styles)) for cell in _cells(row)]
    if len(cells) == 1:
        yield from cells[0]
    else:
        yield " | ".join(" ".join(" ".join(cell).split()) for cell in cells).strip("| ")


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == _CELL:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _cells(child)


def _words(paragraph: _Element) -> str:
    lines = "".join(_runs(paragraph)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _runs(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _TEXTS:
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _UNSEEN:
            if child.tag == _PARAGRAPH:  # in a text box
                yield "\n"
            yield from _runs(child)


def _is_item(paragraph: _Element, styles: Mapping[str, str]) -> bool:
    style = _style(paragraph, styles)
    numbered = paragraph.find(f"{_PROPERTIES}/{qn('w:numPr')}") is not None
    return style.startswith("List") or (numbered and not style.startswith(("Heading", "Title")))


def _style(paragraph: _Element, styles: Mapping[str, str]) -> str:
    """The style's name, which is English for the built-in ones whatever the language of the program."""
    named = paragraph.find(f"{_PROPERTIES}/{qn('w:pStyle')}")
    return styles.get((named.get(qn("w:val")) if named is not None else None) or "", "")
