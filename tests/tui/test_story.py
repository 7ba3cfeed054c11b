"""The articles of a story: which belong to it, in which order, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.models import ask
from assistant.settings import Settings
from assistant.wiring import Desk
from corpus.models import Article
from index.models import SearchResult
from tests.tui.exchanges import answer, citation, contested
from tui.story import as_lines, entries, first_sentence

NOTHING = SearchResult(hits=(), generation=1)
STORIES = {
    "How many people died when the Sandlark sank?": "ferry",
    "How much did the Veyle Narrows Bridge cost?": "bridge",
    "How much better is Maia 200's performance per dollar?": "maia",
    "Who is the mayor?": "mayor",
    "How much does Tolvane pay for Quellspring?": "takeover",
    "Does the eczema tablet PB-417 work?": "trial",
}


@pytest.fixture(scope="module")
def desk(sample_workspace: Path, cache: Path) -> Iterator[Desk]:
    with wiring.opened(Settings(workspace=sample_workspace, cache=cache)) as opened:
        yield opened


@pytest.mark.parametrize("question", STORIES)
def test_a_story_is_its_own_articles_by_date_and_no_others(desk: Desk, question: str) -> None:
    found = entries(desk.search(ask(question, top_k=50)), desk.ask(ask(question)))
    assert {entry.article_id.split("-")[0] for entry in found} == {STORIES[question]}
    assert len(found) >= 4
    days = [entry.published for entry in found if entry.published]
    assert days == sorted(days)
    assert all(entry.published is None for entry in found[len(days) :])


def test_what_is_cited_is_marked_with_its_numbers_and_what_is_doubtful() -> None:
    opening, traffic = entries(NOTHING, contested())
    assert (opening.article_id, opening.cited, opening.marks) == ("opening", (1,), ("Contested",))
    assert (traffic.day, traffic.cited, traffic.marks) == ("25 April 2026", (2,), ("Contested",))


def test_a_denial_is_marked_and_an_undated_article_comes_last() -> None:
    cited = (
        citation(1, "undated", "It was never opened.", published=None, certainty="denied"),
        citation(2, "dated", "It was opened."),
    )
    dated, undated = entries(NOTHING, answer("Was it opened?", *cited))
    assert (dated.article_id, dated.marks) == ("dated", ())
    assert (undated.day, undated.marks) == ("no date", ("Denial",))


def test_nothing_found_and_nothing_cited_is_an_empty_story() -> None:
    assert entries(NOTHING, answer("Was it opened?")) == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The bridge opens\n\nBy Ana\n\nThe bridge was opened on Sunday. More.", "The bridge was opened on Sunday."),
        ("no full stop here", "no full stop here"),
        ("", ""),
        ("Word " * 100 + ".", f"{('Word ' * 44).strip()} …"),
        ("He said:\x1b[2J \u202eit was opened on Sunday. Yes.", "He said:\\u001b[2J \\u202eit was opened on Sunday."),
    ],
)
def test_the_first_sentence_is_no_byline_and_no_headline(text: str, first: str) -> None:
    article = Article(id="a", revision=1, text=text, sha256="0", source="/a.txt", title="The bridge opens")
    assert first_sentence(article) == first


def test_a_story_can_be_read_aloud_line_by_line() -> None:
    assert as_lines(entries(NOTHING, contested()))[0] == (
        "18 April 2026: Veyle Post, About opening (cited as [1]; Contested). It was opened on 18 April."
    )
