"""Which outlets an article credits for its main news, and which mentions are no credit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import outlets
from corpus.credits import find, main
from corpus.sentences import split


def credited(text: str, *, publisher: str | None = None, author: str | None = None) -> list[str]:
    return [credit.outlet for credit in main(find(text, split(text), author=author), publisher=publisher)]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The singer has left the band, according to TMZ.", "TMZ"),
        ("The two firms are in talks, the Wall Street Journal reported on Monday.", "Wall Street Journal"),
        ("The two firms are in talks, WSJ reports.", "Wall Street Journal"),
        ("The deal, first reported by CNBC, would be the largest of the year.", "CNBC"),
        ("OSLO (Reuters) - Two ships ran into each other on Sunday.", "Reuters"),
        ("Updated at noon\nOSLO (AP) — Two ships ran into each other on Sunday.", "Associated Press"),
        ("A clerk found the letter in a drawer, the NYT writes.", "New York Times"),
        ("The mayor will not run again, he told the Detroit Free Press.", "Detroit Free Press"),
        ("The letter was found by a clerk, as the Halden Gazette has learned.", "Halden Gazette"),
        ("A clerk found the letter, reports the tabloid Norvik Mirror.", "Norvik Mirror"),
        ("The letter is a forgery, said The Hollywood Reporter.", "Hollywood Reporter"),
        ("The photo was spotted by 9to5Mac.", "9to5Mac"),
        ("A source at the firm confirmed the sale.\n\nVia: Orrinpost.com", "orrinpost.com"),
        ("A cave was found, BBC News said in a report from the valley.", "BBC"),
    ],
)
def test_a_credit_is_found_under_its_canonical_name(text: str, outlet: str) -> None:
    assert credited(text) == [outlet]


@pytest.mark.parametrize(
    "text",
    [
        "The phone will have two screens, according to Apple.",
        "The bridge is safe, according to Mayor Tove Brandal.",
        "The fee will rise, according to the Office of National Statistics.",
        "Apple reported record sales on Monday.",
        "Carson Drey reports from the valley.",
        "People said that the wall was wet. Time will tell.",
        "Jonah Hill told the crowd that he would come back.",
        "Photo: AP\nTwo ships ran into each other.",
        "The ships ran into each other (AP Photo).",
        "He wrote on Twitter that he was fine.",
        "She posted a video on YouTube and Facebook.",
        "It was the best of times, and the post came late.",
    ],
)
def test_persons_companies_pictures_and_platforms_are_no_outlets(text: str) -> None:
    assert credited(text) == []


def test_a_short_form_means_the_outlet_that_was_named_before() -> None:
    text = "The Halden Post has seen the letter. The letter is two pages long, the Post reported."
    assert credited(text) == ["Halden Post"]


def test_who_was_told_something_further_down_is_no_source_of_news_that_is_credited_to_another() -> None:
    text = (
        "The two firms are in talks about a merger, the Wall Street Journal reported on Monday. The Journal cited "
        "three people who know of the talks. "
        + "The price is not known. " * 4
        + "A broker told the AP that it is late."
    )
    assert credited(text) == ["Wall Street Journal"]


def test_an_outlet_that_names_itself_credits_nobody() -> None:
    assert credited("The two firms are in talks, CNBC has learned.", publisher="CNBC") == []
    assert credited("The two firms are in talks, CNBC has learned.", publisher="Halden Gazette") == ["CNBC"]


def test_a_report_that_the_article_answers_is_not_its_source() -> None:
    text = "In response to a report in the Halden Gazette the board denies all of it. The Gazette published a draft."
    assert credited(text) == []


def test_agencies_sign_as_authors() -> None:
    assert credited("Two ships ran into each other.", author="Jane Roe, Associated Press") == ["Associated Press"]
    assert credited("Two ships ran into each other.", author="Jane Roe, Press office") == []


def test_a_credit_quotes_the_sentence_that_gives_it() -> None:
    text = "It is late. The singer has left the band, according to TMZ. TMZ has a camera."
    (credit,) = find(text, split(text))
    assert credit.quote == "The singer has left the band, according to TMZ."


def test_every_listed_name_is_its_own_canonical_name() -> None:
    for name in ("Associated Press", "The Hill", "Re/code", "E! News", "iGen", "io9", "Yahoo"):
        assert outlets.canonical(name) == name
    assert outlets.canonical("the AP") == outlets.canonical("AP's") == "Associated Press"
    assert outlets.publisher("The Quillby Letter") == "Quillby Letter"


@given(st.text(max_size=300))
def test_no_text_is_refused_and_at_most_two_credits_are_main(text: str) -> None:
    found = find(text, split(text), author=text[:40])
    assert len(main(found)) <= 2
    assert all(credit.quote in text for credit in found)
