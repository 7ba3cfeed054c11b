"""Whole answers over real indexes with the fake encoder: citations, filters, warnings, and the way through JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answering import Tools, answer
from assistant.comparing.cloze import unfilled
from assistant.comparing.judgement import undecided
from assistant.comparing.relating import relate
from assistant.models import Answer, Question, ask
from assistant.policy import Policy
from assistant.scoring import by_likeness
from assistant.wiring import labeller
from index.errors import UnknownPublisher
from index.search import Limits
from index.workspace import open_workspace
from tests.fakes import HashedWords, bring_in

ARTICLES: Sequence[dict[str, str]] = (
    {
        "id": "wire",
        "title": "Ferry sinks",
        "publisher": "Coastline Wire",
        "published": "2026-03-03",
        "text": "The ferry Sandlark sank off Port Sellow on Tuesday.\nNine people died, the harbour office said.",
    },
    {
        "id": "gazette",
        "publisher": "Sellow Gazette",
        "published": "2026-03-09",
        "text": "Eleven people died when the ferry Sandlark sank, the inspector said.\nThe weather was calm.",
    },
    {"id": "undated", "text": "The ferry Sandlark was built in a yard in Vendrey.\nIts captain was Ida Marsh."},
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ferry")
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    bring_in(folder / "w", file)
    return folder / "w"


@pytest.fixture(scope="module")
def answered(workspace: Path) -> Callable[[Question], Answer]:
    tools = Tools(
        embed_questions=HashedWords.embed,
        score=by_likeness,
        label=labeller(),
        relate=lambda pairs, question: relate(
            pairs, question=question, judge=undecided, fill=unfilled, policy=Policy().comparing
        ),
        limits=Limits(top_k=8),
        policy=Policy(covered=-5.0, worth_citing=-6.0, below_best=3.0),
        model="hashed words",
        settings_hash="x",
    )

    def run(question: Question) -> Answer:
        with open_workspace(workspace) as opened, opened.reading() as (view, derived):
            return answer(question, tools=tools, view=view, derived=derived)

    return run


def test_both_sources_are_cited_in_their_own_words(answered: Callable[[Question], Answer]) -> None:
    found = answered(ask("How many people died when the ferry Sandlark sank?"))
    assert {citation.article_id for citation in found.citations} >= {"wire", "gazette"}
    assert [citation.number for citation in found.citations] == list(range(1, len(found.citations) + 1))
    assert found.text == " ".join(f"{citation.quote} [{citation.number}]" for citation in found.citations)
    assert found.status is not None
    assert found.findings
    assert found.closest == ()


def test_an_as_of_day_leaves_out_what_came_later_and_says_what_has_no_date(
    answered: Callable[[Question], Answer],
) -> None:
    found = answered(ask("How many people died when the ferry Sandlark sank?", as_of=date(2026, 3, 5)))
    assert {citation.article_id for citation in found.citations} == {"wire"}
    assert found.as_of == date(2026, 3, 5)
    assert found.warnings == ("1 article carries no publication date and so cannot be in a range of dates; left out.",)


def test_a_publisher_filter_keeps_only_that_publisher(answered: Callable[[Question], Answer]) -> None:
    found = answered(ask("How many people died on the ferry Sandlark?", publishers=("sellow gazette",)))
    assert {citation.publisher for citation in found.citations} == {"Sellow Gazette"}
    with pytest.raises(UnknownPublisher):
        answered(ask("How many people died?", publishers=("Nobody",)))


def test_filters_that_leave_nothing_give_not_covered_with_nothing_closest(
    answered: Callable[[Question], Answer],
) -> None:
    found = answered(ask("How many people died?", until=date(2020, 1, 1)))
    assert (found.status, found.citations, found.closest) == ("not_covered", (), ())
    assert found.reason is not None
    assert "filters leave nothing" in found.reason


def test_a_question_nothing_bears_on_names_the_closest_and_cites_none(answered: Callable[[Question], Answer]) -> None:
    found = answered(ask("Who composed quartets for violas?"))
    assert (found.status, found.citations) == ("not_covered", ())
    assert found.closest


def test_the_same_question_has_the_same_id_and_another_filter_another(answered: Callable[[Question], Answer]) -> None:
    plain = answered(ask("Who died?")).id
    assert answered(ask("Who  died?")).id == plain
    assert answered(ask("Who died?", since=date(2026, 1, 1))).id != plain
    assert answered(ask("Who died?", id="q-17")).id == "q-17"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["how", "many", "died", "when", "ferry", "sank", "captain"]), min_size=1))
def test_any_answer_survives_json_and_quotes_verbatim(words: list[str], answered: Callable[[Question], Answer]) -> None:
    texts = {article["id"]: article["text"] for article in ARTICLES}
    found = answered(ask(" ".join(words)))
    assert Answer.model_validate_json(found.model_dump_json()) == found
    for citation in (*found.citations, *found.closest):
        assert texts[citation.article_id][citation.start : citation.end] == citation.quote
