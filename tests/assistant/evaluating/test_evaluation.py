"""The figures of a batch, computed by hand; and what is printed of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.evaluation import Evaluation, evaluate
from assistant.evaluating.evaluation_text import evaluation
from assistant.evaluating.shares import Share
from assistant.records import Answered, Failed
from tests.assistant.evaluating.making import COST, ELEVEN, NINE, answer, conflict, look, record, refusal

CLASH = answer(NINE, ELEVEN, status="contested", conflicts=[conflict(("Nine", 1), ("Eleven", 2))])
GOLDEN = Path(__file__).parent / "evaluation.txt"
RECORDS: list[Answered | Failed] = [
    record(1, CLASH, answers=["eleven"], status="contested", articles=["ferry", "mill"], conflict=True),
    record(2, answer(NINE), answers=["ten"], status="contested", articles=["ferry", "mill"], conflict=True),
    record(3, answer(COST, status="single_source"), answers=["yes"], status="confirmed", conflict=False),
    record(4, refusal(NINE), status="not_covered"),
    record(5, answer(ELEVEN.model_copy(update={"number": 1})), status="not_covered"),
    record(6, refusal(), answers=["$5,000"], articles=["mill"]),
    record(7, CLASH, conflict=False),
    record(8, answer(COST)),
    Failed(line=9, error="The line is empty."),
]


def of(*records: Answered | Failed) -> Evaluation:
    return evaluate(records, look=look)


def share(found: Share) -> tuple[int, int]:
    return found.right, found.of


def test_every_figure_is_the_one_computed_by_hand() -> None:
    found = of(*RECORDS)
    assert (found.questions, found.failed, found.with_expected) == (9, 1, 7)
    assert share(found.answer_found) == (1, 3)  # lines 1, 2, 6; yes cannot be looked for
    assert (found.articles_found.mean, found.articles_found.of) == (pytest.approx((1 + 0.5 + 0) / 3), 3)
    assert share(found.status_right) == (2, 5)  # 1 and 4, of 1 to 5
    assert share(found.conflict_precision) == (1, 2)  # 1, of 1 and 7
    assert share(found.conflict_recall) == (1, 2)  # 1, of 1 and 2
    assert share(found.refused_rightly) == (1, 2)  # 4, of 4 and 5
    assert share(found.refused_wrongly) == (1, 4)  # 6, of 1, 2, 3 and 6
    assert share(found.citations.quotes) == (9, 9)
    assert share(found.citations.figures) == (4, 4)
    assert found.citations.passed


def test_the_confusion_counts_what_was_said_where_it_is_known_what_to_expect() -> None:
    rows = {row.expected: row.said for row in of(*RECORDS).confusion}
    assert rows == {
        "confirmed": {"single_source": 1},
        "contested": {"confirmed": 1, "contested": 1},
        "not_covered": {"confirmed": 1, "not_covered": 1},
    }


def test_risk_and_coverage_take_the_best_citation_for_confidence() -> None:
    curve = of(*RECORDS).risk_coverage
    # Known of lines 1, 2, 4, 5, 6; answered 1 (0.9, right), 2 (0.9, wrong), 5 (0.6, wrong).
    assert (curve.questions, curve.answered) == (5, 3)
    assert [(one.confidence, one.coverage, one.risk) for one in curve.points] == [
        (0.9, 0.4, 0.5), (0.6, 0.6, pytest.approx(2 / 3)),
    ]  # fmt: skip


def test_a_quote_that_is_not_there_and_a_figure_in_no_quote_fail_the_checks() -> None:
    tampered = answer(NINE.model_copy(update={"quote": "Ten people died."}))
    checks = of(record(1, tampered), record(2, answer(NINE, text=f"In all 17. {NINE.quote} [1]"))).citations
    assert not checks.passed
    assert (share(checks.quotes), share(checks.figures)) == ((1, 2), (0, 1))
    assert [(one.line, one.number) for one in checks.loose_quotes] == [(1, 1)]
    assert [(one.line, one.figure) for one in checks.loose_figures] == [(2, "17")]
    text = evaluation(of(record(1, tampered), record(2, answer(NINE, text="It was 17."))))
    assert "Line 1, q [1]: The quote does not stand at characters" in text
    assert "Line 2, q: '17' stands in no cited quote: …It was 17.…" in text


def test_the_closest_passages_of_a_refusal_are_checked_too() -> None:
    assert not of(record(1, refusal(NINE.model_copy(update={"start": 0})))).citations.passed


def test_without_expectations_quotes_figures_and_times_are_left() -> None:
    text = evaluation(of(record(1, answer(COST))))
    assert text.startswith("1 question. Of 0 it is said what is expected.")
    assert "Quotes verbatim at their place      1   1   1.00" in text
    assert "Status" not in text
    assert "Risk" not in text
    assert "Expected, and" not in text


def test_no_records_give_no_figures_and_no_error() -> None:
    found = of()
    assert (found.questions, found.answer_found.share, found.latency_ms) == (0, None, ())
    assert evaluation(found).startswith("0 questions.")


def test_what_is_printed() -> None:
    assert evaluation(of(*RECORDS)) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_json_has_every_figure_and_can_be_read_again() -> None:
    found = of(*RECORDS)
    again = found.model_dump(mode="json")
    assert again["answer_found"]["interval"] == pytest.approx([0.0615, 0.7923], abs=1e-4)
    assert set(again) >= {"conflict_precision", "risk_coverage", "citations", "latency_ms", "confusion"}


@given(st.permutations(RECORDS))
def test_the_order_of_records_is_of_no_account(records: list[Answered | Failed]) -> None:
    assert of(*records) == of(*RECORDS)
