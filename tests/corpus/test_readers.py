"""What the formats that are text yield: plain text, Markdown, rows and feeds."""

from __future__ import annotations

import json

import pytest

from corpus.models import Draft, Skipped
from tests.corpus.files import draft, drafts, read

SENTENCES = "The council met on Friday. It found seventeen new cases in the north of the country."


def test_a_headline_in_plain_text_is_the_title_and_stays_in_the_text() -> None:
    text = f"Council meets on Friday\n\n{SENTENCES}\n{SENTENCES}"
    assert draft("x.txt", text) == Draft(text=text, source="x.txt", title="Council meets on Friday")


@pytest.mark.parametrize(
    "text",
    [
        SENTENCES + "\n" + SENTENCES * 3,
        f"Friday\n{SENTENCES}",
        f"17 June 2022\n{SENTENCES}",
        f"By Ann Bell\n{SENTENCES}",
        f"- first item\n{SENTENCES}",
        f"https://post.example/council meets\n{SENTENCES}",
        f"the council met on Friday and\n{SENTENCES}",
        "The council met on Friday and\nfound seventeen new cases in the north, it said, and none in the south.",
        "The council met on Friday in the Town\nHall of Oxmere and found new cases there,\nwhich it did not publish.\n",
        "Council meets on Friday\nSoon.",
        "Council meets on Friday",
    ],
)
def test_a_first_line_that_may_be_no_headline_is_no_title(text: str) -> None:
    assert draft("x.txt", text).title is None


def test_line_ends_and_invisible_characters_are_made_plain() -> None:
    raw = "\ufeffOne\u00adtwo  \r\nthree\t\r\r\r\r\nfour\u2028five\x07 \n\n"
    assert draft("x.txt", raw).text == "Onetwo\nthree\n\nfour\nfive"


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_an_older_encoding_is_read(name: str) -> None:
    assert draft(name, "Le café coûte 17 €.".encode("cp1252")).text == "Le café coûte 17 €."


MARKDOWN = """---
title: 'Talks: resumed'
authors: [Ann Bell, Carl Dent]
date: 2022-06-17 10:00:00 +0200
id: 007
source: The Post
link: https://post.example
lang: en
---
# Talks

A *bold* [word](https://a.example) &amp; `code` ![picture](a.png)
on two lines.\\
Broken<br>twice.

1. one
2. two
   - inner

> Quoted.

| a | b |
|---|---|
| 1 | 2 |

```
x = 1

y = 2
```

<div>In <b>HTML</b><script>x()</script></div>
"""


def test_markdown_loses_its_markup_and_front_matter_gives_the_fields() -> None:
    assert draft("x.md", MARKDOWN) == Draft(
        text=(
            "Talks\n\nA bold word & code on two lines.\nBroken\ntwice.\n\n1. one\n2. two\n- inner\n\nQuoted.\n\n"
            "a | b\n1 | 2\n\nx = 1\n\ny = 2\n\nIn HTML"
        ),
        source="x.md",
        given_id="007",
        title="Talks: resumed",
        publisher="The Post",
        author="Ann Bell, Carl Dent",
        url="https://post.example",
        published="2022-06-17T10:00:00+02:00",
        language="en",
    )


def test_the_first_heading_is_the_title_where_front_matter_names_none() -> None:
    assert draft("x.md", "---\ntitle: null\n---\n## Second\n\n# The *first*\n\nText.").title == "The first"
    assert draft("README.md", "Only text.").title is None


def test_a_line_of_dashes_that_is_never_closed_is_no_front_matter() -> None:
    assert draft("x.md", "---\n\nA text.").text == "A text."


def test_own_names_are_for_front_matter_too_and_may_be_absent_there() -> None:
    assert draft("x.md", "---\r\ndatum: 17.06.2022\r\n---\r\nText.", published="datum").published == "2022-06-17"
    assert draft("x.md", "---\ndate: 2022-06-17\n---\nText.", published="datum").published == "2022-06-17"


def test_a_bad_line_costs_only_itself() -> None:
    found = read("x.jsonl", '\ufeff{"text": " One. "}\r\n\r\n{"text" "Two."}\n17\n{"id": 5, "body": "Five."}')
    assert found[1:3] == [
        Skipped(path="x.jsonl", reason="line 3 is not valid JSON (Expecting ':' delimiter at column 9)", line=3),
        Skipped(path="x.jsonl", reason="line 4 is a JSON number, not an object with the fields of an article", line=4),
    ]
    kept = [(item.text, item.given_id, item.row) for item in found if isinstance(item, Draft)]
    assert kept == [(" One. ", None, 1), ("Five.", "5", 5)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.json"])
def test_rows_in_another_encoding_are_read(name: str, encoding: str) -> None:
    written = {
        "x.jsonl": '{"text": "Café à 17"}\n{"text": "Köln"}',
        "x.csv": "text\nCafé à 17\nKöln\n",
        "x.json": '[{"text": "Café à 17"}, {"text": "Köln"}]',
    }
    assert [found.text for found in drafts(name, written[name].encode(encoding))] == ["Café à 17", "Köln"]


ROWS = [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {"status": "ok", "articles": ROWS, "tags": ["x"]},
        {"Anything": ROWS},
        {"response": {"total": 2, "results": ROWS}},
        {"articles": ROWS, "sources": [{"name": "The Post"}]},
    ],
)
def test_a_json_file_may_hold_its_articles_in_several_ways(value: object) -> None:
    found = drafts("x.json", json.dumps(value))
    assert [(one.given_id, one.text, one.row) for one in found] == [("a", "One.", 1), ("b", "Two.", 2)]


def test_a_json_object_with_a_text_is_one_article() -> None:
    found = draft("x.json", '{"text": " One.\\n", "comments": [{"text": "no"}]}')
    assert (found.text, found.row) == (" One.\n", None)


def test_json_lines_under_the_name_of_json_are_read() -> None:
    assert [found.row for found in drafts("x.json", '{"text": "One."}\n{"text": "Two."}\n')] == [1, 2]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_a_table_is_found(separator: str) -> None:
    rows = [("Title", "Body", "Date"), ("Talks", '"One, two; three|\tfour\n""five"""', "2022-06-17")]
    table = "\n".join(map(separator.join, rows))
    assert drafts("x.csv", table) == [
        Draft(text='One, two; three|\tfour\n"five"', source="x.csv", row=1, title="Talks", published="2022-06-17")
    ]


def test_rows_of_a_table_are_counted_and_their_lines_told() -> None:
    found = read("x.csv", 'id,text\n1,"One\n\nline"\n\n2,\n3,Three,more\n4,"Four" x\n5,Five')
    assert [item.line if isinstance(item, Skipped) else item.row for item in found] == [1, 6, 7, 8, 5]
    assert [item.reason for item in found if isinstance(item, Skipped)] == [
        "row 2 has no text",
        "row 3 has another number of cells (3) than the first line has names (2); "
        "put quotes around a cell that holds the separator",
        "row 4 is not valid CSV (',' expected after '\"')",
    ]


def test_own_names_are_used_for_rows() -> None:
    found = draft(
        "x.csv", "Überschrift;Inhalt;Datum\nA;B;3.4.2022\n", title="überschrift", text="Inhalt", published="datum"
    )
    assert (found.title, found.text, found.published) == ("A", "B", "2022-04-03")


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Post &amp; Co</title><language>en-gb</language>
<item><title>Talks &lt;i&gt;resume&lt;/i&gt;</title><link>https://post.example/1</link><guid>g-1</guid>
<pubDate>Fri, 17 Jun 2022 10:00:00 +0200</pubDate><dc:creator>Ann Bell</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>One <b>long</b>
text.</p><ul><li>a</li><li>b</li></ul><script>x()</script>]]></content:encoded></item>
<item><link>https://post.example/2</link><description>Only 3 &lt; 5.</description>
<source url="https://wire.example">The Wire</source></item></channel></rss>"""


def test_entries_of_an_rss_feed_are_articles() -> None:
    first = Draft(
        text="One long text.\n\n- a\n- b",
        source="x.rss",
        row=1,
        given_id="g-1",
        title="Talks resume",
        publisher="Post & Co",
        author="Ann Bell",
        url="https://post.example/1",
        published="2022-06-17T10:00:00+02:00",
        language="en-gb",
        edition="2022-06-17T10:00:00+02:00",
    )
    second = Draft(
        text="Only 3 < 5.",
        source="x.rss",
        row=2,
        given_id="https://post.example/2",
        publisher="The Wire",
        url="https://post.example/2",
        language="en-gb",
        edition="",
    )
    assert drafts("x.rss", RSS) == [first, second]
    assert [found.text for found in drafts("x.xml", RSS.replace("utf-8", "utf-16").encode("utf-16"))] == [
        first.text,
        second.text,
    ]


def test_entries_of_an_atom_feed_are_articles() -> None:
    found = draft(
        "x.atom",
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Die Post</title><entry><id>urn:1</id>
        <title>Gespräche</title><updated>2022-06-17T10:00:00Z</updated><author><name>Ann</name></author>
        <author><name>Bo</name></author><link href="https://post.example/1"/><content type="xhtml">
        <div xmlns="http://www.w3.org/1999/xhtml"><p>Eins.</p><p>Zwei.</p></div></content></entry></feed>""",
    )
    assert found == Draft(
        text="Eins.\n\nZwei.",
        source="x.atom",
        row=1,
        given_id="urn:1",
        title="Gespräche",
        publisher="Die Post",
        author="Ann, Bo",
        url="https://post.example/1",
        published="2022-06-17T10:00:00+00:00",
        language="de",
        edition="2022-06-17T10:00:00+00:00",
    )


def test_an_entry_says_when_it_was_last_changed() -> None:
    entry = "<published>2022-06-16</published><updated>2022-06-17T10:00:00Z</updated><summary>Eins.</summary>"
    found = draft("x.atom", f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>")
    assert (found.published, found.edition) == ("2022-06-16", "2022-06-17T10:00:00+00:00")


def test_the_entry_in_which_a_feed_breaks_off_is_not_taken_for_whole() -> None:
    found = read("x.rss", RSS[: RSS.index("5.</description>")])
    assert [type(item) for item in found] == [Draft, Skipped]
    assert found[1] == Skipped(
        path="x.rss", reason="entry 2 breaks off: the file ends in the middle of the feed", line=2
    )
