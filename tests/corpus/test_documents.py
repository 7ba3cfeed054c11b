"""What the formats with a layout yield: web pages, PDF and Word files."""

from __future__ import annotations

import io

import docx
import pytest

from corpus.models import Draft
from corpus.readers.page_layout import Line, paragraphs
from tests.corpus import files
from tests.corpus.files import draft

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks resume - Post</title>{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav><article><h1>Talks resume</h1>
<p>The council met
   on Friday. It found <b>seventeen</b> cases in the <a href="/n">north</a>, among them three in Oxmere.</p>
<ul><li>One item of the list</li><li>Another item of it</li></ul>
<table><tr><th>place</th><th>cases</th></tr><tr><td>Oxmere</td><td>3</td></tr></table>
<pre><code>first = 1
second = 2</code></pre>
<p>On 5 May 2020 it had said the opposite, as our readers may remember.</p></article>
<footer><p>Copyright 2019 The Post</p></footer></body></html>"""

STATED = """<meta property="og:site_name" content="The Post"><meta name="author" content="Ann Bell; Carl Dent">
<link rel="canonical" href="https://post.example/1">
<meta property="article:published_time" content="2022-06-17T10:00:00+02:00">"""


def test_an_article_is_told_apart_from_its_page() -> None:
    assert draft("x.html", PAGE.format(head=STATED)) == Draft(
        text=(
            "Talks resume\n\nThe council met on Friday. It found seventeen cases in the north, among them three in "
            "Oxmere.\n\n- One item of the list\n- Another item of it\n\nplace | cases\nOxmere | 3\n\n"
            "first = 1\nsecond = 2\n\nOn 5 May 2020 it had said the opposite, as our readers may remember."
        ),
        source="x.html",
        title="Talks resume",
        publisher="The Post",
        author="Ann Bell, Carl Dent",
        url="https://post.example/1",
        published="2022-06-17T10:00:00+02:00",
        language="en-GB",
    )


def test_a_date_in_the_running_text_is_not_the_date_of_the_page() -> None:
    assert draft("x.html", PAGE.format(head="")).published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="DC.date.issued" content="2022-06-17">',
        '<meta itemprop="datePublished" content="June 17, 2022">',
        '<script type="application/ld+json">{"@graph": [{"x": 1}, {"datePublished": "2022-06-17"}]}</script>',
        '<script type="application/ld+json">{broken</script><meta name="pubdate" content="20220617">',
        '<meta property="article:published_time" content="soon"><meta name="date" content="2022-06-17">',
    ],
)
def test_a_date_that_a_page_states_is_taken(head: str) -> None:
    assert draft("x.html", PAGE.replace("{head}", head)).published == "2022-06-17"


def test_the_charset_that_a_page_declares_is_used() -> None:
    page = PAGE.format(head="").replace("utf-8", "windows-1250").replace("Oxmere", "Łódź")
    assert "three in Łódź" in draft("x.html", page.encode("cp1250")).text
    page = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + PAGE.format(head="").replace('<meta charset="utf-8">', "")
    assert "three in Genève" in draft("x.xhtml", page.replace("Oxmere", "Genève").encode("cp1252")).text


def test_a_piece_of_html_is_read() -> None:
    assert draft("x.html", "<p>A text of one line.</p>").text == "A text of one line."


COLUMN = [
    (72, 720, "Talks resume in the north"),
    (72, 690, "The council met on Friday, and after nine hours it had found seven-"),
    (72, 676, "teen new cases in the north of the country, among them three in"),
    (72, 662, "Oxmere."),
    (72, 640, "Nobody was hurt. The long-term plan, which is older than the council"),
    (72, 626, "itself, stays as it is, and a new plan that would again be a long-"),
    (72, 612, "term plan is not expected before the summer."),
]


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    found = draft("x.pdf", files.pdf([COLUMN], title="Talks resume in the north", author="Ann Bell"))
    assert found.text == (
        "Talks resume in the north\n\nThe council met on Friday, and after nine hours it had found seventeen new "
        "cases in the north of the country, among them three in Oxmere.\n\nNobody was hurt. The long-term plan, "
        "which is older than the council itself, stays as it is, and a new plan that would again be a long-term plan "
        "is not expected before the summer."
    )
    assert (found.title, found.author, found.published) == ("Talks resume in the north", "Ann Bell", None)


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.doc", "untitled", ""])
def test_a_title_that_the_pages_of_a_pdf_do_not_show_is_not_taken(title: str) -> None:
    found = draft("x.pdf", files.pdf([[(72, 700, "A plain line.")]], title=title, author="(anonymous)"))
    assert found == Draft(text="A plain line.", source="x.pdf")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [(72, 770, "The Post"), (72, 700, f"Sentence {word} ends here."), (300, 20, f"Page {number}")]
        for number, word in enumerate(("one", "two", "three", "four"), start=1)
    ]
    text = draft("x.pdf", files.pdf(pages)).text
    assert "Sentence three ends here." in text
    assert "The Post" not in text
    assert "Page" not in text


def at(bottom: float, text: str, *, left: float = 50, right: float = 300) -> Line:
    return Line(text, left=left, top=bottom + 10, height=10, right=right, bottom=bottom)


def test_a_sentence_goes_on_over_the_end_of_a_column_and_a_page() -> None:
    first = [at(100, "A sentence that begins"), at(700, "in one column and goes", left=320, right=560)]
    assert paragraphs([first, [at(700, "on over the page.")]]) == [
        "A sentence that begins in one column and goes on over the page."
    ]


def test_an_indented_line_after_a_full_stop_begins_a_paragraph() -> None:
    lines = [at(700, "One ends."), at(688, "Two begins", left=62), at(676, "and goes on.")]
    assert paragraphs([lines]) == ["One ends.", "Two begins and goes on."]


def test_bullets_are_items() -> None:
    lines = [at(700, "The list:"), at(688, "• one of"), at(676, "two lines", left=60), at(664, "• two")]
    assert paragraphs([lines]) == ["The list:", "- one of two lines", "- two"]


def test_a_hyphen_that_the_pdf_marks_as_one_of_the_line_end_goes() -> None:
    assert paragraphs([[at(700, "It found seven\ufffeteen cases, a well\ufffeknown and well-known fact.")]]) == [
        "It found seventeen cases, a well-known and well-known fact."
    ]


def word_file() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Ann Bell"
    document.core_properties.language = "en-GB"
    document.add_heading("Talks resume", 0)
    document.add_paragraph("The council\tmet\non Friday.")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "place", "cases"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "one wide cell"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_read_in_order_with_its_tables() -> None:
    assert draft("x.docx", word_file()) == Draft(
        text="Talks resume\n\nThe council met\non Friday.\n\n- one\n- two\n\nplace | cases\n\none wide cell",
        source="x.docx",
        title="Talks resume",
        author="Ann Bell",
        language="en-GB",
    )


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
    )
    assert draft("x.docx", files.word_of(body)).text == "kept inserted"


def test_text_inside_content_controls_and_nested_tables_is_read() -> None:
    cell = f"<w:tc>{files.paragraph('inner')}</w:tc><w:tc>{files.paragraph('other')}</w:tc>"
    inner = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    body = (
        f"<w:sdt><w:sdtContent>{files.paragraph('in a control')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{files.paragraph('outer')}{inner}</w:tc></w:tr></w:tbl>"
    )
    assert draft("x.docx", files.word_of(body)).text == "in a control\n\nouter\n\ninner | other"


@pytest.mark.parametrize("title", ["Word Document", "untitled", ""])
def test_a_title_that_word_made_up_is_not_taken(title: str) -> None:
    assert draft("x.docx", files.word(["A text."], title=title, author="python-docx")) == Draft(
        text="A text.", source="x.docx"
    )
    assert draft("x.docx", files.word(["A text."], title="Talks resume")).title == "Talks resume"
