"""Whole answers with their judging stages: real indexes and labels, a fake encoder, and a table that compares.

What a careful reader's hard rules ask of an answer, whatever the number, order and names of the articles.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.answering import Tools, answer
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.models import Answer, ask
from assistant.policy import Policy
from assistant.scoring import by_likeness
from assistant.wiring import labeller
from index.search import Limits
from index.workspace import open_workspace
from tests.assistant.claiming import related
from tests.fakes import HashedWords, bring_in

Article = dict[str, str]
Ask = Callable[[Sequence[Article], str], Answer]

DIED = "How many people died when the ferry Sandlark sank?"
LED = "Who was the captain of the ferry Sandlark?"
FIGURE = re.compile(r"\b(nine|ten|eleven|twelve)\b", re.IGNORECASE)
CAPTAIN = re.compile(r"Marsh|Velk")


def article(name: str, published: str, text: str) -> Article:
    return {"id": name, "publisher": f"The {name.title()}", "published": published, "text": text}


WIRE = article(
    "wire",
    "2026-03-03",
    "Nine people died when the ferry Sandlark sank, the harbour office said on Tuesday.\n"
    "The captain of the ferry Sandlark was Ida Marsh.",
)
GAZETTE = article(
    "gazette",
    "2026-03-04",
    "Eleven people died when the ferry Sandlark sank off the coast.\nIt had left at dawn in calm weather.",
)
HERALD = article(
    "herald",
    "2026-03-05",
    "When the ferry Sandlark sank, eleven people died and many were saved by fishing boats nearby.",
)
BLOG = article(
    "blog",
    "2026-03-04",
    "Rumour has it that twelve people died when the ferry Sandlark sank. Nobody has verified it.",
)
BRIDGE = article("bridge", "2026-03-01", "The Veyle Narrows Bridge opened in May and cost 412 million marks.")


def compare(pairs: Sequence[tuple[Statement, Statement]], question: str) -> list[Related]:
    """Figures or names, whichever is asked for, are the same or clash; what has none can hold beside anything."""
    pattern = FIGURE if question.startswith("How many") else CAPTAIN
    return [_compared(pattern.search(a.text), pattern.search(b.text)) for a, b in pairs]


def _compared(one: re.Match[str] | None, other: re.Match[str] | None) -> Related:
    if one is None or other is None:
        return related("a", "b", lambda *_: None)
    return related(one.group().casefold(), other.group().casefold())


TOOLS = Tools(
    embed_questions=HashedWords.embed,
    score=by_likeness,
    label=labeller(),
    relate=compare,
    limits=Limits(top_k=8),
    policy=Policy(covered=-5.0, worth_citing=-4.0),
    model="hashed words",
    settings_hash="x",
)


@pytest.fixture
def asked(tmp_path: Path) -> Ask:
    def run(articles: Sequence[Article], question: str) -> Answer:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "articles.jsonl").write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
        bring_in(folder / "w", folder / "articles.jsonl")
        with open_workspace(folder / "w") as opened, opened.reading() as (view, derived):
            return answer(ask(question), tools=TOOLS, view=view, derived=derived)

    return run


def values(found: Answer) -> set[frozenset[str]]:
    """The figures on the sides of each conflict."""
    return {frozenset(figure(side.value) for side in conflict.sides) for conflict in found.conflicts}


def figure(text: str) -> str:
    match = FIGURE.search(text)
    return match.group().casefold() if match else text


def copies(article: Article, count: int) -> list[Article]:
    return [{**article, "id": f"{article['id']}-{n}", "publisher": f"Paper {n}"} for n in range(count)]


def test_two_figures_of_two_origins_are_contested_with_both_sides_cited(asked: Ask) -> None:
    found = asked([WIRE, GAZETTE, BRIDGE], DIED)
    assert (found.status, values(found)) == ("contested", {frozenset({"nine", "eleven"})})
    cited = {citation.number: citation.article_id for citation in found.citations}
    assert [{cited[n] for n in side.citations} for side in found.conflicts[0].sides] in (
        [{"wire"}, {"gazette"}],
        [{"gazette"}, {"wire"}],
    )


def test_one_article_and_unrelated_ones_contest_nothing(asked: Ask) -> None:
    found = asked([GAZETTE, BRIDGE], DIED)
    assert (found.status, found.conflicts) == ("single_source", ())


def test_two_origins_that_state_the_same_confirm_it(asked: Ask) -> None:
    found = asked([GAZETTE, HERALD], DIED)
    assert found.status == "confirmed"
    assert found.findings[0].origins == 2


def test_a_copy_does_not_confirm_its_original(asked: Ask) -> None:
    found = asked([GAZETTE, *copies(GAZETTE, 2)], DIED)
    assert found.status == "single_source"
    assert (found.findings[0].articles, found.findings[0].origins) == (3, 1)


def test_a_rumour_of_another_figure_contests_nothing(asked: Ask) -> None:
    assert asked([WIRE, BLOG], DIED).conflicts == ()
    assert asked([WIRE, BLOG], DIED).status == "confirmed"


def test_neither_the_order_of_articles_nor_the_names_of_outlets_change_status_and_sides(asked: Ask) -> None:
    articles = [WIRE, GAZETTE, HERALD, BLOG, BRIDGE]
    before = asked(articles, DIED)
    assert before.status == "contested"
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))
        renamed = [{**one, "publisher": f"Outlet {n}", "id": f"x{n}"} for n, one in enumerate(shuffled)]
        after = asked(renamed, DIED)
        assert (after.status, values(after)) == (before.status, values(before))
        assert {one.quote for one in after.citations} == {one.quote for one in before.citations}


@pytest.mark.parametrize("repeated", [pytest.param(WIRE, id="nine"), pytest.param(GAZETTE, id="eleven")])
def test_ten_copies_of_one_side_change_neither_status_nor_sides(repeated: Article, asked: Ask) -> None:
    found = asked([WIRE, GAZETTE, *copies(repeated, 10)], DIED)
    assert (found.status, values(found)) == ("contested", {frozenset({"nine", "eleven"})})
    assert [side.origins for side in found.conflicts[0].sides] == [1, 1]


def test_several_questions_are_each_searched_judged_and_answered(asked: Ask) -> None:
    found = asked([WIRE, BRIDGE], f"{DIED} {LED}")
    quotes = " ".join(citation.quote for citation in found.citations)
    assert "Nine people died" in quotes
    assert "Ida Marsh" in quotes
    assert [one.number for one in found.citations] == list(range(1, len(found.citations) + 1))
    assert found.question == f"{DIED} {LED}"


def test_a_conflict_in_one_of_two_questions_makes_the_answer_contested(asked: Ask) -> None:
    found = asked([WIRE, GAZETTE], f"{DIED} {LED}")
    assert found.status == "contested"
    assert values(found) == {frozenset({"nine", "eleven"})}


def test_of_two_questions_the_one_that_nothing_answers_is_named(asked: Ask) -> None:
    found = asked([WIRE], f"{DIED} Which quartets did violists premiere yesterday evening?")
    assert found.status != "not_covered"
    assert found.closest == ()
    assert found.warnings == ("Nothing answers “Which quartets did violists premiere yesterday evening?”",)


def test_the_order_of_two_questions_changes_no_status_and_no_quote(asked: Ask) -> None:
    one, other = (asked([WIRE, GAZETTE], question) for question in (f"{DIED} {LED}", f"{LED} {DIED}"))
    assert one.status == other.status
    assert {citation.quote for citation in one.citations} == {citation.quote for citation in other.citations}
