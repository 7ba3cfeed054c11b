"""Files made to break a reader: bombs, nesting, endless tokens, scripts. Each is read or skipped with a sentence.

All go through the worker, as in an ingest. They are small where their size does not matter, so that all of them take
seconds; what takes a bound to its limit is tested in `test_reading_apart`.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Draft, Skipped
from corpus.readers.prose import plain
from corpus.reading_apart import Bounds, Read, ReaderApart
from tests.corpus import files
from tests.corpus.fuzzing import SUFFIXES, fuzzed

SENTENCE = "The council met on Friday and decided on the bridge, which had been closed for months."
PARAGRAPH = f"<p>{SENTENCE}</p>"
DRAWN = f"BT /F1 12 Tf 72 700 Td ({SENTENCE[:60]}) Tj ET\n".encode()
NO_ARTICLE = "is a page without an article that could be told apart from what is around it"
DEEP_JSON = "is JSON that no article needs: nested too deeply, or a number too long"


class Hostile(NamedTuple):
    why: str
    name: str
    make: Callable[[], bytes]
    expected: str
    """Part of the first article's text, or of the first record's reason."""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def rss(items: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel>{items}</channel></rss>".encode()


def described(html: str) -> bytes:
    return rss(f"<item><description><![CDATA[{html}]]></description></item>")


def document(start: str, body: str) -> bytes:
    """A Word file whose document begins with `start`."""
    xml = f'{start}<w:document xmlns:w="{files.WORDS}"><w:body>{body}</w:body></w:document>'
    return files.replaced(files.word([]), {"word/document.xml": xml.encode()})


def of_many_parts() -> bytes:
    out = io.BytesIO(files.word([SENTENCE]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"x/{number}.xml", b"")
    return out.getvalue()


def lying_about_its_size() -> bytes:
    """A Word file whose directory says of its document that it unpacks to 9 bytes."""
    archive = bytearray(files.word_of(files.paragraph(SENTENCE) * 2000))
    with zipfile.ZipFile(io.BytesIO(bytes(archive))) as opened:
        size = opened.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return bytes(archive.replace(size, (9).to_bytes(4, "little")))


def scripted_pdf() -> bytes:
    catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        b"/AA << /WC << /S /Launch /F (calc.exe) >> >> /Names << /EmbeddedFiles << /Names [(a.txt) 7 0 R] >> >> "
    )
    embedded = b"<< /Length 15 >>\nstream\nEmbedded secret\nendstream"
    return files.pdf_of(
        b"", DRAWN, catalog=catalog, more=[b"<< >>", b"<< /Type /Filespec /EF << /F 8 0 R >> >>", embedded]
    )


def calling_itself() -> bytes:
    """A page whose form draws itself."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 60 >>"
    return files.pdf_of(b"", DRAWN + b"/X Do\n", more=[form + b"\nstream\n" + b"/X Do\n".ljust(60) + b"\nendstream"])


def laughs(start: str) -> str:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {start} [<!ENTITY a0 "ha">{levels}]>'


HOSTILE = [
    # What unpacks to more than it is
    Hostile("a bomb", "x.txt.gz", lambda: gzip.compress(bytes(1_000_000)) * 500, "is larger than 100 MB"),
    Hostile("a bomb of tags", "x.html.gz", lambda: gzip.compress(b"<p>" * 9_000_000), "is larger than 10 MB"),
    Hostile("a bomb of one row", "x.csv.gz",
            lambda: gzip.compress(b"text\n" + b"a" * 50_000_000), "longer than 16,000,"),
    Hostile("a huge document", "x.docx",
            lambda: files.word_of(files.paragraph("x" * 9_000_000)), "has a text of 9,000,"),
    Hostile("a bomb of zeros", "x.docx", lambda: files.zipped({"a": bytes(200_000_000)}), "unpacks to 200,000,000"),
    Hostile("many parts", "x.docx", of_many_parts, SENTENCE),
    Hostile("a size that is a lie", "x.docx", lying_about_its_size, "is not a Word file that can be opened"),
    Hostile("a huge stream", "x.pdf", lambda: files.pdf_of(b"/Filter /FlateDecode", zlib.compress(b" " * 50_000_000)),
            "has no text layer"),
    Hostile("a stream of nothing", "x.pdf",
            lambda: files.pdf_of(b"/Filter /FlateDecode", zlib.compress(b"q Q " * 10**6)),
            "has no text layer"),
    Hostile("laughs", "x.rss",
            lambda: rss("<item><description>&a9;</description></item>", laughs("rss")), "XML entities"),
    Hostile("laughs in UTF-16", "x.rss",
            lambda: laughs("rss").encode("utf-16") + rss("").decode().encode("utf-16-le"),
            "XML entities"),
    Hostile("laughs in Word", "x.docx",
            lambda: document(laughs("w:document"), files.paragraph("&a9;").replace("amp;", "")),
            "is not a Word file that can be opened"),
    Hostile("a file's content for an entity", "x.docx",
            lambda: document('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
                             "<w:p><w:r><w:t>a&a;b</w:t></w:r></w:p>"),
            "a"),
    # Deep
    Hostile("a page 100,000 deep", "x.html", lambda: page("<div>" * 100_000 + PARAGRAPH), NO_ARTICLE),
    Hostile("deep below an article", "x.html", lambda: page(PARAGRAPH * 9 + "<blockquote>" * 100_000), SENTENCE),
    Hostile("words 5,000 deep", "x.html", lambda: page(f"{PARAGRAPH * 9}<p>{'<b>' * 5000}x"), SENTENCE),
    Hostile("lists in lists", "x.html", lambda: page(PARAGRAPH * 9 + "<ul><li>" * 10_000), SENTENCE),
    Hostile("linked data, deep", "x.html",
            lambda: page(PARAGRAPH * 9, f'<script type="application/ld+json">{"[" * 100_000}</script>'), SENTENCE),
    Hostile("a deep entry", "x.rss", lambda: described("<a><div>" * 50_000 + "x"), "x"),
    Hostile("entries in entries", "x.rss", lambda: rss("<item>" * 20_000), "entry 1 has no text"),
    Hostile("a deep Word file", "x.docx", lambda: files.word_of("<w:sdt>" * 100_000), "is not a Word file"),
    Hostile("as deep as may be", "x.docx",
            lambda: files.word_of("<w:sdt>" * 200 + files.paragraph("x") + "</w:sdt>" * 200),
            "x"),
    Hostile("lists 100,000 deep", "x.json", lambda: b"[" * 100_000 + b"]" * 100_000, DEEP_JSON),
    Hostile("objects 100,000 deep", "x.json", lambda: b'{"a":' * 100_000, DEEP_JSON),
    Hostile("a row 100,000 deep", "x.jsonl", lambda: b'{"text": "a", "b": ' + b"[" * 100_000, f"line 1 {DEEP_JSON}"),
    Hostile("quotes in quotes", "x.md", lambda: b">" * 50_000 + b" a", "has no text"),
    Hostile("items in items", "x.md", lambda: b"- " * 20_000 + b"a", "a"),
    Hostile("deep front matter", "x.md", lambda: b"---\na: " + b"[" * 30_000 + b"\n---\nText.", "is not valid YAML"),
    # Much
    Hostile("an enormous attribute", "x.html",
            lambda: page(f"<p title='{'x' * 5_000_000}'>{PARAGRAPH * 9}"), SENTENCE),
    Hostile("breaks without end", "x.html", lambda: page(PARAGRAPH * 9 + "<br>" * 200_000), "than 100,000 elements"),
    Hostile("a token of 10 MB", "x.txt", lambda: b"x" * 10_000_000, "has a text of 10,000,000 characters"),
    Hostile("a token of 10 MB in a row", "x.jsonl",
            lambda: b'{"text": "' + b"x" * 10_000_000 + b'"}', "has a text of 10,0"),
    Hostile("a token of 2 MB", "x.txt", lambda: b"x" * 2_000_000, "xxx"),
    Hostile("a token of 2 MB in a PDF", "x.pdf", lambda: files.pdf([[(9, 9, "x" * 1_900_000)]]), "xxx"),
    Hostile("letters each by itself", "x.pdf",
            lambda: files.pdf([[(n % 600, n % 790, "a") for n in range(5000)]]), "a a a"),
    Hostile("a million columns", "x.csv",
            lambda: b"," * 1_000_000 + b"text\n" + b"," * 1_000_000 + b"A text.", "A text."),
    Hostile("rows of nothing", "x.jsonl", lambda: b"x\n" * 300_000, "line 1 is not valid JSON"),
    Hostile("empty entries", "x.rss", lambda: rss("<item/>" * 5_000), "entry 1 has no text"),
    Hostile("a million attributes", "x.rss",
            lambda: rss(f"<item {'a=1 ' * 100_000}><description>x</description></item>"), "x"),
    Hostile("many lists", "x.json",
            lambda: json.dumps({f"k{n}": [{}] for n in range(50_000)}).encode(), "49,988 more;"),
    Hostile("many keys", "x.json",
            lambda: json.dumps({"text": "a"} | {f"k{n}": n for n in range(50_000)}).encode(), "a"),
    # What never ends
    Hostile("comments that never end", "x.rss", lambda: described("<!--" * 100_000), "<!--"),
    Hostile("instructions that never end", "x.rss", lambda: described("<?" * 200_000), "<?"),
    Hostile("sections that never end", "x.md", lambda: b"<div>\n" + b"<![CDATA[" * 50_000, "<![CDATA["),
    Hostile("a section of no known kind", "x.rss", lambda: described("a<![x[ b <p>c"), "a"),
    Hostile("comments in Markdown", "x.md", lambda: b"<!--" * 100_000, "<!--"),
    Hostile("backticks", "x.md", lambda: b"".join(b"`" * n + b" " for n in range(1500)), "`"),
    Hostile("brackets", "x.md", lambda: b"[" * 50_000, "["),
    Hostile("pictures in links", "x.md", lambda: b"![[](" * 10_000, "!["),
    Hostile("stars", "x.md", lambda: b"*a **a " * 20_000, "a"),
    Hostile("a word that ends nowhere", "x.md", lambda: b"<a " * 50_000, "<a"),
    Hostile("anchors of anchors", "x.md",
            lambda: b"---\na: &a [x]\n" + b"a: &a [*a,*a,*a,*a]\n" * 30 + b"title: *a\n---\nA",
            "is not valid YAML"),
    Hostile("a declaration that ends nowhere", "x.html", lambda: b"<?xml " * 100_000, NO_ARTICLE),
    # What is no text
    Hostile("NULs", "x.md", lambda: b"a\0b", "is not text: it holds NUL bytes"),
    Hostile("NULs in a row", "x.csv", lambda: b"text\n" + b"a" * 200_000 + b"\0\n", "NUL"),
    Hostile("half a character", "x.json", lambda: b'{"text": "a \\ud800 b"}', "has half a character (\\ud800)"),
    Hostile("half a character in a title", "x.json",
            lambda: b'{"text": "a", "title": "\\udfff"}', "has half a character"),
    Hostile("half a character in a name", "x.json", lambda: b'{"text": "a", "\\ud800": 1}', "a"),
    Hostile("no character at all", "x.rss",
            lambda: b"<rss><channel><item><description>a &#99999999; b", "so broken that"),
    # What only looks harmless
    Hostile("a PDF with scripts and a file inside", "x.pdf", scripted_pdf, SENTENCE[:60]),
    Hostile("a PDF that draws itself", "x.pdf", calling_itself, SENTENCE[:60]),
    Hostile("pages among their own pages", "x.pdf",
            lambda: files.pdf_of(b"", DRAWN).replace(b"/Kids [4 0 R] /Count 1", b"/Kids [2 0 R] /Count 9"),
            "cannot be read"),
    Hostile("turned around", "x.txt", lambda: ("\u202e" * 1000 + "abc\u2066").encode(), "\u202e"),
    Hostile("orders to a terminal", "x.txt",
            lambda: b"A \x1b]0;title\x07 B \x1b[31mred, and words enough.", "A ]0;title B"),
]  # fmt: skip


@pytest.fixture(scope="module")
def apart() -> Iterator[ReaderApart]:
    with ReaderApart(bounds=Bounds(seconds=30, memory=1_000_000_000)) as reader:
        yield reader


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: f"{case.name}: {case.why}")
def test_a_hostile_file_is_read_or_skipped_with_a_sentence(case: Hostile, apart: ReaderApart, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.make())
    (read,) = apart.read([path])
    (first, *_) = read.found
    assert case.expected in (first.text if isinstance(first, Draft) else first.reason)
    assert_sound(read)
    assert not read.ended
    assert len(read.found) <= 1_001


def assert_sound(read: Read) -> None:
    for item in read.found:
        if isinstance(item, Skipped):
            assert "please report this" not in item.reason
            assert len(item.reason) < 2000
            item.reason.encode(errors="strict" if "\\u" in item.reason else "surrogatepass")
        else:
            assert item.text.strip()
            item.text.encode()


def test_what_a_pdf_carries_beside_its_text_is_not_read(apart: ReaderApart, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(scripted_pdf())
    (read,) = apart.read([path])
    assert [item.text for item in read.found if isinstance(item, Draft)] == [SENTENCE[:60].strip()]


def test_an_entity_in_word_brings_nothing_in(apart: ReaderApart, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret.")
    path = tmp_path / "x.docx"
    start = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    path.write_bytes(document(start, "<w:p><w:r><w:t>before &a; after</w:t></w:r></w:p>"))
    (read,) = apart.read([path])
    assert "secret" not in str([item.text for item in read.found if isinstance(item, Draft)])


def test_running_text_holds_no_control_characters(apart: ReaderApart, tmp_path: Path) -> None:
    every = "".join(map(chr, range(1, 0x100))) * 2 + SENTENCE * 20
    for name in ("x.txt", "x.md", "x.html", "x.rss"):
        path = tmp_path / name
        content = {"x.html": page(f"<p>{every}</p>{PARAGRAPH}"), "x.rss": described(every)}
        path.write_bytes(content.get(name, every.encode()))
        (read,) = apart.read([path])
        for item in read.found:
            assert isinstance(item, Skipped) or item.text == plain(item.text)


@given(suffix=st.sampled_from(SUFFIXES), seed=st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_any_file_that_nobody_wrote_is_articles_or_skipped(
    suffix: str, seed: int, apart: ReaderApart, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzzed{suffix}"
    path.write_bytes(fuzzed(suffix, random.Random(seed), largest=20_000))
    (read,) = apart.read([path])
    assert_sound(read)
    assert not read.ended
