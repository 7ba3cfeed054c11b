"""Reports of a batch: as they were when somebody last read them, safe whatever articles say, and streamed."""

from __future__ import annotations

import csv
import io
import itertools
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from assistant.batch.about import Counts, expectation
from assistant.batch.report_csv import COLUMNS, cell
from assistant.batch.report_html import OPEN
from assistant.batch.reports import Format, write
from assistant.records import Answered, Expected, Failed
from tests.assistant.batch.make_golden import ABOUT, GOLDEN, NAMES, QUESTIONS, records
from tests.assistant.batch.make_golden import report as golden_report
from tests.assistant.batch.reported import answered, failed, report, uncovered

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>@import url(https://evil.example/x.css)</style>",
    "</details></section></main>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "<!-- -->&lt;b&gt;",
    "a' onmouseover='alert(1)",
)


@pytest.mark.parametrize("format_", NAMES)
def test_a_report_is_as_it_was_when_it_was_last_read(format_: Format) -> None:
    """Where a difference is meant: `python -m tests.assistant.batch.make_golden`, and read what it changed."""
    assert golden_report(format_) == (GOLDEN / NAMES[format_]).read_bytes().decode()


# HTML


def page(*given: Answered | Failed) -> html.HtmlElement:
    return html.document_fromstring(report(*given, format="html"))


def words(element: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in element.xpath(selector)]


def of_class(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


def test_the_file_refers_to_nothing_outside_but_the_articles_addresses() -> None:
    text = golden_report("html")
    tree = html.document_fromstring(text)
    assert not tree.xpath("//@src | //link | //iframe | //object | //embed | //base | //@srcset | //@style")
    assert not re.search(r"@import|url\(|@font-face", text)
    answers = [record.answer for record in records() if isinstance(record, Answered)]
    cited = {one.url for answer in answers for one in (*answer.citations, *answer.closest)}
    for link in tree.xpath("//@href"):
        assert link.startswith("#") or link in cited
    stripped = re.sub("|".join(re.escape(url) for url in cited if url), "", text)
    assert not re.search(r"https?:", stripped)


def test_every_link_within_the_file_leads_somewhere_and_every_id_stands_once() -> None:
    tree = html.document_fromstring(golden_report("html"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {link.removeprefix("#") for link in tree.xpath("//@href") if link.startswith("#")}
    named = {
        name for names in tree.xpath("//@aria-labelledby | //@aria-describedby | //@for") for name in names.split()
    }
    assert inside
    assert inside | named <= set(ids)


def test_the_browser_is_told_to_run_and_fetch_nothing_else() -> None:
    (policy,) = page(answered("word")).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_each_question_has_its_badge_its_columns_and_its_sources() -> None:
    tree = html.document_fromstring(golden_report("html"))
    assert words(tree, "//summary/h2") == list(QUESTIONS)
    assert len(tree.xpath("//details[contains(@class, 'question')]/summary" + of_class("badge"))) == len(QUESTIONS)
    first = tree.get_element_by_id("q1")
    assert [figure.split()[0] for figure in words(first, "." + of_class("figure"))] == ["30%", "5x"]
    assert set(words(first, "." + of_class("column") + "//mark[@class='value']")) == {"30%", "5x"}
    assert words(first, ".//mark[@class='cue']")
    assert "Expected: “30%” or “5x”, contested, a contradiction." in words(first, "." + of_class("row"))[0]
    assert len(first.xpath(".//figure[starts-with(@id, 'q1-source-')]")) == 7


def test_lines_that_failed_are_listed_with_their_reason() -> None:
    rows = words(page(answered("word"), failed("It is wrong.", line=17)), "//section[@class='failed']//td")
    assert rows == ["17", "It is wrong.", "It is wrong."]
    assert not page(answered("word")).xpath("//section[@class='failed']")


def test_the_charts_name_every_bar_with_its_number() -> None:
    tree = page(answered("a"), answered("b"), uncovered("c"), failed("d"))
    assert words(tree, "//figure[1]//*[local-name()='text']") == ["Contested", "2 (67%)", "Not covered", "1 (33%)"]
    assert words(tree, "//figure[2]//*[local-name()='text']") == ["Figures contradict each other", "2 (100%)"]
    assert words(tree, of_class("sum")) == [
        "4 questions: 3 answered, 2 of them with contradictions; 1 line failed. See why."
    ]


def test_without_answers_there_is_still_a_report() -> None:
    assert "No question was answered." in page().text_content()
    assert "0 questions: 0 answered." in page().text_content()
    assert report(format="markdown").startswith("# Answers to questions.jsonl")
    assert len(report(format="csv").splitlines()) == 1


def test_few_questions_are_open_and_many_are_folded() -> None:
    few = page(*[answered("word", line=n + 1) for n in range(OPEN)])
    many = page(*[answered("word", line=n + 1) for n in range(OPEN + 1)])
    assert len(few.xpath("//details[contains(@class, 'question')][@open]")) == OPEN
    assert not many.xpath("//details[contains(@class, 'question')][@open]")
    assert len(many.xpath("//details[contains(@class, 'question')]")) == OPEN + 1


@pytest.mark.parametrize("text", HOSTILE)
def test_what_articles_say_is_shown_and_never_becomes_a_part_of_the_file(text: str) -> None:
    given = (answered(text), uncovered(text), failed(text))
    hostile, plain = page(*given), page(*(type(one).model_validate(tame(one, text)) for one in given))
    assert [one.tag for one in hostile.iter()] == [one.tag for one in plain.iter()]
    assert sorted(name for one in hostile.iter() for name in one.attrib) == sorted(
        name for one in plain.iter() for name in one.attrib
    )
    assert not [link for link in hostile.xpath("//@href") if not link.startswith("#")]
    assert shown(hostile).count(text.casefold()) == shown(plain).count("x" * len(text)) > 40


def shown(tree: html.HtmlElement) -> str:
    return tree.text_content().casefold()


def tame(record: Answered | Failed, text: str) -> dict[str, object]:
    """The same record with letters for the hostile words."""

    def tamed(value: object) -> object:
        if isinstance(value, dict):
            return {name: tamed(one) for name, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [tamed(one) for one in value]
        return value.replace(text, "x" * len(text)).replace(text[:3], "xxx") if isinstance(value, str) else value

    made = tamed(record.model_dump())
    assert isinstance(made, dict)
    return made


def test_only_plain_addresses_of_the_web_are_links() -> None:
    good = page(answered("w", url="https://post.example/a")).xpath("//a[starts-with(@href, 'http')]")
    assert {(one.get("href"), one.get("rel")) for one in good} == {("https://post.example/a", "noopener noreferrer")}
    for url in ("javascript:alert(1)", "https://a@evil.example/", "data:text/html,x", "//evil.example"):
        assert not page(answered("w", url=url)).xpath("//a[not(starts-with(@href, '#'))]")


@pytest.mark.parametrize("format_", NAMES)
def test_signs_that_steer_or_turn_text_are_made_visible(format_: Format) -> None:
    text = report(answered("a\u202eb\x1b[31mc\u2066"), failed("x\u202ey\x07"), format=format_)
    assert not re.search(r"[\u202e\u2066\x1b\x07]", text)
    assert "202e" in text


@pytest.mark.parametrize("format_", NAMES)
def test_ten_times_the_records_take_no_more_memory(format_: Format) -> None:
    first = records()

    def many(count: int) -> Iterator[Answered | Failed]:
        return itertools.islice(itertools.cycle(first), count)

    class Nowhere(io.StringIO):
        def write(self, text: str) -> int:
            return len(text)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            write(many(count), Nowhere(), format=format_, about=ABOUT)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(2000) < peak(200) + 9_000_000


# Markdown


def test_markdown_tells_counts_answers_and_failures() -> None:
    text = report(answered("word"), failed("It is wrong.", line=2), format="markdown")
    assert "| Contested | 1 |" in text
    assert "## 1. word" in text
    assert "- Line 2 (It is wrong.): It is wrong." in text


@pytest.mark.parametrize("text", [*HOSTILE, "# a", "| a | b |", "- a", "[x](https://evil.example)", "```"])
def test_in_markdown_too_words_stay_words(text: str) -> None:
    renderer = MarkdownIt("commonmark", {"html": True}).enable("table")

    def kinds(shown: str) -> list[str]:
        tokens = renderer.parse(report(answered(shown), uncovered(shown), failed(shown), format="markdown"))
        inline = [part.type for token in tokens for part in (token, *(token.children or ()))]
        return [kind for kind in inline if kind not in {"text", "text_special"}]

    assert kinds(text) == kinds("word")


# CSV


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_has_a_row_a_question_and_excel_reads_it_as_utf_8() -> None:
    text = golden_report("csv")
    assert text.startswith("\ufeff")
    table = rows(text)
    assert tuple(table[0]) == COLUMNS
    assert len(table) == 12 == len(text.splitlines())
    assert all(len(row) == len(COLUMNS) for row in table)
    first = dict(zip(COLUMNS, table[1], strict=True))
    assert (first["status"], first["conflict_types"]) == ("contested", "number")
    assert first["conflicts"].startswith("“30%” [1] [3] ≠ “5x” [2] [4]: ")
    last = dict(zip(COLUMNS, table[-1], strict=True))
    assert (last["line"], last["id"], last["status"], last["error"][:5]) == ("11", "q-11", "", "top-k")


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1+A1", "'-1+A1"),
        ("-1", "-1"),
        ("+3.5 %", "+3.5 %"),
        ("-1,200.50", "-1,200.50"),
        ("-1|cmd", "'-1|cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        (" \n =1", "'=1"),
        ("＝1", "'＝1"),
        ("\u200b=1", "\\u200b=1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; -1", "a; -1"),
        ("a; -1+A1", "a;' -1+A1"),
        ('a; "-1', "a;' \"-1"),
        ("1-1=0", "1-1=0"),
        ("30% more", "30% more"),
        ("'tis so", "'tis so"),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_no_cell_begins_a_formula(given_: str, shown: str) -> None:
    assert cell(given_) == shown


@given(st.text(alphabet="=+-@;\t\r\n '\"|,ab\u200b\u202e\ufeff", max_size=12))
def test_whatever_the_separator_no_cell_begins_a_formula(text: str) -> None:
    made = report(answered(f"{text}x"), failed(f"{text}x"), format="csv")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(made.removeprefix("\ufeff")), delimiter=separator):
            assert not [one for one in row if one.lstrip()[:1] in set("=+-@")]
    assert len(made.splitlines()) == 3


# What is said of the whole


def test_times_are_told_in_utc_with_the_second_day_only_where_it_is_another() -> None:
    start = datetime(2026, 6, 30, 23, 50, tzinfo=timezone(timedelta(hours=2)))
    assert replace(ABOUT, started=start, finished=start).when == "30 June 2026, 21:50 UTC"
    later = datetime(2026, 7, 1, 0, 10, tzinfo=UTC)
    assert replace(ABOUT, started=start, finished=later).when == "30 June 2026, 21:50 to 1 July 2026, 00:10 UTC"
    assert ABOUT.when == "30 June 2026, 09:12 to 09:13 UTC"


def test_a_small_part_is_not_told_as_none() -> None:
    counts = Counts()
    for _ in range(400):
        counts.note(answered("a"))
    counts.note(uncovered("b"))
    assert [bar.share for bar in counts.statuses()] == ["400 (100%)", "1 (under 1%)"]


def test_what_was_expected_is_told_in_one_line() -> None:
    assert expectation(None) == ""
    assert expectation(Expected(answers=("a", "b"), conflict=False)) == "“a” or “b”, no contradiction"
    assert expectation(Expected(status="denied", articles=("x", "y"))) == "denied, from x, y"
