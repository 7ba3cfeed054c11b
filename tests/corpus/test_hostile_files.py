"""Files that no reader can take, each with the message it gets. The run goes on: a record, never an exception."""

from __future__ import annotations

import gzip
from typing import NamedTuple

import pytest

from corpus.models import Draft, Skipped
from corpus.reading import Limits
from tests.corpus import files
from tests.corpus.files import read


class Hostile(NamedTuple):
    why: str
    name: str
    content: bytes
    reason: str
    line: int | None = None


def rss(item: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel><item>{item}</item></channel></rss>".encode()


def page(head: str) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><p>The council met on Friday.</p></body></html>".encode()


SMALL = Limits(characters=1000, file_bytes=20_000, markup_bytes=10_000, line_bytes=5_000, unpacking=20)

HOSTILE = [
    # Empty and binary
    Hostile("empty", "x.txt", b"", "is empty"),
    Hostile("white space only", "x.txt", b" \n\t\r\n \xc2\xa0", "has no text"),
    Hostile("a mark and nothing else", "x.txt", b"\xef\xbb\xbf", "has no text"),
    Hostile("NULs", "x.txt", b"a\0b\0\0c", "is not text: it holds NUL bytes"),
    Hostile(
        "control characters", "x.md", bytes(range(1, 32)) * 9, "is not text: it is in good part control characters"
    ),
    Hostile("a picture", "x.html", b"\x89PNG\r\n\x1a\n", "is not text but a picture"),
    Hostile(
        "a PDF called text",
        "x.txt",
        b"%PDF-1.7\n",
        "is not text but a PDF; let its name end in .pdf if it should be read as one",
    ),
    Hostile(
        "zipped without saying so",
        "x.jsonl",
        gzip.compress(b"{}"),
        "is not text but a gzip file; let its name end in .gz if it should be read as one",
    ),
    Hostile(
        "half of UTF-16",
        "x.txt",
        "Text".encode("utf-16")[:-1],
        "is not text: it holds NUL bytes and is no valid UTF-16 either",
    ),
    Hostile(
        "an unknown kind",
        "x.odt",
        b"x",
        "is of a kind that is not read; readable are .atom, .csv, .docx, .htm, .html, .json, .jsonl, .markdown, .md, "
        ".ndjson, .pdf, .rss, .tsv, .txt, .xhtml, .xml, and text formats with .gz",
    ),
    # Too large
    Hostile(
        "one long line",
        "x.txt",
        b"x" * 21_000,
        "is larger than 20,000 bytes, the most that is read of such a file; split it",
    ),
    Hostile("a long text", "x.txt", b"x" * 1001, "has a text of 1,001 characters; the most for one article is 1,000"),
    Hostile(
        "a long page",
        "x.html",
        b"x" * 10_001,
        "is larger than 10,000 bytes, the most that is read of such a file; split it",
    ),
    Hostile(
        "a long line of rows",
        "x.jsonl",
        b'{"text": "' + b"x" * 5_000 + b'"}',
        "line 1 is longer than 5,000 bytes; the most for one row",
        1,
    ),
    Hostile(
        "a long text in a row",
        "x.jsonl",
        b'{"text": "' + b"x" * 1_001 + b'"}',
        "line 1 has a text of 1,001 characters; the most for one article is 1,000",
        1,
    ),
    Hostile(
        "a long line of a table",
        "x.csv",
        b"text\n" + b"x" * 6_000,
        "line 2 is longer than 5,000 bytes; from there on it is not read",
        2,
    ),
    # Zipped
    Hostile("not gzip", "x.txt.gz", b"plain", "is a broken gzip file (Not a gzipped file (b'pl'))"),
    Hostile(
        "cut gzip",
        "x.jsonl.gz",
        gzip.compress(b'{"text": "x"}')[:-9],
        "is a broken gzip file (Compressed file ended before the end-of-stream marker was reached)",
    ),
    Hostile(
        "a bomb",
        "x.txt.gz",
        gzip.compress(b"0" * 1_000_000),
        "is larger than 20,000 bytes, the most that is read of such a file; split it",
    ),
    Hostile(
        "a bomb of rows", "x.jsonl.gz", gzip.compress(b"0" * 1_000_000), "unpacks to more than 20 times its size", 1
    ),
    # JSON
    Hostile(
        "invalid JSON",
        "x.jsonl",
        b'{"text": "a" "b": 1}',
        "line 1 is not valid JSON (Expecting ',' delimiter at column 14)",
        1,
    ),
    Hostile(
        "a list for a row", "x.jsonl", b'["a"]', "line 1 is a JSON list, not an object with the fields of an article", 1
    ),
    Hostile("blank lines", "x.jsonl", b"\n \n", "is empty but for white space"),
    Hostile(
        "JSON called JSON lines",
        "x.jsonl",
        b'[\n{"text": "a"}\n]',
        "holds one JSON value over several lines, not one a line; let its name end in .json",
    ),
    Hostile(
        "deep nesting",
        "x.jsonl",
        b"[" * 4_000,
        "line 1 is JSON that no article needs: nested too deeply, or a number too long",
        1,
    ),
    Hostile(
        "an endless number",
        "x.json",
        b'{"text": "a", "id": ' + b"9" * 5000 + b"}",
        "is JSON that no article needs: nested too deeply, or a number too long",
    ),
    Hostile(
        "invalid JSON on a later line",
        "x.json",
        b'{"text": "a",\n "title": }',
        "is not valid JSON (Expecting value at line 2, column 11)",
        2,
    ),
    Hostile("no list", "x.json", b"17", "holds no articles: neither an object with a text nor a list of such objects"),
    Hostile(
        "an empty list", "x.json", b"[]", "holds no articles: neither an object with a text nor a list of such objects"
    ),
    Hostile("a list of strings", "x.json", b'["a"]', "entry 1 is not an object with the fields of an article", 1),
    Hostile(
        "several lists",
        "x.json",
        b'{"a": [{"text": "x"}], "b": [{"text": "y"}]}',
        "holds several lists: 'a', 'b'; keep only that of the articles",
    ),
    # Rows
    Hostile(
        "no field for the text",
        "x.jsonl",
        b'{"Titel": "a", "Inhalt": "b"}',
        "line 1 has no text: map the field that holds it to text; it has 'Titel', 'Inhalt'",
        1,
    ),
    Hostile("an empty text", "x.jsonl", b'{"text": " "}', "line 1 has no text", 1),
    Hostile(
        "a number for a text", "x.jsonl", b'{"text": 5}', "line 1 has a text that is a number; it must be a string", 1
    ),
    Hostile(
        "half a character",
        "x.jsonl",
        b'{"text": "a\\ud800"}',
        "line 1 has half a character (\\ud800) at offset 1; it was cut in two",
        1,
    ),
    Hostile("a NUL", "x.jsonl", b'{"text": "a\\u0000b"}', "line 1 has a NUL character in its text; remove it", 1),
    Hostile(
        "an impossible date",
        "x.jsonl",
        b'{"text": "a", "date": "2022-02-30"}',
        "line 1 has a wrong date: '2022-02-30' is no day of the calendar",
        1,
    ),
    Hostile(
        "an ambiguous date",
        "x.csv",
        b"text,date\na,03/04/2022",
        "row 1 has a wrong date: '03/04/2022' can be two days; write 2022-03-04 or 2022-04-03",
        2,
    ),
    Hostile(
        "half a date",
        "x.jsonl",
        b'{"text": "a", "date": "June 2022"}',
        "line 1 has a wrong date: 'June 2022' is not a date with day, month and year; write it as 2022-06-17",
        1,
    ),
    # Tables
    Hostile(
        "no column for the text",
        "x.csv",
        b"Titel;Inhalt\na;b",
        "has no text: map the column that holds it to text; it has 'Titel', 'Inhalt'",
        1,
    ),
    Hostile("no rows", "x.csv", b"title,text\n", "has column names but no rows"),
    Hostile(
        "too few cells",
        "x.csv",
        b"title,text\na",
        "row 1 has another number of cells (1) than the first line has names (2); "
        "put quotes around a cell that holds the separator",
        2,
    ),
    Hostile(
        "a quote that does not close",
        "x.csv",
        b'title,text\na,"b\nc,d\n',
        "row 1 opens a quote that does not close; from there on it is not read",
        2,
    ),
    Hostile(
        "line ends of old",
        "x.csv",
        b"title,text\ra,b\r",
        "has lines that end in CR alone, as on old Macs; save it with LF or CRLF",
        1,
    ),
    Hostile(
        "NULs in a cell",
        "x.csv",
        b"text\n" + b"x" * 140_000 + b"\0",
        "line 2 is longer than 5,000 bytes; from there on it is not read",
        2,
    ),
    # Markdown
    Hostile(
        "broken front matter",
        "x.md",
        b"---\ntitle: a\ndate: b: c\n---\nText.",
        "has front matter that is not valid YAML (mapping values are not allowed here)",
        3,
    ),
    Hostile(
        "front matter that names nothing",
        "x.md",
        b"---\njust words\n---\nText.",
        "has front matter that is not a list of `name: value` lines",
        1,
    ),
    Hostile("nothing but front matter", "x.md", b"---\ntitle: a\n---\n", "has no text"),
    Hostile(
        "a wrong date",
        "x.md",
        b"---\ndate: soon\n---\nText.",
        "has a wrong date: 'soon' is not a date with day, month and year; write it as 2022-06-17 (in its front matter)",
    ),
    # Web pages
    Hostile(
        "no article",
        "x.html",
        b"<html><body><script>x()</script></body></html>",
        "is a page without an article that could be told apart from what is around it",
    ),
    Hostile(
        "nested without end",
        "x.html",
        b"<html>" + b"<i>" * 3_000 + b"x",
        "is a page without an article that could be told apart from what is around it",
    ),
    Hostile(
        "a wrong date",
        "x.html",
        page('<meta property="article:published_time" content="2022-02-30">'),
        "has a wrong date: '2022-02-30' is no day of the calendar",
    ),
    # Feeds
    Hostile("no feed", "x.xml", b"<a><b/></a>", "is XML but neither an RSS nor an Atom feed"),
    Hostile("no entries", "x.rss", b"<rss version='2.0'><channel/></rss>", "is a feed without entries"),
    Hostile("an empty entry", "x.rss", rss("<title>a</title>"), "entry 1 has no text", 1),
    Hostile(
        "a wrong date",
        "x.rss",
        rss("<description>a</description><pubDate>03/04/2022</pubDate>"),
        "entry 1 has a wrong date: '03/04/2022' can be two days; write 2022-03-04 or 2022-04-03",
        1,
    ),
    Hostile(
        "a billion laughs",
        "x.xml",
        rss("<description>&b;</description>", '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'),
        "declares XML entities, which can unpack to any size and which no feed needs",
    ),
    Hostile(
        "an entity that reads a file",
        "x.xml",
        rss("<description>&a;</description>", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "declares XML entities, which can unpack to any size and which no feed needs",
    ),
    Hostile(
        "a feed cut off",
        "x.rss",
        b"<rss version='2.0'><channel><item><description>a",
        "entry 1 breaks off: the file ends in the middle of the feed",
        1,
    ),
    # PDF
    Hostile("no PDF", "x.pdf", b"text", "is not a PDF that can be opened; it is broken or cut off"),
    Hostile(
        "a cut PDF",
        "x.pdf",
        files.pdf([[(9, 9, "a")]])[:300],
        "is not a PDF that can be opened; it is broken or cut off",
    ),
    Hostile(
        "an encrypted PDF", "x.pdf", files.pdf([[(9, 9, "a")]], locked=True), "is encrypted; save it without a password"
    ),
    Hostile(
        "a scanned PDF",
        "x.pdf",
        files.pdf([[], []]),
        "has no text layer: it is scanned; run OCR over it first, for example with ocrmypdf",
    ),
    Hostile(
        "a long PDF",
        "x.pdf",
        files.pdf([[(9, 9, "word " * 250)]]),
        "has a text of more than 1,000 characters, the most for one article; split it",
    ),
    # Word
    Hostile("no Word file", "x.docx", b"text", "is not a Word file that can be opened (File is not a zip file)"),
    Hostile(
        "an encrypted Word file",
        "x.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "is encrypted or an old Word file; save it as .docx without a password",
    ),
    Hostile(
        "another zip archive",
        "x.docx",
        files.zipped({"a.txt": b"a"}),
        "is not a Word file that can be opened (\"There is no item named '[Content_Types].xml' in the archive\")",
    ),
    Hostile(
        "a bomb",
        "x.docx",
        files.zipped({"word/document.xml": bytes(1_000_000)}),
        "unpacks to 1,000,000 bytes; the most is 200,000",
    ),
]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: f"{case.name}: {case.why}")
def test_a_hostile_file_gets_its_message(case: Hostile) -> None:
    limits = SMALL if not case.name.endswith(".docx") else Limits(file_bytes=200_000)
    found = read(case.name, case.content, limits=limits)
    assert found == [Skipped(path=case.name, reason=case.reason, line=case.line)]


def test_invalid_json_on_line_17_costs_line_17_only() -> None:
    lines = [f'{{"text": "Text {number}."}}' for number in range(1, 31)]
    lines[16] = '{"text": "Text 17."'
    found = read("x.jsonl", "\n".join(lines))
    assert [item.row for item in found if isinstance(item, Draft)] == [*range(1, 17), *range(18, 31)]
    assert found[16] == Skipped(
        path="x.jsonl", reason="line 17 is not valid JSON (Expecting ',' delimiter at column 20)", line=17
    )
