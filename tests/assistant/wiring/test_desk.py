"""An open workspace with the real models: several threads at once, and what changes while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import wiring
from assistant.comparing.statement import Statement
from assistant.models import Answer, Check, Question, ask
from assistant.settings import Settings, load
from assistant.wiring import Desk
from index.models import SearchResult
from tests.conftest import ROOT, Crosscheck

QUESTIONS = (
    "How much better is Maia 200's performance per dollar?",
    "How many people died when the ferry sank?",
    "Has the Medicines Council approved PB-417?",
)
STATEMENTS = ("Maia 200 was introduced in January 2026.", "There were 74 people aboard the Sandlark.")


def settings(workspace: Path, cache: Path) -> Settings:
    return load({"workspace": workspace, "cache": cache}, environment={}, folder=ROOT)


@pytest.fixture(scope="module")
def desk(sample_workspace: Path, cache: Path) -> Iterator[Desk]:
    with wiring.opened(settings(sample_workspace, cache)) as opened:
        yield opened


def asked(desk: Desk, kind: str, question: Question) -> dict[str, object] | list[tuple[int, float]]:
    """Everything of the outcome but how long it took."""
    outcome: Answer | Check | SearchResult = getattr(desk, kind)(question)
    if isinstance(outcome, SearchResult):
        return [(hit.passage.number, round(hit.score, 5)) for hit in outcome.hits]
    return outcome.model_dump(exclude={"timings_ms"})


def test_many_threads_at_a_desk_that_was_just_opened_get_what_one_gets(
    desk: Desk, sample_workspace: Path, cache: Path
) -> None:
    wanted = [(kind, ask(text)) for kind in ("ask", "search") for text in QUESTIONS]
    wanted += [("check", ask(text)) for text in STATEMENTS]
    alone = [asked(desk, kind, question) for kind, question in wanted]
    with wiring.opened(settings(sample_workspace, cache)) as fresh, ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: asked(fresh, *one), wanted * 3))
    assert together == alone * 3


def test_asking_checking_and_comparing_share_one_reader_and_one_labeller(desk: Desk) -> None:
    assert desk.tools is desk.tools
    assert desk.comparing is desk.comparing
    compare, stated = desk.comparing
    pairs = [(Statement("Nine people died."), Statement("Eleven people died."))]
    assert [one.relation for one in compare(pairs, None)] == ["conflict"]
    assert len(stated("How many died?", ["Nine people died."], [None])) == 1


def test_what_is_ingested_while_the_desk_is_open_is_found_by_the_next_question(
    crosscheck: Crosscheck, cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("The bridge at Tolm was opened in May 2025.")
    workspace = tmp_path / "w"
    crosscheck("ingest", tmp_path / "one.txt", "-w", workspace)
    with wiring.opened(settings(workspace, cache)) as opened:
        assert len(opened.search(ask("Who owns the mill?")).hits) == 1
        (tmp_path / "two.txt").write_text("The mill at Tolm is owned by Ida Marsh.")
        crosscheck("ingest", tmp_path / "two.txt", "-w", workspace)
        assert "Ida Marsh" in opened.ask(ask("Who owns the mill?")).text


def test_explaining_adds_what_was_compared_and_changes_nothing_else(desk: Desk) -> None:
    text = QUESTIONS[1]
    plain, explained = (desk.ask(ask(text, explain=explain)) for explain in (False, True))
    assert plain.comparisons == ()
    assert explained.comparisons
    without = {"timings_ms", "comparisons"}
    assert plain.model_dump(exclude=without) == explained.model_dump(exclude=without)
    conflicts = {one.type for one in explained.comparisons if one.relation == "conflict"}
    assert {one.type for one in plain.conflicts} <= conflicts
