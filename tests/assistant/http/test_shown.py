"""An answer as the page lays it out, from answers written down here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.http.article_page import Cited, article_page, cited
from assistant.http.shown import article_path, place
from assistant.http.signing_in import local
from assistant.marked import Mark, cut, found, paragraphs
from assistant.models import Answer, Citation, Conflict, Side, Span, Timings, WorkspaceStamp
from assistant.shown import day, may_be_a_link, shown
from corpus.models import Article


def citation(number: int, quote: str, **more: object) -> Citation:
    given: dict[str, object] = {
        "number": number, "article_id": f"a{number}", "revision": 1, "title": f"Title {number}", "publisher": None,
        "author": None, "url": None, "published": None, "quote": quote, "start": 100, "end": 100 + len(quote),
        "sha256": "0" * 64, "score": 0.9, "attribution": "party", "certainty": "stated", "origin": f"o{number}",
    }  # fmt: skip
    return Citation.model_validate(given | more)


def answer(*citations: Citation, text: str | None = None, conflicts: tuple[Conflict, ...] = ()) -> Answer:
    return Answer(
        id="q-1",
        question="How much?",
        as_of=None,
        status="contested",
        reason="Two articles give figures that cannot both hold.",
        text=" ".join(f"{one.quote} [{one.number}]" for one in citations) if text is None else text,
        conflicts=conflicts,
        citations=citations,
        timings_ms=Timings(search=1, read=1, total=2),
        workspace=WorkspaceStamp(generation=1, model="m"),
        settings_hash="0",
    )


def side(value: str, *numbers: int, normalized: str | None = None, articles: int = 1) -> Side:
    return Side(value=value, normalized=normalized, citations=numbers, articles=articles, origins=1)


def conflict(*sides: Side) -> Conflict:
    return Conflict(type="number", reason="They differ.", comparable=True, sides=sides)


def test_sentences_of_one_article_are_one_paragraph_and_bring_their_words_before() -> None:
    first, second = citation(1, "It has 30%.", article_id="a"), citation(2, "It grew.", article_id="a")
    third = citation(3, "Nobody confirmed it.", article_id="b")
    text = "It has 30%. [1] It grew. [2] But: Nobody confirmed it. [3]"
    laid = shown(answer(first, second, third, text=text)).paragraphs
    assert [[(before, quoted.number) for before, quoted in one.sentences] for one in laid] == [
        [("", 1), ("", 2)],
        [("But:", 3)],
    ]


def test_a_quote_that_holds_numbers_in_brackets_of_its_own_keeps_them() -> None:
    laid = shown(answer(citation(1, "As in [2] and [1] it says."), citation(2, "More."))).paragraphs
    assert [[quoted.pieces[0].text for _, quoted in one.sentences] for one in laid] == [
        ["As in [2] and [1] it says."],
        ["More."],
    ]


def test_a_text_that_is_not_made_of_its_quotes_is_shown_as_it_is() -> None:
    assert shown(answer(citation(1, "One."), text="Something else [1]")).paragraphs == ()
    assert shown(answer(citation(1, "One."), text="One. [1] And more.")).paragraphs == ()


def test_the_value_of_a_side_is_marked_in_each_of_its_quotes_also_in_other_words() -> None:
    one, other = citation(1, "It is 1,240 metres long."), citation(2, "It measures 1.24 kilometres.")
    against = citation(3, "It is 900 metres long.")
    sides = (side("1,240 metres", 1, 2, normalized="1,240 metre"), side("900 metres", 3, normalized="900 metre"))
    columns = shown(answer(one, other, against, conflicts=(conflict(*sides),))).conflicts[0].columns
    marked = [[piece.text for quoted in column.quotes for piece in quoted.pieces if piece.roles] for column in columns]
    assert marked == [["1,240 metres", "1.24 kilometres"], ["900 metres"]]


def test_a_side_that_is_a_whole_sentence_is_headed_by_yes_or_no() -> None:
    yes, no = citation(1, "The mayor resigned."), citation(2, "The mayor has not resigned.")
    sides = (side(yes.quote, 1, normalized="yes"), side(no.quote, 2, normalized="no"))
    columns = shown(answer(yes, no, conflicts=(conflict(*sides),))).conflicts[0].columns
    assert [(column.value, column.scale) for column in columns] == [("Yes", ""), ("No", "")]


@pytest.mark.parametrize(
    ("normalized", "scale"),
    [
        ("x1.3", "×1.3"),
        ("<= x5", "at most ×5"),
        (">= 25", "at least 25"),
        ("2.61e11 byte", "261 billion byte"),
        ("1.13e9 USD", "1.13 billion USD"),
        ("1e20", "1e20"),
        ("2026-01", "2026-01"),
        (None, ""),
    ],
)
def test_the_common_scale_is_put_into_words(normalized: str | None, scale: str) -> None:
    made = answer(citation(1, "so many"), conflicts=(conflict(side("so", 1, normalized=normalized)),))
    assert shown(made).conflicts[0].columns[0].scale == scale


def test_articles_that_say_so_and_are_not_quoted_are_counted() -> None:
    made = answer(citation(1, "30% it is"), conflicts=(conflict(side("30%", 1, articles=4)),))
    assert shown(made).conflicts[0].columns[0].unquoted == 3


def test_sources_are_articles_and_say_which_others_share_their_origin() -> None:
    made = answer(
        citation(1, "One.", article_id="a", origin="o"),
        citation(2, "Two.", article_id="b", origin="o"),
        citation(3, "Three.", article_id="a", origin="o"),
        citation(4, "Four.", article_id="c", origin="p"),
    )
    cards = shown(made).sources
    assert [([quoted.number for quoted in card.quotes], card.same_origin) for card in cards] == [
        ([1, 3], (2,)),
        ([2], (1,)),
        ([4], ()),
    ]


def test_cues_are_marked_where_they_stand_and_a_bullet_is_left_away() -> None:
    made = citation(1, "- Microsoft claims 30%", cues=(Span(text="Microsoft claims", start=102, end=118),))
    (quoted,) = shown(answer(made)).sources[0].quotes
    assert [(piece.text, piece.roles) for piece in quoted.pieces] == [("Microsoft claims", ("cue",)), (" 30%", ())]


def test_a_citation_leads_to_its_span_in_its_revision() -> None:
    made = citation(1, "One.", article_id="feed/a b?c#d", revision=3)
    assert place(made) == "/articles/feed%2Fa%20b%3Fc%23d?start=100&end=104&revision=3#cited"
    assert article_path("ünï") == "/articles/%C3%BCn%C3%AF"


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("https:example.org", False),
        ("https://", False),
        ("https://bank.example@evil.example/", False),
        ("https://example.org/\u202etxt.exe", False),
        ("https://example.org/ onclick=x", False),
        ("https://[broken", False),
        ("file:///etc/passwd", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_addresses_of_the_web_become_links(url: str | None, may: bool) -> None:
    assert may_be_a_link(url) is may


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-04-19", "19 April 2026"),
        ("2026-04-19T23:30:00-08:00", "19 April 2026"),
        ("2026", "2026"),
        (None, ""),
    ],
)
def test_days_are_written_out(published: str | None, words: str) -> None:
    assert day(published) == words


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/?q=Why%3F", "/?q=Why%3F"),
        ("/articles/a%2Fb?start=1", "/articles/a%2Fb?start=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/articles/..\n/x", "/"),
        ("/v1/query", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_pages_of_this_server_only(address: str, leads_to: str) -> None:
    assert local(address) == leads_to


marks = st.lists(st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["cue", "value", "cited"])))


@given(st.text(max_size=50), marks)
def test_pieces_make_up_the_text_whatever_is_marked(text: str, given_marks: list[Mark]) -> None:
    pieces = cut(text, given_marks)
    assert "".join(piece.text for piece in pieces) == text
    places = [place for piece in pieces for place in [bool(piece.roles)] * len(piece.text)]
    inside = [mark for mark in given_marks if 0 <= mark.start < mark.end <= len(text)]
    assert places == [any(mark.start <= at < mark.end for mark in inside) for at in range(len(text))]


@given(st.text(alphabet="ab \r\n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_paragraphs_hold_all_words_and_mark_the_cited_ones_alone(text: str, start: int, end: int) -> None:
    laid = paragraphs(text, [Mark(start, end, "cited")] if start < end else [])
    assert "".join(piece.text for line in laid for piece in line).split() == " ".join(text.splitlines()).split() or (
        "".join("".join(piece.text for line in laid for piece in line).split()) == "".join(text.split())
    )
    marked = "".join(piece.text for line in laid for piece in line if piece.roles)
    assert "".join(marked.split()) == "".join(text[start:end].split() if start < end else [])


def test_a_value_is_found_as_a_whole_word_in_any_case() -> None:
    assert found("15x is no 5x, 5X is", "5x", "value") == [Mark(10, 12, "value"), Mark(14, 16, "value")]
    assert found("anything", " ", "value") == []


ARTICLE = Article(id="a", revision=2, text="First line.\nSecond line.", sha256="0" * 64, source="/x", language="en-GB")


def test_a_span_of_another_revision_is_not_marked_and_the_page_says_why() -> None:
    page = article_page(ARTICLE, [], Cited(start=0, end=5, revision=1, wanted=True))
    assert not [piece for line in page.paragraphs for piece in line if piece.roles]
    assert page.notes == (
        "The quote is from revision 1. The article was changed since; this is revision 2, in which it may stand "
        "elsewhere or not at all.",
    )


def test_an_earlier_revision_is_marked_and_said_to_be_one() -> None:
    page = article_page(ARTICLE, [], Cited(start=0, end=5, revision=2, wanted=True), present=3)
    assert [piece.text for line in page.paragraphs for piece in line if piece.roles] == ["First"]
    assert page.notes == ("This is revision 2, as it was quoted. The article was changed since, to revision 3.",)


@pytest.mark.parametrize(
    "address",
    [{"start": "5", "end": "5"}, {"start": "-1", "end": "4"}, {"start": "0", "end": "9999"}, {"start": "one"}],
)
def test_a_span_that_is_not_there_is_said_not_to_be_there(address: dict[str, str]) -> None:
    page = article_page(ARTICLE, [], cited(address))
    assert page.notes == ("The address points at characters that this article does not have, so nothing is marked.",)


def test_a_span_over_two_lines_is_marked_in_both() -> None:
    page = article_page(ARTICLE, [], cited({"start": "6", "end": "18", "revision": "2"}))
    assert [piece.text for line in page.paragraphs for piece in line if piece.roles] == ["line.", "Second"]
    assert page.notes == ()
    assert page.language == "en-GB"
