"""Sentences that nobody asked for are compared by asking each of the other; the reader is a table."""

from __future__ import annotations

from assistant.audit_policy import RelatingPolicy
from assistant.audit_relating import relate_alone
from assistant.comparing.cloze import BLANK
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.reading import Pair, Reading
from tests.assistant.comparing.reading import reading, reads

YES, NO, OPEN = (5.0, 0.0, 0.0), (0.0, 5.0, 0.0), (0.0, 0.0, 5.0)
NINE, ELEVEN = Statement("Nine people died on the ferry."), Statement("Eleven people died on the ferry.")
RESIGNED, NOT = Statement("Mayor Edda Corvale has resigned."), Statement("Mayor Edda Corvale has not resigned.")


def related(a: Statement, b: Statement, *, fills: bool = True, affirmed: tuple[float, float, float] = YES) -> Related:
    """Blanks are filled by the other number, or by "died"; both sides are a no to each other."""

    def answer(pair: Pair) -> Reading:
        if BLANK in pair.question:
            number = pair.passage.split()[0]
            return reading(pair.passage, number if fills else "died")
        denies = "not" in pair.question or "not" in pair.passage
        return reading(pair.passage, stances=NO if denies else affirmed)

    (one,) = relate_alone([(a, b)], read=reads(answer), policy=RelatingPolicy())
    return one


def test_figures_that_fill_each_others_blank_conflict() -> None:
    one = related(NINE, ELEVEN)
    assert (one.relation, one.type) == ("conflict", "number")
    assert "cannot both hold" in one.reason


def test_figures_that_stand_for_something_else_do_not_and_the_reason_is_kept() -> None:
    one = related(NINE, ELEVEN, fills=False)
    assert one.relation == "compatible"
    assert "different things" in one.reason


def test_a_denial_conflicts_with_what_asserts_just_that() -> None:
    assert related(RESIGNED, NOT).relation == related(NOT, RESIGNED).relation == "conflict"


def test_a_firm_no_is_not_enough_where_the_other_does_not_say_what_is_denied() -> None:
    one = related(RESIGNED, NOT, affirmed=OPEN)
    assert one.relation == "compatible"
    assert "not surely" in one.reason


def test_where_nothing_rivals_nothing_is_asked() -> None:
    asked: list[Pair] = []

    def answer(pair: Pair) -> Reading:
        asked.append(pair)
        return reading(pair.passage)

    read = reads(answer)
    (one,) = relate_alone([(NINE, Statement("The harbour is calm."))], read=read, policy=RelatingPolicy())
    assert (one.relation, asked) == ("compatible", [])
