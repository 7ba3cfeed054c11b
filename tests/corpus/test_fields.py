"""Rows become articles by the names of their fields; their text stays exactly as given."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import fields
from corpus.fields import UnknownField, WrongField
from corpus.models import Draft


def drafted(record: dict[str, object], **mapping: str) -> Draft:
    return fields.draft({"text": "A text.", **record}, mapping, source="/a/news.jsonl", row=3)


def test_a_row_becomes_an_article() -> None:
    record = {
        "id": 17,
        "title": " Talks \n resume ",
        "publisher": "The Post",
        "authors": ["Ann Bell", "Carl Dent"],
        "url": "https://post.example/1",
        "published": "June 17, 2022",
        "language": "en-GB",
    }
    assert drafted(record) == Draft(
        text="A text.",
        source="/a/news.jsonl",
        row=3,
        given_id="17",
        title="Talks resume",
        publisher="The Post",
        author="Ann Bell, Carl Dent",
        url="https://post.example/1",
        published="2022-06-17",
        language="en-GB",
    )


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("ID", "given_id"),
        ("_id", "given_id"),
        ("guid", "given_id"),
        ("article_id", "given_id"),
        ("Headline", "title"),
        ("source", "publisher"),
        ("site-name", "publisher"),
        ("domain", "publisher"),
        ("byline", "author"),
        ("dc:creator", "author"),
        ("link", "url"),
        ("lang", "language"),
    ],
)
def test_names_are_known_whatever_their_case_and_separators(name: str, field: str) -> None:
    assert getattr(drafted({name: "x"}), field) == "x"


@pytest.mark.parametrize("name", ["date", "pubDate", "publishedAt", "published_at", "PUBLISH DATE", "datePublished"])
def test_names_of_the_date_are_known(name: str) -> None:
    assert drafted({name: "2022-06-17"}).published == "2022-06-17"


@pytest.mark.parametrize("name", ["text", "body", "Content", "article", "fullText", "full_text", "articleBody"])
def test_names_of_the_text_are_known(name: str) -> None:
    assert fields.draft({name: "A text."}, source="/x").text == "A text."


def test_the_first_accepted_name_that_holds_something_is_taken() -> None:
    assert drafted({"source": "wire", "publisher": "The Post"}).publisher == "The Post"
    assert drafted({"source": "wire", "publisher": ""}).publisher == "wire"
    assert fields.draft({"text": None, "body": "A text."}, source="/x").text == "A text."


@pytest.mark.parametrize("empty", [None, "", "  \n", []])
def test_what_is_empty_is_left_out(empty: object) -> None:
    names = ("id", "title", "publisher", "author", "url", "published", "language")
    found = drafted(dict.fromkeys(names, empty))
    assert found == Draft(text="A text.", source="/a/news.jsonl", row=3)


def test_a_publisher_or_author_given_as_an_object_is_its_name() -> None:
    found = drafted({"source": {"id": None, "name": "The Post"}, "authors": [{"name": "Ann"}, {"name": None}, "Bo"]})
    assert (found.publisher, found.author) == ("The Post", "Ann, Bo")


def test_an_own_name_wins_over_the_accepted_ones() -> None:
    assert drafted({"datum": "17.06.2022", "date": "2020-01-01"}, published="datum").published == "2022-06-17"
    assert fields.draft({"Inhalt": "x", "text": "y"}, {"text": "inhalt"}, source="/x").text == "x"


def test_an_own_name_that_a_row_lacks_is_told_with_the_names_it_has() -> None:
    with pytest.raises(WrongField, match=r"no field 'datum', which is mapped to published; it has 'text', 'Title'"):
        drafted({"Title": "x"}, published="datum")


def test_front_matter_may_lack_an_own_name() -> None:
    found = fields.described({"date": "2022-06-17"}, {"published": "datum"}, text="x", source="/x")
    assert found.published == "2022-06-17"


def test_a_mapping_of_an_unknown_field_is_refused_with_the_fields_there_are() -> None:
    with pytest.raises(UnknownField, match=r"'datum' is not a field of an article; there are id, title, text"):
        fields.check({"datum": "published"})
    fields.check({"published": "datum"})


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"text": 17}, "has a text that is a number; it must be a string"),
        ({"text": ["a", "b"]}, "has a text that is a list"),
        ({"text": {"a": 1}}, "has a text that is an object"),
        ({"text": True}, "has a text that is true or false"),
        ({"text": " \n\t"}, "has no text"),
        ({"text": "a\0b"}, "has a NUL character in its text"),
        ({"text": "a\ud800b"}, r"has half a character \(\\ud800\) at offset 1"),
        ({"title": ["a"]}, "has a title that is a list"),
        ({"title": "a\udfff"}, "has half a character"),
        ({"title": "x" * 10_001}, "has 10,001 characters in a field that is not its text"),
        ({"id": {"$oid": "1"}}, "has an id that is an object"),
        ({"id": True}, "has an id that is true or false"),
        ({"url": 1.5, "author": [["a"]]}, "has an author that is a list"),
        ({"published": "2022-02-30"}, "has a wrong date: '2022-02-30' is no day of the calendar"),
        ({"published": "03/04/2022"}, "write 2022-03-04 or 2022-04-03"),
        ({"published": ["2022-06-17"]}, "has a date that is a list; write it as 2022-06-17"),
        ({"published": False}, "has a date that is true or false"),
    ],
)
def test_a_row_that_cannot_be_an_article_is_told_why(record: dict[str, object], reason: str) -> None:
    with pytest.raises(WrongField, match=reason):
        drafted(record)


def test_a_row_without_a_field_for_the_text_shows_its_fields() -> None:
    with pytest.raises(WrongField, match="map the field that holds it to text; it has 'Titel', 'Inhalt'"):
        fields.draft({"Titel": "x", "Inhalt": "y"}, source="/x")
    with pytest.raises(WrongField, match="it has no fields at all"):
        fields.draft({}, source="/x")


@pytest.mark.parametrize("kept", ["https://a.example/x?y=1:2", "HTTP://a.example", "www.a.example/x", "/2022/x"])
def test_a_web_address_is_kept_as_given(kept: str) -> None:
    assert fields.link(kept) == kept


@pytest.mark.parametrize(
    "dropped", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc", "  "]
)
def test_an_address_that_is_none_of_the_web_is_dropped(dropped: str) -> None:
    assert fields.link(dropped) is None


def test_labels_stand_on_one_line_without_control_characters() -> None:
    assert fields.label(" a\x1b[31m\r\n b\x00\x85c ") == "a [31m b c"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_the_text_of_a_row_is_kept_to_the_character(text: str) -> None:
    if text.isspace():
        return
    assert fields.draft({"text": text}, source="/x").text == text


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from([name for accepted in fields.NAMES.values() for name in accepted]) | st.text(max_size=5)


@given(st.dictionaries(names, json, max_size=6))
def test_any_record_is_an_article_or_told_why_not(record: dict[str, object]) -> None:
    with suppress(WrongField):
        assert fields.draft(record, source="/x").text in record.values()
