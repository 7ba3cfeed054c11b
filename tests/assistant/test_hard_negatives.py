"""Conflicts under answers from the sample: planted look-alikes flag nothing, planted conflicts are flagged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.models import Answer, ask
from assistant.settings import load
from tests.assistant.planted import Planted, about, apart, planted
from tests.conftest import ROOT, Crosscheck

CONFLICTS = [row for row in planted() if row.type is not None]
OTHERS = [row for row in planted() if row.type is None]
NOTHING_FLAGGED = (
    "How many people died when the Petrel sank?",
    "How many people survived the sinking of the Sandlark?",
    "How many people were injured on the Sandlark?",
    "How many people are still missing from the Sandlark?",
    "How many passengers may the Sandlark carry?",
    "When was the Sandlark built?",
    "Since when has the Sandlark served Little Morrow?",
    "Who is the harbour master?",
    "Who operates the Sandlark?",
    "Did a second ferry ignore the distress call?",
    "How many people does Quellspring employ?",
    "What was Quellspring's revenue in 2025?",
    "When was the Quellspring agreement signed?",
    "When will the takeover of Quellspring Optics be completed?",
    "Who is the chief executive of Tolvane?",
    "How long is the Veyle Narrows Bridge?",
    "How wide is the Veyle Narrows Bridge?",
    "When was the Veyle Narrows Bridge inaugurated?",
    "How many vehicles crossed the bridge on the first day?",
    "How high is the toll for lorries?",
    "When did the last ferry run from Oxmere?",
    "How many votes did Corvale get?",
    "How many people voted in Dunmarrow?",
    "Has Mayor Corvale left the country?",
    "How much did the tannery sell for?",
    "Since when has Corvale been mayor?",
    "Has PB-417 been approved?",
    "How many patients took part in the PB-417 trial?",
    "How many patients left the trial early?",
    "How much profit did Pellucine make?",
    "By how much did Pellucine's sales grow?",
    "When was Maia 200 introduced?",
    "Who makes Maia 200?",
    "How much cheaper is inference on Maia 200?",
    "Are Anthropic and Microsoft in talks about Maia 200?",
    "How much more work per dollar does Maia 200 do than GPU instances?",
)
FLAGGED = (
    ("How many people were killed when the ferry sank?", "number"),
    ("When did the ferry hit the breakwater?", "date"),
    ("Who is the captain of the ferry Sandlark?", "superseded"),
    ("When was Quellspring founded?", "date"),
    ("How much is Tolvane paying for Quellspring?", "number"),
    ("How many crowns did the Veyle Narrows Bridge cost?", "number"),
    ("Who is the architect of the Veyle Narrows Bridge?", "identity"),
    ("Do cars pay a toll on the Veyle Narrows Bridge?", "superseded"),
    ("How many votes did Thane get?", "superseded"),
    ("How many times more performance per dollar does Maia 200 give?", "number"),
)
UNREAD = {
    "Which number of people aboard does Sellow Sound Lines give?": "the company's correction is not read as an answer",
    "Did the harbour master say that the radar was switched off?": "the authority's sentence is not among those read",
    "What did the Sandlark hit?": "what was hit is no kind of thing whose answers exclude each other",
    "Who will run Quellspring Optics after the takeover?": "the rival paper's sentence is not among those read",
    "When was Quellspring Optics founded?": "the year 1978 is not read, as it is to the shorter question",
    "Is Tolvane buying Quellspring Optics?": "the state changed, and nothing in the sentences says so",
    "When did the Veyle Narrows Bridge open to traffic?": "the Echo's day is in a sentence that tells of no opening",
    "Was the Veyle Narrows Bridge finished on time?": "neither sentence says yes or no",
    "Who caused the delay of the Veyle Narrows Bridge?": "both sides stand in one article",
    "Does the Dunmarrow Dispatch stand by its report that Corvale resigned?": "“We do not” needs the sentence before",
    "How many votes did the Dunmarrow Dispatch report for Thane?": "no sentence says what was reported",
    "Who was elected mayor of Dunmarrow?": "the wrong name's sentence is not among those compared",
    "What was the meeting of 4 May in Dunmarrow town hall about?": "no sentence says what it was about",
    "Has Pellucine applied for approval of PB-417?": "the plan and what became of it agree",
}
"""Planted conflicts that are not flagged yet, and why."""


@pytest.fixture(scope="module")
def asker(sample_workspace: Path, cache: Path) -> Iterator[wiring.Asker]:
    with wiring.opened(load({"workspace": sample_workspace, "cache": cache})) as opened:
        yield opened


def asked(asker: wiring.Asker, question: str) -> Answer:
    return asker.ask(ask(question))


def _marked(row: Planted) -> object:
    reason = UNREAD.get(row.question)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(row, marks=marks, id=row.question)


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row.question)
def test_what_only_resembles_a_contradiction_or_agrees_is_not_set_apart(row: Planted, asker: wiring.Asker) -> None:
    assert apart(asked(asker, row.question), row) == []


@pytest.mark.parametrize("question", NOTHING_FLAGGED)
def test_a_question_that_the_articles_do_not_disagree_on_flags_nothing(question: str, asker: wiring.Asker) -> None:
    assert asked(asker, question).conflicts == ()


@pytest.mark.parametrize("row", [_marked(row) for row in CONFLICTS])
def test_a_planted_conflict_is_flagged_with_its_type(row: Planted, asker: wiring.Asker) -> None:
    """A rumour against a denial is denied instead; what its own outlet corrects later may be told as an update."""
    answer = asked(asker, row.question)
    if row.relation == "denial" and answer.status == "denied":
        return
    corrected = any("correction" in one.article_id or "update" in one.article_id for one in answer.citations)
    allowed = {row.type, "superseded"} if corrected else {row.type}
    assert {conflict.type for conflict in about(answer, row)} & allowed


@pytest.mark.parametrize(("question", "kind"), FLAGGED)
def test_the_same_conflicts_are_flagged_to_other_words(question: str, kind: str, asker: wiring.Asker) -> None:
    assert kind in {conflict.type for conflict in asked(asker, question).conflicts}


def test_a_count_that_went_on_is_an_update_and_a_figure_of_the_same_day_is_not(asker: wiring.Asker) -> None:
    answer = asked(asker, "How many people died in the sinking of the Sandlark?")
    (update,) = [conflict for conflict in answer.conflicts if conflict.type == "superseded"]
    assert {side.normalized for side in update.sides} == {"9 person", "11 person"}
    (contradicted,) = [conflict for conflict in answer.conflicts if conflict.type == "number"]
    assert "14 person" in {side.normalized for side in contradicted.sides}


CHIP_TALKS = ROOT.parent / "shared" / "articles" / "chip_talks"
DISAGREEING = (
    "How much better is Maia 200's performance per dollar?",
    "By how much does Maia 200 improve performance per dollar?",
)
AGREEING = (
    "How much more efficient is Maia 200?",
    "By how much does Maia 200 cut inference costs?",
    "When was Maia 200 introduced?",
    "When did Microsoft launch Maia 200?",
    "When was Maia 100 released?",
    "How much memory does Maia 200 have?",
    "Who makes the Maia 200?",
    "On which process is Maia 200 built?",
    "Is Anthropic going to run Claude on Maia 200?",
    "Are Anthropic and Microsoft in talks?",
    "Has Anthropic confirmed the talks?",
    pytest.param(
        "Has Microsoft confirmed the talks?",
        marks=pytest.mark.xfail(strict=True, reason="the reader takes Microsoft's readiness to talk for a yes"),
    ),
    "Where does Claude run today?",
    "Which clouds host Claude?",
    "Who reported the talks?",
    "Who is the CEO of Anthropic?",
    "What is OpenAI's chip called?",
    "Is OpenAI building its own chip?",
    "How much will Samsung invest in chips?",
    "How much does inference cost per day?",
    "When did AWS launch Inferentia?",
    "When did AWS launch Trainium?",
    "Since when have Google's TPUs been shipping?",
    "Would the deal replace AWS or Google Cloud?",
    "Will Anthropic leave Google Cloud?",
    "Which Claude models would be tested first?",
    "What is Maia 300?",
    "When could a pilot program launch?",
    "Is Maia 200 designed for training?",
    "Is Maia 200 for inference or training?",
    "How many customers are testing Maia?",
    "What could make the talks fail?",
)


@pytest.fixture(scope="module")
def talks(crosscheck: Crosscheck, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[wiring.Asker]:
    if not CHIP_TALKS.is_dir():
        pytest.skip("the two articles are not part of the project and not beside it")
    made = tmp_path_factory.mktemp("talks") / "w"
    crosscheck("ingest", CHIP_TALKS, "-w", made)
    with wiring.opened(load({"workspace": made, "cache": cache})) as opened:
        yield opened


@pytest.mark.parametrize("question", DISAGREEING)
def test_the_two_figures_of_the_maker_are_a_number_conflict(question: str, talks: wiring.Asker) -> None:
    (conflict,) = asked(talks, question).conflicts
    assert conflict.type == "number"
    assert {side.normalized for side in conflict.sides} == {"x1.3", "<= x5"}


@pytest.mark.parametrize("question", AGREEING)
def test_nothing_else_in_the_two_articles_is_flagged(question: str, talks: wiring.Asker) -> None:
    assert asked(talks, question).conflicts == ()
