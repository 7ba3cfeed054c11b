"""Files that nobody wrote: valid ones of every format, built here, and what is done to them.

For the benchmark that reads ten thousand of them, and for the test that reads a few hundred. Everything follows from
the generator of random numbers that is handed in.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from corpus.reading import FORMATS
from tests.corpus import files

TEXT = (
    "The council of Nœrdby met on Friday, 17 June 2022, and decided on the bridge – “closed for months”, said Ann Bøe. "
    "Nobody objected. It costs 1.5 million euros, the mayor said, and opens in May.\n\nReporting by Bob. 日本語 العربية"
)

_ROW = {"id": "a1", "title": "Bridge opens", "text": TEXT, "source": "Daily", "authors": ["Ann", {"name": "Bob"}],
        "url": "https://example.org/a", "date": "2022-06-17T10:00:00Z", "lang": "en"}  # fmt: skip

_FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Daily</title><language>en</language>
<item><title>Bridge</title><link>https://example.org/a</link><guid>a1</guid><dc:creator>Ann</dc:creator>
<pubDate>Fri, 17 Jun 2022 10:00:00 GMT</pubDate>
<description><![CDATA[<p>{TEXT}</p><ul><li>One<li>Two</ul>]]></description>
<content:encoded>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;a&lt;td&gt;b&lt;/table&gt;</content:encoded></item>
<item><description>Second</description></item></channel></rss>"""

_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily</title>
<entry><id>u:1</id><title type="html">A &amp;lt; B</title>
<updated>2022-06-17T10:00:00Z</updated><author><name>Ann</name></author><link href="https://example.org/a"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>"""

_PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge opens</title>
<meta property="og:site_name" content="Daily"><meta property="article:published_time" content="2022-06-17">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2022-06-17",
"author": [{{"name": "Ann"}}]}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge opens</h1><p>{TEXT}</p><p>{TEXT[:90]}<br>
More <b>bold</b> <a href="x">link</a> <code>a\nb</code></p><blockquote>Quote of the day, said Ann.</blockquote>
<ul><li>One</li><li>Two</li></ul>
<table><tr><td>a</td><td>b</td></tr></table><pre>x\n y</pre></article><footer>Imprint</footer></body></html>"""

_MARKDOWN = f"""---
title: Bridge opens
date: 2022-06-17
authors: [Ann, Bob]
---

# Bridge opens

{TEXT}

> Quote *of* the **day** `code` [link](https://example.org "t") ![i](p.png) <b>x</b> &amp; ~~gone~~

1. One
   - Two

| a | b |
|---|---|
| 1 | 2 |

```
code
```
<div>block</div>

[ref]: https://example.org
"""

_DRAWN = b"BT /F1 12 Tf 72 700 Td (The council met on Friday and) Tj 0 -14 Td (decided on the bridge.) Tj ET\n/X Do\n"
_FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 700] /Length 45 >>\nstream\n"
    b"BT /F1 12 Tf 72 500 Td (Inside a form.) Tj ET\nendstream"
)

_CSV = 'id,title,text,date\na1,Bridge,"' + TEXT.replace('"', '""') + '",2022-06-17\na2,"Sec\nond",Two.,17 June 2022\n'


@cache
def seeds(reader: str) -> list[bytes]:
    """Valid files that a module of `corpus.readers` reads."""
    return [seed if isinstance(seed, bytes) else seed.encode() for seed in _SEEDS[reader]()]


_SEEDS: Mapping[str, Callable[[], Sequence[str | bytes]]] = MappingProxyType({
    "feed": lambda: [_FEED, _ATOM, _FEED.encode("utf-16")],
    "table": lambda: [_CSV, _CSV.replace(",", "\t"), _CSV.encode("cp1252", "replace"), _CSV.encode("utf-16")],
    "word": lambda: [files.word(TEXT.split("\n"), title="Bridge"), files.word_of(_WORD)],
    "web_page": lambda: [
        _PAGE, _PAGE.encode("latin-1", "replace").replace(b"utf-8", b"latin1"), _PAGE.encode("utf-16"),
    ],
    "json_whole": lambda: [
        json.dumps([_ROW, _ROW]), json.dumps({"status": "ok", "articles": [_ROW]}, ensure_ascii=False),
    ],
    "json_lines": lambda: [f"{json.dumps(_ROW)}\n" * 3, json.dumps(_ROW, ensure_ascii=False)],
    "markdown": lambda: [_MARKDOWN, _MARKDOWN.replace("\n", "\r\n")],
    "pdf": lambda: [
        files.pdf([[(72, 700, "The bridge was"), (72, 686, "closed.")], [(72, 700, "Page two.")]], author="Ann"),
        files.pdf_of(b"", _DRAWN, more=[_FORM]),
        files.pdf_of(b"/Filter /FlateDecode", zlib.compress(_DRAWN * 20), more=[_FORM]),
    ],
    "plain_text": lambda: [TEXT, TEXT.encode("utf-16-le"), TEXT.encode("cp1252", "replace"), f"Bridge opens\n\n{TEXT}"],
})  # fmt: skip

_WORD = (
    f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Bridge</w:t></w:r></w:p>{files.paragraph(TEXT)}"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:tab/></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    "<w:sdt><w:sdtContent><w:p><w:ins><w:r><w:t>in</w:t><w:br/></w:r></w:ins><w:del/></w:p></w:sdtContent></w:sdt>"
)

_EVERYWHERE = (
    "\0", "\ufeff", "\u202e", "\x1b[2J", "\ud7ff", "\U0010ffff", "\r", "\n\n", "﷽", "̀" * 50, " " * 99, "9" * 400,
)  # fmt: skip
_MARKUP = (
    *(
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "<!ENTITY a 'b'>",
        "&#0;",
        "&#xD800;",
        "&amp",
    ),
    *("&#99999999;", "<?xml", "?>", "<script>", "<svg>", "<template>", "<plaintext>", "<table>", "<td>", "<p ", "<br>"),
    *(
        "xmlns=''",
        "encoding='utf-7'",
        "charset=utf-16",
        "<div>" * 60,
        "<a href='javascript:x'>",
        "<html",
        "<body>",
        "<li>",
    ),
)
_JSON = ("{", "}", "[", "]", '"', ",", ":", "\\u0000", "\\ud800", "1e999", "-0", "NaN", "null", "true",
         "[" * 990, "9" * 5000,
         '"text":', '"date": 1e300,', '"articles": [', '"id": {"a": 1},')  # fmt: skip
_WORDS: Mapping[str, Sequence[str]] = MappingProxyType({
    "feed": (*_MARKUP, "<item>", "</item>", "<entry>", "<pubDate>99</pubDate>",
             "<content type='xhtml'>", "<rss>", "</channel>"),
    "table": ('"', '""', ",", ";", "\t", "|", "\n", "text", ',"', "\r\n", "2022-02-30", "a," * 500),
    "word": (*_MARKUP, "<w:p>", "</w:p>", "<w:t>", "<w:tbl>", "w:val", "<w:sdt>",
             "xmlns:w=''", "<mc:AlternateContent>"),
    "web_page": (*_MARKUP, *_JSON, "<article>", "<main>", "<h1>",
                 "<time datetime='x' pubdate>", "<meta name=date content=1>"),
    "json_whole": _JSON,
    "json_lines": (*_JSON, "\n", "\n{"),
    "markdown": (*_MARKUP, "---\n", "```", "`" * 30, "[" * 60, "](", "![", "* " * 40,
                 "> " * 40, "|", "|-|-|\n", "&a", "*a: ",
                 "# ", "\t", "1. ", "***", "___", "~~", "[a]: ", "<<: *a\n", "? ", "!!python/object:os.system "),
    "pdf": ("obj", "endobj", "stream", "endstream", "xref", "trailer", "<<", ">>", "[", "]", "/Length 99999999",
            "/Kids", "R ",
            "/Filter [/FlateDecode /ASCIIHexDecode /LZWDecode]", "/Parent 2 0 R", "/Count -1", "/Type", "5 0 R",
            "1 0 R", "(", ")",
            "BT", "ET", "Tj", "Tf 1e30", "9999999999", "-1 ", "/Encrypt << >>", "/ObjStm", "/JavaScript", "Do "),
    "plain_text": ("January 1", "by Ann", "- ", "\u2028", "\x85", "\f", "1/2/2022", "http://"),
})  # fmt: skip

_TAGS: Mapping[str, Sequence[str]] = MappingProxyType({
    "feed": ("item", "entry", "title", "description", "content", "pubDate",
             "source", "author", "id", "link", "x:y", "div"),
    "word": ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent",
             "w:ins", "w:del", "w:pPr", "w:br",
             'w:pStyle w:val="List"', 'w:numPr w:x=""', "w:txbxContent", "w:moveFrom", "w:sectPr",
             "w:body", "w:document"),
    "web_page": ("div", "p", "table", "tr", "td", "ul", "li", "a", "b", "br", "pre", "code", "blockquote", "script",
                 "svg",
                 "template", "iframe", "form", "select", "object", "math", "h1", "article", "meta",
                 "time", "html", "head"),
})  # fmt: skip

SUFFIXES = (*FORMATS, *(f"{suffix}.gz" for suffix, reader in FORMATS.items() if reader not in ("pdf", "word")))


def reader_of(suffix: str) -> str:
    return FORMATS[suffix.removesuffix(".gz")]


def fuzzed(suffix: str, rng: random.Random, *, largest: int = 1_000_000) -> bytes:
    """One file for a suffix, of not much more than `largest` bytes (zipped ones unpack to that)."""
    reader = reader_of(suffix)
    if rng.random() < 0.03:
        return rng.randbytes(rng.randrange(5_000))
    seed = rng.choice(seeds(reader))
    inner = rng.random() < 0.6
    if reader == "word" and inner:
        return _with_other_parts(seed, rng, largest)
    if not suffix.endswith(".gz"):
        return _mutated(seed, reader, rng, largest)
    if inner:
        return gzip.compress(_mutated(seed, reader, rng, largest), 1)
    return _mutated(gzip.compress(seed), reader, rng, largest)


def _with_other_parts(archive: bytes, rng: random.Random, largest: int) -> bytes:
    """A zip archive that is whole, while some of its parts are not what they were."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = opened.namelist()
        chosen = {"word/document.xml" if rng.random() < 0.6 else rng.choice(names) for _ in range(rng.randint(1, 2))}
        parts = {name: _mutated(opened.read(name), "word", rng, largest) for name in chosen}
    return files.replaced(archive, parts)


def _mutated(seed: bytes, reader: str, rng: random.Random, largest: int) -> bytes:
    data = bytearray(seed)
    if reader == "word" and rng.random() < 0.5:  # the strictest parser: little else gets past its door
        for _ in range(rng.randint(1, 6)):
            _graft(data, reader, rng, largest)
        return bytes(data)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        rng.choice(_MUTATIONS)(data, reader, rng, largest)
    return bytes(data)


def _flip(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    for _ in range(rng.choice((1, 1, 4, 30))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    start, end = _span(data, rng)
    del data[start : rng.choice((end, len(data)))]


def _double(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    start, end = _span(data, rng)
    data[start:start] = data[start:end] * rng.choice((1, 2, 20))


def _splice(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    other = rng.choice(seeds(rng.choice((reader, *_SEEDS))))
    start, end = _span(bytearray(other), rng)
    at = rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, end - start))] = other[start:end]


def _word(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    for _ in range(rng.choice((1, 2, 10))):
        at = rng.randrange(len(data) + 1)
        data[at:at] = rng.choice((*_WORDS[reader], *_EVERYWHERE)).encode("utf-8", "surrogatepass")


def _repeat(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    """A short piece, very often: seldom, as it takes the time of a hundred others."""
    if rng.random() < 0.9 or len(data) > largest // 4:
        return
    piece = rng.choice((*_WORDS[reader], *_EVERYWHERE)).encode("utf-8", "surrogatepass")
    if rng.random() < 0.5 and data:
        start = rng.randrange(len(data))
        piece = bytes(data[start : start + rng.randint(1, 60)])
    at = rng.randrange(len(data) + 1)
    data[at:at] = piece * (rng.randrange(largest) // max(1, len(piece)))


def _graft(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    """Elements that open and close, in a place where one may stand: the whole stays well formed."""
    places = [place for place, sign in enumerate(data) if sign == 62] if len(data) < 100_000 else []
    if reader not in _TAGS or not places:
        return
    tags = [rng.choice(_TAGS[reader]) for _ in range(rng.choice((1, 1, 2, 5, 40)))]
    grafted = (
        "".join(f"<{tag}>" for tag in tags) + "grafted" + "".join(f"</{tag.split()[0]}>" for tag in reversed(tags))
    )
    at = rng.choice(places) + 1
    data[at:at] = grafted.encode() * rng.choice((1, 1, 3, 50))


def _noise(data: bytearray, reader: str, rng: random.Random, largest: int) -> None:
    at = rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, 16))] = rng.randbytes(rng.randint(1, 64))


_MUTATIONS: Sequence[Callable[[bytearray, str, random.Random, int], None]] = (
    _flip, _cut, _double, _splice, _word, _word, _repeat, _noise, _graft, _graft,
)  # fmt: skip


def _span(data: bytearray, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 8, 60, 400)))
