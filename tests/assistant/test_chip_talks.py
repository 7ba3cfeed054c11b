"""The first story: what a journalist asks of two articles about the same talks, and of the sample that retells them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from assistant.models import Answer
from tests.conftest import SAMPLE, Crosscheck

ARTICLES = SAMPLE.parents[3] / "shared" / "articles" / "chip_talks"
QUESTIONS = (
    ("What is OpenAI's chip called?", "Jalapeno"),
    ("When was Maia 200 introduced?", "January 2026"),
    ("How much memory does Maia 200 have?", "216GB"),
)
RUNS_TODAY = ("Where does Claude run today?", "Google Cloud")


def asked(crosscheck: Crosscheck, workspace: Path, question: str) -> Answer:
    return Answer.model_validate_json(crosscheck("ask", question, "-w", workspace, "--json", code=None).stdout)


@pytest.fixture(scope="module")
def workspace(crosscheck: Crosscheck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ARTICLES.is_dir():
        pytest.skip("the two articles are not part of the project and not beside it")
    made = tmp_path_factory.mktemp("chip talks") / "w"
    crosscheck("ingest", ARTICLES, "-w", made)
    return made


def test_both_figures_come_first(crosscheck: Crosscheck, workspace: Path) -> None:
    answer = asked(crosscheck, workspace, "How much better is Maia 200's performance per dollar?")
    best = sorted(answer.citations, key=lambda citation: -citation.score)[:3]
    quotes = " ".join(citation.quote for citation in best)
    assert "30%" in quotes
    assert "up to 5x" in quotes
    assert {citation.article_id for citation in best} == {"article_a", "article_b"}


@pytest.mark.parametrize(
    ("question", "words"),
    [*QUESTIONS, RUNS_TODAY],
)
def test_the_right_sentence_answers(question: str, words: str, crosscheck: Crosscheck, workspace: Path) -> None:
    answer = asked(crosscheck, workspace, question)
    assert words in answer.text


def test_the_two_figures_contradict_each_other_and_both_are_the_makers_own(
    crosscheck: Crosscheck, workspace: Path
) -> None:
    answer = asked(crosscheck, workspace, "How much better is Maia 200's performance per dollar?")
    (conflict,) = answer.conflicts
    assert (answer.status, conflict.type) == ("contested", "number")
    assert {side.normalized for side in conflict.sides} == {"x1.3", "<= x5"}
    assert {citation.attribution for citation in answer.citations} == {"party"}


def test_when_it_was_introduced_is_told_by_two_origins(crosscheck: Crosscheck, workspace: Path) -> None:
    answer = asked(crosscheck, workspace, "When was Maia 200 introduced?")
    first = answer.findings[0]
    assert (first.text, first.articles, first.origins) == ("January 2026", 2, 2)
    assert answer.conflicts == ()


@pytest.mark.parametrize(
    "question",
    ["Is Anthropic going to run Claude on Maia 200?", "Are Anthropic and Microsoft in talks about Maia 200?"],
)
def test_the_talks_are_unconfirmed_and_the_sentence_that_says_so_is_quoted(
    question: str, crosscheck: Crosscheck, workspace: Path
) -> None:
    answer = asked(crosscheck, workspace, question)
    assert answer.status == "unconfirmed"
    assert "But: Neither Anthropic nor Microsoft has confirmed the talks." in answer.text
    assert "But: Anthropic has not publicly commented on the talks" in answer.text


def test_the_rivals_chip_is_named_by_one_article_alone(crosscheck: Crosscheck, workspace: Path) -> None:
    answer = asked(crosscheck, workspace, "What is OpenAI's chip called?")
    assert {found.text: found.status for found in answer.findings}["Jalapeno"] == "single_source"


def test_what_is_only_mentioned_is_not_covered(crosscheck: Crosscheck, workspace: Path) -> None:
    answer = asked(crosscheck, workspace, "What will Maia 300 cost?")
    assert (answer.status, answer.citations) == ("not_covered", ())
    assert answer.closest


@pytest.mark.parametrize(
    ("question", "words"), [*QUESTIONS, RUNS_TODAY, ("How much better is Maia 200 per dollar?", "30%")]
)
def test_the_sample_answers_the_same_questions(
    question: str, words: str, crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    assert words in asked(crosscheck, sample_workspace, question).text


def test_a_name_alone_gets_a_summary(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    answer = asked(crosscheck, sample_workspace, "Maia 200")
    assert len(answer.citations) >= 2
    doubts = [citation for citation in answer.citations if f"But: {citation.quote}" in answer.text]
    assert all("Maia 200" in citation.quote for citation in answer.citations if citation not in doubts)


def test_order_of_ingest_copies_and_letter_case_change_nothing(
    crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path
) -> None:
    rows = []
    for file in sorted((SAMPLE / "chip-talks").glob("*.md")):
        _, _, body = file.read_text(encoding="utf-8").split("---", 2)
        rows.append({"id": file.stem, "text": body.strip()})
    shuffled = random.Random(7).sample(rows, len(rows))
    copied = [*rows, {"id": "zz-copy", "text": rows[0]["text"]}]
    quotes: list[set[str]] = []
    for number, some in enumerate((rows, shuffled, copied)):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
        crosscheck("ingest", file, "-w", tmp_path / str(number))
        typed = ("How much memory does Maia 200 have?", "HOW MUCH MEMORY DOES MAIA 200 HAVE?")
        answers = [asked(crosscheck, tmp_path / str(number), question) for question in typed]
        quotes += [{citation.quote for citation in answer.citations} for answer in answers]
    assert [one ^ quotes[0] for one in quotes] == [set()] * len(quotes)
    assert quotes[0]
