"""Whatever a file holds: text survives, the same bytes give the same articles, and nothing raises."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Draft, Skipped
from corpus.readers.blocks import joined
from corpus.readers.prose import plain
from corpus.reading import FORMATS
from tests.corpus import files
from tests.corpus.files import read

# Without what makes a file count as binary.
characters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")
texts = st.text(characters, min_size=1).filter(str.strip)
prose = st.lists(st.from_regex(r"[A-Za-z][a-z]{1,8}( [a-z0-9,äß€“”]{1,9}){0,8}\.", fullmatch=True), min_size=1)


def row(text: str) -> dict[str, str]:
    return {"id": "x", "text": text}


def as_csv(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["id", "text"], ["x", text]])
    return out.getvalue()


WRITERS = {
    "x.jsonl": lambda text: json.dumps(row(text), ensure_ascii=False),
    "x.json": lambda text: json.dumps([row(text)]),
    "x.csv": as_csv,
}


@pytest.mark.parametrize("name", WRITERS)
@given(text=texts)
@settings(deadline=None)
def test_the_text_of_a_row_is_kept_to_the_character(name: str, text: str) -> None:
    found = read(name, WRITERS[name](text))
    assert [item.text for item in found if isinstance(item, Draft)] == [text]
    assert len(found) == 1


@given(texts)
def test_plain_text_is_stable(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert "\r" not in once
    assert not any(line != line.rstrip() for line in once.split("\n"))


@given(prose)
@settings(max_examples=15, deadline=None)
def test_the_words_of_a_text_survive_every_format(paragraphs: list[str]) -> None:
    lines = "\n\n".join(paragraphs)
    page = "".join(f"<p>{line}</p>\n" for line in dict.fromkeys(paragraphs))
    for name, content in {
        "x.txt": lines.encode(),
        "x.md": lines.encode(),
        "x.docx": files.word(paragraphs),
    }.items():
        assert [item.text for item in read(name, content) if isinstance(item, Draft)] == [lines]
    (found,) = read("x.html", f"<!doctype html><html><body><article>{page}</article></body></html>")
    assert isinstance(found, Skipped) or set(found.text.split("\n\n")) <= set(paragraphs)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.docx", "x.json", "x.csv", "x.rss"])
@given(text=texts)
@settings(max_examples=25, deadline=None)
def test_reading_twice_gives_the_same(name: str, text: str) -> None:
    content = files.word([plain(text)]) if name == "x.docx" else text.encode()
    first, second = read(name, content), read(name, content)
    assert [str(item).partition("source=")[0] for item in first] == [
        str(item).partition("source=")[0] for item in second
    ]
    assert all(isinstance(item, Skipped) or item.text == plain(item.text) for item in first if name != "x.csv")


# Bytes that open each format, so that noise gets past its door.
OPENINGS = {
    ".atom": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ".csv": b'text,date\n"a","',
    ".docx": files.word(["A text."]),
    ".htm": b"<html><body><article><p>",
    ".html": b"<!doctype html><html><meta property='article:published_time' content='",
    ".json": b'{"articles": [{"text": "',
    ".jsonl": b'{"text": "a", "title": ',
    ".markdown": b"---\ntitle: ",
    ".md": b"# a\n\n- [a](",
    ".ndjson": b'{"text": "a"}\n',
    ".pdf": files.pdf([[(72, 700, "A text.")]]),
    ".rss": b"<rss version='2.0'><channel><item><description>",
    ".tsv": b"text\ttitle\n",
    ".txt": b"A text.\n",
    ".xhtml": b"<?xml version='1.0' encoding='",
    ".xml": b"<rss version='2.0'><channel><item><pubDate>",
}


@pytest.mark.parametrize("suffix", FORMATS)
@given(noise=st.binary(max_size=200), at=st.floats(0, 1), opened=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_bytes_are_articles_or_skipped(suffix: str, noise: bytes, at: float, opened: bool) -> None:
    opening = OPENINGS[suffix] if opened else b""
    cut = int(len(opening) * at) if suffix in (".docx", ".pdf") else len(opening)
    for item in read(f"x{suffix}", opening[:cut] + noise + opening[cut + len(noise) :]):
        if isinstance(item, Draft):
            assert item.text.strip()
            item.text.encode()
        else:
            assert item.reason
            assert "please report this" not in item.reason


@given(st.lists(st.text(max_size=20)))
def test_joined_blocks_never_touch(blocks: list[str]) -> None:
    kept = [block for block in blocks if block.strip()]
    assert len(joined(blocks)) >= sum(map(len, kept)) + max(0, len(kept) - 1)
