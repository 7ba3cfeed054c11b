"""Relations of statements: conflict with type and reason, agreement or neither, by weights that a test can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.cloze import Blanks, unfilled
from assistant.comparing.judgement import Judgement, JudgePairs, StatementPair, undecided
from assistant.comparing.relating import Related, relate
from assistant.comparing.statement import Statement
from assistant.policy import ComparingPolicy, ComparingWeights, RelationWeights
from assistant.reading import Stance

FRAMED = RelationWeights(
    conflict=ComparingWeights(
        bias=-5.0, judged_conflict=0.5, number_clash=8.0, date_clash=8.0, answers_apart=6.0, stances_clash=8.0
    ),
    agree=ComparingWeights(
        bias=-5.0, judged_agree=0.5, number_same=8.0, date_same=8.0, answers_same=7.0, stances_same=8.0
    ),
)
BARE = RelationWeights(
    conflict=ComparingWeights(bias=-5.0, judged_conflict=1.0, loose_number_clash=12.0, blank_clash=8.0),
    agree=ComparingWeights(bias=-5.0, judged_agree=1.0),
)
POLICY = ComparingPolicy(framed=FRAMED, bare=BARE, conflict=0.5, agree=0.5)
ZERO = RelationWeights(conflict=ComparingWeights(), agree=ComparingWeights())


def answering(text: str, words: str) -> Statement:
    start = text.index(words)
    return Statement(text, (start, start + len(words)), margin=8.0)


NINE = answering("Nine people died.", "Nine people")
ELEVEN = answering("In all, eleven people died.", "eleven people")
MARSH = answering("Its captain was Ida Marsh.", "Ida Marsh")
VELK = answering("Joran Velk was its captain.", "Joran Velk")


def of(a: Statement, b: Statement, *, question: str | None = "How many?", judge: JudgePairs = undecided) -> Related:
    (found,) = relate([(a, b)], question=question, judge=judge, fill=unfilled, policy=POLICY)
    return found


def says(agree: float, compatible: float, conflict: float) -> JudgePairs:
    return lambda pairs: [Judgement(agree, compatible, conflict) for _ in pairs]


def test_figures_that_clash_are_a_number_conflict_with_both_in_the_reason() -> None:
    found = of(NINE, ELEVEN)
    assert (found.relation, found.type) == ("conflict", "number")
    assert found.reason == "Nine, eleven: they cannot both hold."
    assert found.values is not None
    assert found.values.outcome.verdict == "clash"


def test_days_that_clash_are_a_date_conflict() -> None:
    monday, tuesday = answering("It sank on Monday.", "on Monday"), answering("It sank on Tuesday.", "on Tuesday")
    found = of(monday, tuesday, question="When did it sink?")
    assert (found.relation, found.type) == ("conflict", "date")
    assert "Monday" in found.reason
    assert "Tuesday" in found.reason


def test_different_names_in_answer_are_an_identity_conflict_that_quotes_both() -> None:
    found = of(MARSH, VELK, question="Who was its captain?")
    assert (found.relation, found.type) == ("conflict", "identity")
    assert found.reason == "“Ida Marsh” and “Joran Velk” cannot both be the answer."


def test_yes_against_no_is_a_polarity_conflict() -> None:
    yes, no = Statement("The mill is closing.", stance="yes"), Statement("The mill stays open.", stance="no")
    found = of(yes, no, question="Is the mill closing?")
    assert (found.relation, found.type) == ("conflict", "polarity")
    assert found.reason == "One says that it is so, the other that it is not."


def test_the_same_figure_agrees_and_the_reason_says_why() -> None:
    found = of(NINE, answering("The dead are nine people.", "nine people"))
    assert (found.relation, found.type) == ("agree", None)
    assert "the same figure" in found.reason


def test_the_same_words_agree_without_any_figure() -> None:
    assert (of(MARSH, MARSH).relation, of(MARSH, MARSH).reason) == ("agree", "Both say the same.")


def test_what_neither_clashes_nor_agrees_can_both_hold() -> None:
    found = of(Statement("It was calm."), Statement("The ferry was built in Vendrey."), question=None)
    assert (found.relation, found.type) == ("compatible", None)
    assert found.reason == "They speak of different things, or both can hold."


def test_figures_that_can_both_hold_are_named_as_such() -> None:
    found = of(answering("At least 25 died.", "At least 25"), answering("The dead are 30.", "30"))
    assert found.relation == "compatible"
    assert found.reason.endswith("both can hold.")


def test_a_judge_alone_makes_no_conflict_of_two_answers() -> None:
    assert of(Statement("It was calm."), Statement("It sank."), judge=says(0.0, 0.2, 0.8)).relation == "compatible"


def test_statements_without_a_question_have_weights_of_their_own() -> None:
    a, b = Statement("The office says it was calm."), Statement("There was a storm.")
    sure = says(0.0001, 0.0001, 0.9998)
    assert of(a, b, judge=sure).relation == "compatible"
    assert of(a, b, judge=sure, question=None).relation == "conflict"
    assert of(a, b, judge=says(0.9998, 0.0001, 0.0001), question=None).relation == "agree"


def test_what_fills_the_blanks_counts_for_bare_statements() -> None:
    pair = (Statement("Nine died."), Statement("Eleven died, and two came."))

    def related(blanks: Blanks) -> Related:
        (found,) = relate([pair], question=None, judge=undecided, fill=lambda _: [blanks], policy=POLICY)
        return found

    assert related(Blanks(clash=1.0)).conflict > related(Blanks()).conflict


def test_zero_weights_see_a_conflict_nowhere() -> None:
    policy = ComparingPolicy(framed=ZERO, bare=ZERO, conflict=0.5, agree=0.5)
    (found,) = relate([(NINE, ELEVEN)], question="How many?", judge=undecided, fill=unfilled, policy=policy)
    assert found.relation == "compatible"
    assert (found.conflict, found.agree) == pytest.approx((1 / 3, 1 / 3))


def test_all_pairs_are_judged_in_one_batch_each_text_on_one_line() -> None:
    batches: list[Sequence[StatementPair]] = []

    def judge(pairs: Sequence[StatementPair]) -> list[Judgement]:
        batches.append(pairs)
        return undecided(pairs)

    broken = Statement("Nine\n people  died.")
    found = relate([(broken, ELEVEN), (MARSH, VELK)], question=None, judge=judge, fill=unfilled, policy=POLICY)
    assert len(found) == 2
    assert [[pair.a for pair in batch] for batch in batches] == [["Nine people died.", MARSH.text]]


def test_no_pairs_have_no_relations() -> None:
    assert relate([], question=None, judge=undecided, fill=unfilled, policy=POLICY) == []


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How many died?", MARSH, VELK),
        ("When did it sink?", NINE, ELEVEN),
        ("Who was its captain?", MARSH, answering("Captain Ida Marsh came.", "Captain Ida Marsh")),
        ("Is the mill closing?", Statement("The mill is closing.", stance="yes"), Statement("Hm.", stance="open")),
        ("Who was its captain?", MARSH, replace(VELK, margin=-3.0)),
        ("How many died?", NINE, replace(ELEVEN, margin=-3.0)),
    ],
)
def test_what_does_not_answer_the_same_question_is_no_conflict_and_the_reason_is_kept(
    question: str, one: Statement, other: Statement
) -> None:
    for a, b in ((one, other), (other, one)):
        found = of(a, b, question=question, judge=says(0.0001, 0.0001, 0.9998))
        assert found.relation != "conflict"
        assert found.reason


TEXTS = st.sampled_from(
    [
        NINE.text,
        ELEVEN.text,
        MARSH.text,
        "On Monday, 30 guests came.",
        "There came 40 guests on Tuesday.",
        "The office denied that 9 people died, and never said so.",
        "It may be 30% better; earlier reports said up to 5x.",
    ]
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    answer = draw(st.one_of(st.none(), st.tuples(st.just(start), st.integers(start, len(text)))))
    stance: Stance | None = draw(st.sampled_from(["yes", "no", "open", None]))
    return Statement(text, answer, draw(st.floats(-9, 9)), stance)


@given(statements(), statements(), st.sampled_from(["How many?", "When?", "Who?", "Is it so?", "Why?", None]))
def test_which_statement_is_first_changes_neither_relation_nor_type(
    a: Statement, b: Statement, question: str | None
) -> None:
    forth, back = of(a, b, question=question), of(b, a, question=question)
    assert (forth.relation, forth.type) == (back.relation, back.type)
    assert (forth.conflict, forth.agree) == pytest.approx((back.conflict, back.agree))


@given(statements(), statements())
def test_a_conflict_has_a_type_and_everything_a_reason(a: Statement, b: Statement) -> None:
    found = of(a, b)
    assert (found.type is not None) == (found.relation == "conflict")
    assert found.reason
    assert 0 <= found.conflict <= 1
    assert found.conflict + found.agree <= 1 + 1e-9
