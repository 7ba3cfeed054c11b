"""Reading a file that a test spells out, and files of formats that no text editor writes, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import docx

from corpus.models import Draft, Skipped
from corpus.reading import LIMITS, Limits, read_file

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    pages: Sequence[Sequence[tuple[int, int, str]]],
    *,
    title: str = "",
    author: str = "",
    size: int = 12,
    locked: bool = False,
) -> bytes:
    """A PDF whose pages hold lines (left, bottom, text) in Helvetica, without compression.

    `locked` makes it one that asks for a password, since no password fits its key.
    """
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 {size} Tf {left} {bottom} Td ({_escaped(text)}) Tj ET" for left, bottom, text in lines
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< /Title ({_escaped(title)}) /Author ({_escaped(author)}) >>")
    if not locked:
        return _written(objects)
    zeros = "<" + "00" * 32 + ">"
    objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O {zeros} /U {zeros} >>")
    return _written(objects, trailer=f"/Encrypt {len(objects)} 0 R /ID [<00> <00>]")


def pdf_of(entries: bytes, content: bytes, *, more: Sequence[bytes] = (), catalog: bytes = b"") -> bytes:
    """A PDF of one page with this stream as its content, under these further entries; `more` are objects from 6 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> "
        b"/XObject << /X 6 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d " % len(content) + entries + b" >>\nstream\n" + content + b"\nendstream",
        *more,
    ]
    written = (b"%d 0 obj\n" % number + body + b"\nendobj\n" for number, body in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + b"".join(written) + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _written(objects: Sequence[str], *, trailer: str = "") -> bytes:
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    information = next(number for number, body in enumerate(objects, start=1) if body.startswith("<< /Title"))
    entries = f"/Size {len(objects) + 1} /Root 1 0 R /Info {information} 0 R {trailer}"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< {entries} >>\n"
    out += f"startxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def word(paragraphs: Sequence[str], *, title: str = "", author: str = "") -> bytes:
    """A Word file of plain paragraphs."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(body: str) -> bytes:
    """A Word file with this XML as its body; the prefix `w` is bound."""
    document = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    return replaced(word([]), {"word/document.xml": document.encode()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def replaced(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A zip archive with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def read(name: str, content: bytes | str, *, limits: Limits = LIMITS, **fields: str) -> list[Draft | Skipped]:
    """What a file of this name and content yields; `fields` is an own mapping."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_file(path, root=Path(folder), fields=fields, limits=limits))


def drafts(name: str, content: bytes | str, **fields: str) -> list[Draft]:
    """The same where all of it can be read; the source is only the file's name."""
    found = read(name, content, **fields)
    assert all(isinstance(item, Draft) for item in found), found
    return [replace(item, source=name) for item in found if isinstance(item, Draft)]


def draft(name: str, content: bytes | str, **fields: str) -> Draft:
    (found,) = drafts(name, content, **fields)
    return found
