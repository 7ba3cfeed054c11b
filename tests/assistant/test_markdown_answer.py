"""Answers as Markdown: what stands in them, and that no article can make markup of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.markdown_answer import as_markdown, escaped
from assistant.models import Answer, Citation, Conflict, Side, Timings, WorkspaceStamp

RENDERER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
HOSTILE = (
    "<script>alert(1)</script>",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "**bold** _word_ `code` ~~gone~~ $x$",
    "&lt;b&gt; &#91;",
    "# heading",
    "- item",
    "1. item",
    "> quoted",
    "=====",
    "[1]: https://evil.example",
    "[1](https://evil.example)",
    "[9]: https://evil.example",
    "<https://evil.example>",
    "\\",
    "| a | b |\n|---|---|",
)


def citation(
    number: int, *, quote: str = "It opened in May.", title: str = "The bridge", url: str | None = None
) -> Citation:
    return Citation(
        number=number, article_id=f"a{number}", revision=1, title=title, publisher="Veyle Post", author=None, url=url,
        published="2026-05-21T08:00:00+00:00", quote=quote, start=0, end=len(quote), sha256="0", score=0.5,
    )  # fmt: skip


def answer(text: str, *citations: Citation, conflicts: tuple[Conflict, ...] = (), **closest: Citation) -> Answer:
    return Answer(
        id="q", question="When?", as_of=None, status="single_source", reason="One article says so.", text=text,
        conflicts=conflicts, citations=citations, closest=tuple(closest.values()),
        timings_ms=Timings(search=0, read=0, total=0), workspace=WorkspaceStamp(generation=1, model="m"),
        settings_hash="0",
    )  # fmt: skip


def inline(markdown: str) -> list[Token]:
    return [part for token in RENDERER.parse(markdown) for part in (token, *(token.children or ()))]


def shown(markdown: str) -> str:
    return "".join(token.content for token in inline(markdown) if token.type in {"text", "code_inline"})


def kinds(markdown: str) -> set[str]:
    return {token.type for token in inline(markdown)}


def test_the_text_the_status_and_the_sources_stand_below_each_other() -> None:
    markdown = as_markdown(answer("It opened in May. [1]", citation(1, url="https://post.example/bridge")))
    assert markdown == (
        "It opened in May. [1]\n\n"
        "**Single source:** One article says so.\n\n"
        "**Sources**\n\n"
        "- [1] Veyle Post, [The bridge](<https://post.example/bridge>), 2026-05-21: “It opened in May.”"
    )


def test_the_sides_of_a_conflict_name_who_says_so() -> None:
    sides = tuple(
        Side(value=value, normalized=None, citations=(number,), articles=1, origins=1)
        for number, value in ((1, "May"), (2, "June"))
    )
    conflict = Conflict(type="date", reason="Two months.", comparable=True, sides=sides)
    markdown = as_markdown(answer("May. [1] June. [2]", citation(1), citation(2), conflicts=(conflict,)))
    assert "**Contradiction (date):** Two months.\n\n- “May” — Veyle Post [1]\n- “June” — Veyle Post [2]" in markdown


def test_what_came_closest_takes_the_place_of_the_text() -> None:
    markdown = as_markdown(answer("Nothing bears on it.", near=citation(1)))
    assert markdown.startswith("**Single source:**")
    assert "Closest passages" in markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_mean_nothing(text: str) -> None:
    markdown = as_markdown(answer(f"{text} [1]", citation(1, quote=text, title=text)))
    plain = as_markdown(answer("Words. [1]", citation(1, quote="Words.", title="Words")))
    assert kinds(markdown) == kinds(plain)
    assert shown(markdown).count(" ".join(text.split())) == 3


@given(st.text(alphabet=st.sampled_from("ab1 []()<>!*_`~$&#;:/\\.-+=|@\n\"'"), max_size=40))
def test_any_text_is_rendered_as_itself(text: str) -> None:
    markdown = escaped(text)
    assert kinds(f"x {markdown}") <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert shown(f"x {markdown}") == f"x {' '.join(text.split())}".rstrip()
    assert kinds(markdown) <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@given(st.text(alphabet=st.sampled_from("[]1()2: <>h/t"), max_size=25))
def test_a_citation_never_becomes_a_link(text: str) -> None:
    markdown = as_markdown(answer(f"{text}[1]{text}", citation(1)))
    assert "link_open" not in kinds(markdown)


def test_a_number_that_is_no_citation_is_escaped() -> None:
    assert "&#91;7&#93;" in as_markdown(answer("As shown in [7]. [1]", citation(1)))


@pytest.mark.parametrize("word", ["https://evil.example", "www.evil.example", "HTTP://evil.example", "me@evil.example"])
def test_addresses_in_articles_do_not_become_links_by_themselves(word: str) -> None:
    assert word not in escaped(f"See {word} now")
    assert shown(escaped(f"See {word} now")) == f"See {word} now"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x.example/a>b", "https://x.example/ a", "/etc/passwd"])
def test_only_a_plain_web_address_becomes_a_link(url: str) -> None:
    assert url not in as_markdown(answer("It opened. [1]", citation(1, url=url)))


def test_marks_that_change_the_direction_of_writing_are_made_visible() -> None:
    assert "\u202e" not in escaped("abc\u202edef")
