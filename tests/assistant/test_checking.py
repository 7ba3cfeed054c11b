"""Statements checked against the sample articles with the real models: no distorted one is ever confirmed.

`distorted.tsv` holds all statements; a part of them runs here, all in `tests.benchmarks.checking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import check_text, wiring
from assistant.models import Check, Question, ask
from assistant.settings import load
from tests.conftest import Crosscheck

CASES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("distorted.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
DISTORTED = [statement for changed, statement in CASES if changed != "nothing"]
TRUE = [statement for changed, statement in CASES if changed == "nothing"]
PLAIN = (
    "Rufus Thane won the election with 8,412 votes.",
    "Maia 200 was introduced in January 2026.",
    "Quellspring's net profit was $41 million.",
    "The Medicines Council has not approved PB-417.",
    "The Veyle Narrows Bridge is 1,240 metres long.",
)
DISPUTED = "There were 74 people aboard the Sandlark."

Run = Callable[[Question], Check]


@pytest.fixture(scope="module")
def checked(sample_workspace: Path, cache: Path) -> Iterator[Run]:
    with wiring.opened(load({"workspace": sample_workspace, "cache": cache}, environment={})) as desk:
        yield desk.check


def test_there_are_sixty_distorted_statements_and_thirty_true_ones() -> None:
    assert (len(set(DISTORTED)), len(set(TRUE))) == (60, 30)
    assert {changed for changed, _ in CASES} == {"nothing", "number", "date", "name", "negation"}


@pytest.mark.parametrize("statement", DISTORTED[::4])
def test_a_statement_with_one_thing_changed_is_not_confirmed(statement: str, checked: Run) -> None:
    assert checked(ask(statement)).verdict != "supported"


@pytest.mark.parametrize("statement", PLAIN)
def test_a_true_statement_is_supported_with_its_sentence_cited(statement: str, checked: Run) -> None:
    found = checked(ask(statement))
    assert found.verdict == "supported"
    assert found.citations
    assert found.findings
    assert found.conflicts == ()


def test_a_negated_statement_is_refuted_by_the_sentence_that_says_otherwise(checked: Run) -> None:
    found = checked(ask("The Medicines Council has approved PB-417."))
    assert found.verdict == "refuted"
    assert "The Medicines Council has not approved PB-417." in {citation.quote for citation in found.citations}


def test_what_articles_disagree_on_is_mixed_with_both_sides_cited(checked: Run) -> None:
    found = checked(ask(DISPUTED))
    assert found.verdict == "mixed"
    (conflict,) = found.conflicts
    assert conflict.type == "number"
    cited = {number for side in conflict.sides for number in side.citations}
    assert cited <= {citation.number for citation in found.citations}
    assert "Contradiction (number)" in check_text.check(found, width=100)


def test_what_nothing_bears_on_names_the_closest_sentences(checked: Run) -> None:
    found = checked(ask("Zebras play chess on the moon."))
    assert (found.verdict, found.citations, found.findings) == ("not_enough_evidence", (), ())
    assert 0 < len(found.closest) <= 3
    assert "Not enough evidence" in check_text.check(found, width=80)


def test_filters_hold_as_for_a_question(checked: Run) -> None:
    asked = ask("Rufus Thane is the new mayor of Dunmarrow.", as_of=date(2026, 5, 1))
    assert checked(asked).verdict == "not_enough_evidence"


def test_a_check_survives_json_and_quotes_verbatim(checked: Run) -> None:
    found = checked(ask(TRUE[0]))
    assert Check.model_validate_json(found.model_dump_json()) == found
    assert all(len(citation.quote) == citation.end - citation.start for citation in found.citations)


def test_the_command_prints_a_verdict_and_its_code(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    run = ("--workspace", sample_workspace)
    assert crosscheck("check", TRUE[8], *run).stdout.startswith("Supported: ")
    assert '"verdict": "refuted"' in crosscheck("check", DISTORTED[0], "--json", *run).stdout
    crosscheck("check", "Zebras play chess on the moon.", *run, code=4)
    crosscheck("check", " ", *run, code=2)
