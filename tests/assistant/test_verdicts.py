"""Verdicts from sentences as literals: somebody firm must bear a statement out, and nobody firm may contradict."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.check_policy import CheckPolicy
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.distortion import Difference
from assistant.models import Attribution, Certainty
from assistant.reading import Stance
from assistant.verdicts import Heard, of_future, stands, verdict
from tests.assistant.claiming import Said, claimed

OTHER_FIGURE = Difference("figure", True, "9, 11: they cannot both hold.")
NO_NAME = Difference("name", False, "“Velk” is not in it.")
POLICY = CheckPolicy()


def heard(
    article: str = "wire",
    *,
    agree: float = 0.9,
    conflict: float = 0.05,
    differences: Sequence[Difference] = (),
    stance: Stance = "open",
    attribution: Attribution = "own_reporting",
    certainty: Certainty = "stated",
    unconfirmed: bool = False,
    covered: float = 0.9,
    verbatim: bool = False,
) -> Heard:
    said = Said("nine", article, attribution=attribution, certainty=certainty, unconfirmed=unconfirmed)
    relation = Related("compatible", None, "Both can hold.", conflict, agree)
    return Heard(claimed(said), differences, relation, stance, 0.9, covered, covered, verbatim)


def against(article: str = "gazette", *, certainty: Certainty = "stated") -> Heard:
    return heard(article, agree=0.05, conflict=0.9, differences=[OTHER_FIGURE], certainty=certainty)


def judged(*some: Heard) -> str:
    return verdict(some, stands(some, POLICY)).verdict


def test_one_firm_sentence_supports_and_one_that_says_otherwise_refutes() -> None:
    assert judged(heard()) == "supported"
    assert judged(against()) == "refuted"
    assert judged(heard(), against()) == "mixed"
    assert judged() == "not_enough_evidence"


@pytest.mark.parametrize("difference", [OTHER_FIGURE, NO_NAME])
def test_what_fails_the_gate_never_supports_however_sure_the_models_are(difference: Difference) -> None:
    sure = heard(agree=1.0, conflict=0.0, differences=[difference], stance="yes", covered=1.0)
    assert judged(sure) == "not_enough_evidence"


@pytest.mark.parametrize("certainty", ["hedged", "rumour"])
def test_doubtful_sentences_are_no_evidence_either_way(certainty: Certainty) -> None:
    assert judged(heard(certainty=certainty)) == "not_enough_evidence"
    assert judged(against(certainty=certainty)) == "not_enough_evidence"
    assert judged(heard(), against(certainty=certainty)) == "supported"


def test_what_nobody_has_confirmed_is_no_evidence_and_the_reason_says_whose_word_it_is() -> None:
    some = [heard(attribution="anonymous", unconfirmed=True)]
    found = verdict(some, stands(some, POLICY))
    assert found.verdict == "not_enough_evidence"
    assert "unnamed sources" in found.reason


def test_a_party_alone_supports_and_the_reason_says_so() -> None:
    some = [heard(attribution="party")]
    assert "interested party" in verdict(some, stands(some, POLICY)).reason


def test_of_one_article_the_clearer_sentence_counts() -> None:
    assert judged(heard("wire", agree=0.95), against("wire")) == "supported"
    assert judged(heard("wire", agree=0.6), against("wire")) == "refuted"


def test_what_repeats_the_statement_needs_no_model_but_has_to_pass_the_gate() -> None:
    assert judged(heard(agree=0.0, conflict=0.9, verbatim=True)) == "supported"
    assert judged(heard(agree=0.0, conflict=0.9, verbatim=True), against("wire")) == "supported"
    assert judged(heard(differences=[NO_NAME], verbatim=True)) == "not_enough_evidence"


def test_a_sentence_with_two_things_different_is_about_something_else() -> None:
    assert judged(heard(agree=0.0, conflict=0.9, differences=[OTHER_FIGURE, NO_NAME])) == "not_enough_evidence"


def test_a_plan_does_not_show_that_it_happened_but_bears_out_what_is_planned() -> None:
    plan = heard(certainty="forecast")
    assert judged(plan) == "not_enough_evidence"
    assert of_future(Statement("The bridge will open in May."))
    assert not of_future(Statement("The bridge opened in May."))


def test_the_reason_of_a_refutation_names_what_differs() -> None:
    some = [against()]
    assert verdict(some, stands(some, POLICY)).reason == OTHER_FIGURE.reason
