"""`.pdf`: one article a file, its text layer as paragraphs. Only this module knows pypdfium2."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import closing

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus import fields
from corpus.models import Draft
from corpus.readers import page_layout, prose
from corpus.readers.blocks import joined
from corpus.readers.page_layout import Line
from corpus.readers.raw import RawFile, Unreadable

logging.getLogger("pypdfium2").addHandler(logging.NullHandler())

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NO_CHARACTERS = re.compile(r"[\ufffd\ue000-\uf8ff]")
# What programs write where nobody filled it in.
_MADE_UP_AUTHOR = re.compile(r"\W*(?:anonymous|unknown|unspecified|user|admin(?:istrator)?|owner)?\W*$", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft]:
    with closing(_opened(file.whole())) as document:
        pages = _pages(document, most=file.limits.characters)
        stated = document.get_metadata_dict(skip_empty=True)
    text = prose.checked(joined(page_layout.paragraphs(pages)), file.limits)
    if len(_NO_CHARACTERS.findall(text)) > len(text) // 4:
        raise Unreadable("has fonts that don't say which characters they draw; run OCR over it first")
    author = stated.get("Author", "")
    try:
        yield Draft(
            text=text,
            source=str(file.path),
            title=_shown_title(stated.get("Title", ""), text) or prose.headline(text),
            author=None if _MADE_UP_AUTHOR.match(author) else fields.label(author),
        )
    except fields.WrongField as error:
        raise Unreadable(str(error)) from error


def _opened(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("is encrypted; save it without a password") from error
        raise Unreadable("is not a PDF that can be opened; it is broken or cut off") from error


def _pages(document: pypdfium2.PdfDocument, *, most: int) -> list[list[Line]]:
    pages: list[list[Line]] = []
    left = most
    for number in range(len(document)):
        pages.append(_page(document, number))
        left -= sum(len(line.text) for line in pages[-1])
        if left < 0:
            raise Unreadable(f"has a text of more than {most:,} characters, the most for one article; split it")
    if not any(pages):
        raise Unreadable("has no text layer: it is scanned; run OCR over it first, for example with ocrmypdf")
    return pages


def _page(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as textpage:
            return list(_lines(textpage))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"has a page {number + 1} that cannot be read ({error})") from error


def _lines(textpage: pypdfium2.PdfTextPage) -> Iterator[Line]:
    start = 0
    for written in textpage.get_text_range().split("\r\n"):
        text = written.translate(_LIGATURES).strip()
        if text:
            first = start + len(written) - len(written.lstrip())
            last = start + len(written.rstrip()) - 1
            yield Line(text, *_box(textpage, first, last))
        start += len(written) + 2


def _box(textpage: pypdfium2.PdfTextPage, first: int, last: int) -> tuple[float, float, float, float, float]:
    """Left, top, height, right and bottom of a line; all 0 where the page doesn't say."""
    indexes = [pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, index) for index in (first, last)]
    try:
        left, foot, _, top = textpage.get_charbox(indexes[0], loose=True)
        _, bottom, right, _ = textpage.get_charbox(indexes[1], loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    return left, top, top - foot, right, bottom


def _shown_title(stated: str, text: str) -> str | None:
    """The title in the file's properties if the article itself shows it: many are a file's name or a template's."""
    title = fields.label(stated)
    plain = _NOT_ALPHANUMERIC.sub("", title or "").casefold()
    return title if plain and plain in _NOT_ALPHANUMERIC.sub("", text[:5000]).casefold() else None
